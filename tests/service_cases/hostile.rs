//! Whatever arrives at a service, it answers; and what it says of itself holds.

use super::{encoded, state};
use iam_sandbox::cloud::{Arrival, Cloud};
use iam_sandbox::http::{Request, Response};
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
        Just((Service::Iam, "https://iam.amazonaws.com")),
        Just((Service::CloudTrail { region: region() }, "https://cloudtrail.us-east-1.amazonaws.com")),
        Just((
            Service::AccessAnalyzer { region: region() },
            "https://access-analyzer.us-east-1.amazonaws.com"
        )),
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
                service: ["sts", "iam"].into_iter().find(|name| host.contains(name)).unwrap_or("s3"),
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

/// Operations of IAM and STS, each with a parameter that matters to it.
const OPERATIONS: [&str; 30] = [
    "CreateRole",
    "GetRole",
    "ListRoles",
    "DeleteRole",
    "UpdateAssumeRolePolicy",
    "PutRolePolicy",
    "GetRolePolicy",
    "CreatePolicy",
    "CreatePolicyVersion",
    "SetDefaultPolicyVersion",
    "DeletePolicyVersion",
    "DeletePolicy",
    "AttachRolePolicy",
    "ListEntitiesForPolicy",
    "CreateUser",
    "UpdateUser",
    "DeleteUser",
    "CreateAccessKey",
    "CreateVirtualMFADevice",
    "EnableMFADevice",
    "TagRole",
    "UntagRole",
    "AddUserToGroup",
    "CreateGroup",
    "GetAccountAuthorizationDetails",
    "SimulateCustomPolicy",
    "SimulatePrincipalPolicy",
    "CreateServiceLinkedRole",
    "GetServiceLinkedRoleDeletionStatus",
    "ListPolicies",
];

const PARAMETERS: [&str; 28] = [
    "RoleName",
    "UserName",
    "GroupName",
    "NewUserName",
    "PolicyName",
    "PolicyArn",
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "Path",
    "PathPrefix",
    "Marker",
    "MaxItems",
    "VersionId",
    "Tags.member.1.Key",
    "Tags.member.1.Value",
    "TagKeys.member.1",
    "VirtualMFADeviceName",
    "SerialNumber",
    "AuthenticationCode1",
    "AuthenticationCode2",
    "PolicyInputList.member.1",
    "ActionNames.member.1",
    "ResourceArns.member.1",
    "PolicySourceArn",
    "AWSServiceName",
    "DeletionTaskId",
    "CallerArn",
    "ContextEntries.member.1.ContextKeyName",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("x".to_string()),
        Just("alice".to_string()),
        Just("v1".to_string()),
        Just("1".to_string()),
        Just("s3:GetObject".to_string()),
        Just("arn:aws:iam::111122223333:policy/x".to_string()),
        Just("arn:aws:iam::111122223333:user/alice".to_string()),
        Just("arn:aws:iam::111122223333:mfa/x".to_string()),
        Just("autoscaling.amazonaws.com".to_string()),
        Just(
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
                .to_string()
        ),
        Just(r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:*"}]}"#.to_string()),
        "\\PC{0,20}",
    ]
}

/// What a query service answers the account's root user.
pub fn root_sends(cloud: &mut Cloud, ledger: &mut Ledger, service: &'static str, body: &str) -> Response {
    let key = state::key(cloud.entropy, "111122223333", None);
    let mut request = Request::new("POST", &format!("https://{service}.us-east-1.amazonaws.com/"));
    request.body = body.into();
    let params = SigningKeyParams {
        access_key_id: &key.access_key_id,
        secret: &key.secret_access_key,
        session_token: None,
        region: "us-east-1",
        service,
        at: cloud.now,
    };
    let request = sign(&request, &params).request;
    let arrival = Arrival {
        source_ip: "203.0.113.9".parse().unwrap(),
        secure_transport: true,
        endpoint: None,
        metadata: None,
    };
    let (from, service) = (NodeRef::new(NodeKind::Host, "host"), Service::of(service, "us-east-1").unwrap());
    services::handle(cloud, ledger, &mut Recorder::new(), &arrival, from, service, &request)
}

/// A simulation of twenty policies, each with conditions on thousands of keys that no other has: its page is shorter
/// than what is asked for.
#[test]
fn a_page_of_a_simulation_is_as_short_as_its_policies_are_long() {
    let mut cloud = state::cloud(&json!({"accounts": {"111122223333": {}}}));
    let mut body = String::from("Action=SimulateCustomPolicy&Version=2010-05-08");
    for action in 1..=10 {
        body.push_str(&format!("&ActionNames.member.{action}=s3:Get{action}"));
    }
    for policy in 1..=20 {
        let keys = (0..5_000).map(|key| format!("\"x:{policy}-{key}\":\"\"")).collect::<Vec<_>>().join(",");
        let document = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"StringEquals":{{{keys}}}}}}}}}"#
        );
        body.push_str(&format!("&PolicyInputList.member.{policy}={}", encoded(&document)));
    }
    let response = root_sends(&mut cloud, &mut Ledger::default(), "iam", &body);
    let text = response.body.text().unwrap();
    assert_eq!(response.status, 200, "{text}");
    let results = text.matches("<EvalDecision>").count();
    assert_eq!((results, text.contains("<IsTruncated>true")), (1, true));
    assert_eq!(text.matches("<member>x:").count(), 100_000);
}

#[test]
fn what_an_account_holds_is_bounded() {
    let devices: serde_json::Map<String, serde_json::Value> =
        (0..5_000).map(|number| (format!("d{number}"), serde_json::Value::Null)).collect();
    let mut cloud = state::cloud(&json!({"accounts": {"111122223333": {"mfaDevices": devices}}}));
    let body = "Action=CreateVirtualMFADevice&Version=2010-05-08&VirtualMFADeviceName=one-more";
    let response = root_sends(&mut cloud, &mut Ledger::default(), "iam", body);
    let text = response.body.text().unwrap();
    assert!(text.contains("Cannot exceed quota for VirtualMFADevicesPerAccount: 5000"), "{text}");
}

#[test]
fn a_simulation_takes_so_many_condition_keys() {
    let mut cloud = state::cloud(&json!({"accounts": {"111122223333": {}}}));
    let mut body = String::from(
        "Action=SimulateCustomPolicy&Version=2010-05-08&ActionNames.member.1=s3:GetObject&PolicyInputList.member.1=",
    );
    body.push_str(&encoded(
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
    ));
    for place in 1..=1_001 {
        body.push_str(&format!("&ContextEntries.member.{place}.ContextKeyName=aws:RequestTag/{place}"));
    }
    let response = root_sends(&mut cloud, &mut Ledger::default(), "iam", &body);
    assert_eq!(response.status, 400, "{}", response.body.text().unwrap());
}

proptest! {
    #[test]
    fn iam_answers_whatever_it_is_asked_in_a_row(
        calls in proptest::collection::vec(
            (0..OPERATIONS.len(), proptest::collection::vec((0..PARAMETERS.len(), value()), 0..8)),
            1..12,
        ),
    ) {
        let mut cloud = state::cloud(&json!({"accounts": {"111122223333": {"users": {"alice": {}}}}}));
        let mut ledger = Ledger::default();
        for (operation, parameters) in calls {
            let mut body = format!("Action={}&Version=2010-05-08", OPERATIONS[operation]);
            for (place, value) in &parameters {
                body.push_str(&format!("&{}={}", PARAMETERS[*place], encoded(value)));
            }
            let before = cloud.clone();
            let response = root_sends(&mut cloud, &mut ledger, "iam", &body);
            prop_assert!([200, 400, 403, 404, 409, 501].contains(&response.status), "{}", response.status);
            prop_assert!(roxmltree::Document::parse(response.body.text().unwrap()).is_ok());
            if response.status != 200 {
                // A refused call changes nothing.
                let of = |cloud: &Cloud| cloud.accounts.get("111122223333").unwrap().clone();
                let (old, new) = (of(&before), of(&cloud));
                prop_assert_eq!(&old.users, &new.users);
                prop_assert_eq!(&old.roles, &new.roles);
                prop_assert_eq!(&old.groups, &new.groups);
                prop_assert_eq!(&old.managed_policies, &new.managed_policies);
                prop_assert_eq!(&old.mfa_devices, &new.mfa_devices);
            }
        }
    }
}
