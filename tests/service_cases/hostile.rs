//! Whatever arrives at a service, it answers; and what it says of itself holds.

use super::state;
use iam_sandbox::cloud::Arrival;
use iam_sandbox::http::Request;
use iam_sandbox::services::{self, Ledger, Service};
use iam_sandbox::sigv4::{SigningKeyParams, sign};
use iam_sandbox::trace::{NodeKind, NodeRef, Recorder};
use proptest::prelude::*;
use serde_json::json;

fn service() -> impl Strategy<Value = (Service, &'static str)> {
    let region = || "us-east-1".to_string();
    prop_oneof![
        Just((Service::Imds, "http://169.254.169.254")),
        Just((Service::Sts { region: region() }, "https://sts.us-east-1.amazonaws.com")),
        Just((Service::S3 { region: region() }, "https://s3.us-east-1.amazonaws.com")),
        Just((Service::S3 { region: region() }, "https://b.s3.us-east-1.amazonaws.com")),
        Just((Service::Ec2 { region: region() }, "https://ec2.us-east-1.amazonaws.com")),
        Just((Service::Unmodelled { name: "iam".into() }, "https://iam.amazonaws.com")),
    ]
}

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        "/[ -~]{0,30}",
        "/latest/(meta-data|dynamic|api)/[a-z/-]{0,20}",
        "/b/?\\?list-type=2&[a-z-]{0,12}=[ -~]{0,12}",
        "\\PC{0,30}",
    ]
}

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        Just("Range".to_string()),
        Just("If-Match".to_string()),
        Just("X-Amz-Content-Sha256".to_string()),
        Just("X-aws-ec2-metadata-token".to_string()),
        Just("X-aws-ec2-metadata-token-ttl-seconds".to_string()),
        Just("Authorization".to_string()),
        "[A-Za-z-]{1,12}",
    ];
    let value = prop_oneof!["\\PC{0,30}", "bytes=[0-9]{0,20}-[0-9]{0,20}", "[0-9]{1,6}"];
    proptest::collection::vec((name, value), 0..4)
}

proptest! {
    #[test]
    fn every_request_gets_an_answer(
        (service, host) in service(),
        method in prop_oneof![Just("GET"), Just("HEAD"), Just("PUT"), Just("POST"), Just("DELETE"), Just("é")],
        path in path(),
        headers in headers(),
        body in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..40),
            "Action=AssumeRole&Version=2011-06-15&[A-Za-z.0-9]{0,16}=\\PC{0,16}".prop_map(String::into_bytes),
        ],
        signed in any::<bool>(),
    ) {
        let mut cloud = state::cloud(&json!({
            "accounts": {"111122223333": {"users": {"alice": {}}, "instances": {"i-1": {}}}},
            "buckets": {"b": {"account": "111122223333", "objects": {"k": "text"}}}
        }));
        let mut request = Request::new(method, &format!("{host}{path}"));
        request.headers.extend(headers);
        request.body = body.into();
        if signed {
            let key = state::key(cloud.entropy, "111122223333", Some("alice"));
            let params = SigningKeyParams {
                access_key_id: &key.access_key_id,
                secret: &key.secret_access_key,
                session_token: None,
                region: "us-east-1",
                service: if host.contains("sts") { "sts" } else { "s3" },
                at: cloud.now,
            };
            request = sign(&request, &params).request;
        }
        let arrival = Arrival {
            source_ip: "203.0.113.9".parse().unwrap(),
            secure_transport: true,
            endpoint: None,
            metadata: (service == Service::Imds).then(|| ("i-1".to_string(), 0)),
        };
        let mut recorder = Recorder::new();
        let from = NodeRef::new(NodeKind::Host, "h");
        let response = services::handle(
            &mut cloud, &mut Ledger::default(), &mut recorder, &arrival, from, service, &request,
        );
        prop_assert!((200..600).contains(&response.status));
        let length = response.header("Content-Length").and_then(|text| text.parse::<usize>().ok());
        if method != "HEAD" {
            prop_assert!(length.is_none_or(|length| length == response.body.0.len()));
        }
        if response.header("Content-Type").is_some_and(|kind| kind.ends_with("/xml")) && !response.body.0.is_empty() {
            let text = response.body.text().unwrap();
            prop_assert!(!text.contains('\0'));
        }
        prop_assert!(!recorder.finish().is_empty());
    }
}
