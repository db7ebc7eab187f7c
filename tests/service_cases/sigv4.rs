//! AWS's documented examples of Signature Version 4.

use super::{files, request};
use iam_sandbox::clock::Timestamp;
use iam_sandbox::sigv4::{SigningKeyParams, parse_authorization, presign, sign, verify};

#[test]
fn documented_examples_sign_and_verify() {
    for (file, content) in files("sigv4") {
        let of = |key: &str| content["credentials"][key].as_str().unwrap();
        for case in content["cases"].as_array().unwrap() {
            let name = format!("{file}: {}", case["name"]);
            let params = SigningKeyParams {
                access_key_id: of("accessKeyId"),
                secret: of("secret"),
                session_token: None,
                region: of("region"),
                service: case["service"].as_str().unwrap_or_else(|| of("service")),
                at: Timestamp::parse_iso8601(of("at")).unwrap(),
            };
            let request = request(&case["request"]);
            let signed = match case["presign"].as_u64() {
                Some(expires) => presign(&request, &params, expires as u32),
                None => sign(&request, &params),
            };
            let computed = [
                ("canonicalRequest", &signed.canonical_request),
                ("stringToSign", &signed.string_to_sign),
                ("signature", &signed.signature),
            ];
            for (part, actual) in computed {
                if let Some(expected) = case["expect"][part].as_str() {
                    assert_eq!(actual, expected, "{name}: {part}");
                }
            }
            assert!(case["expect"]["signature"].is_string(), "{name}: no signature expected");
            let provided = parse_authorization(&signed.request).unwrap().unwrap();
            let answer = verify(&signed.request, &provided, params.secret);
            assert!(answer.matches && answer.payload_matches, "{name}: verify");
        }
    }
}
