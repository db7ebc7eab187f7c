//! The boundary to JavaScript, in Node and in Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use iam_sandbox::wasm::Sandbox;
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const EXAMPLE: &str = include_str!("../www/scenarios/ec2-reads-s3.json");
const LIST: &str = "aws s3 ls s3://my-sts-demo-bucket-1234567890";
const TRUST: &str = "/accounts/111122223333/template/Resources/AppRole/Properties/AssumeRolePolicyDocument";
const READ: &str = "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

fn text(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().unwrap_or_else(|| panic!("{path} is no string"))
}

fn sandbox() -> Sandbox {
    Sandbox::new(EXAMPLE.into()).unwrap_or_else(|error| panic!("{:?}", JSON::stringify(&error)))
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

#[wasm_bindgen_test]
fn lists_a_bucket_and_says_why() {
    let mut sandbox = sandbox();
    let ran = sandbox.run(LIST, None).unwrap();
    assert_eq!(get(&ran, "exitCode").as_f64(), Some(0.0));
    assert!(text(&ran, "stdout").contains("hello.txt"));
    let steps: Array = get(&ran, "trace.steps").unchecked_into();
    let authorize: Vec<JsValue> = steps.iter().filter(|step| text(step, "kind") == "authorize").collect();
    let last = authorize.last().unwrap();
    assert_eq!(text(last, "evidence.decision"), "Allow");
    assert_eq!(text(last, "evidence.decidedBy.0.policy"), "111122223333/ReadPolicy");
    assert_eq!(text(last, "evidence.decidedBy.0.pointer"), format!("{READ}/Statement/0"));
}

#[wasm_bindgen_test]
fn two_sandboxes_give_the_same_bytes() {
    let (mut one, mut other) = (sandbox(), sandbox());
    assert!(json(&one.run(LIST, None).unwrap()) == json(&other.run(LIST, None).unwrap()), "another trace");
}

#[wasm_bindgen_test]
fn an_object_is_a_scenario_too() {
    let object = JSON::parse(EXAMPLE).unwrap();
    let mut sandbox = Sandbox::new(object).ok().unwrap();
    assert_eq!(get(&sandbox.run(LIST, None).unwrap(), "exitCode").as_f64(), Some(0.0));
    assert_eq!(json(&sandbox.scenario().unwrap()), json(&JSON::parse(EXAMPLE).unwrap()));
}

#[wasm_bindgen_test]
fn an_edit_turns_the_verdict_and_a_broken_one_changes_nothing() {
    let mut sandbox = sandbox();
    let before = sandbox.text();
    let refused = sandbox.set_policy(READ, "{\"Version\": ").unwrap_err();
    assert_eq!(text(&refused, "diagnostics.0.severity"), "error");
    assert_eq!(get(&refused, "diagnostics.0.start.line").as_f64(), Some(1.0));
    assert_eq!(sandbox.text(), before);
    sandbox
        .set_policy(
            READ,
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}"#,
        )
        .unwrap();
    let ran = sandbox.run(LIST, None).unwrap();
    assert_eq!(get(&ran, "exitCode").as_f64(), Some(254.0));
    assert!(text(&ran, "stderr").contains("with an explicit deny in an identity-based policy"));
}

#[wasm_bindgen_test]
fn a_trust_policy_that_names_another_service_stops_the_credentials() {
    let mut sandbox = sandbox();
    let trust = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
    sandbox.set_policy(TRUST, trust).unwrap();
    let ran = sandbox.run(LIST, None).unwrap();
    assert_eq!(get(&ran, "exitCode").as_f64(), Some(253.0));
    assert!(text(&ran, "stderr").contains("Unable to locate credentials"));
}

#[wasm_bindgen_test]
fn wrong_scenarios_are_refused_with_a_place() {
    let refused = Sandbox::new("{\n  \"version\": 1,\n  \"acounts\": {}\n}".into()).err().unwrap();
    let found: Array = get(&refused, "diagnostics").unchecked_into();
    let unknown = found.iter().find(|finding| text(finding, "pointer") == "/acounts").unwrap();
    assert_eq!(get(&unknown, "start.line").as_f64(), Some(3.0));
    assert!(Sandbox::new(JsValue::UNDEFINED).is_err());
    let unknown = sandbox().run("ls", Some("Nobody".into())).unwrap_err();
    assert_eq!(text(&unknown, "code"), "diagnostic.no-such-host");
}

#[wasm_bindgen_test]
fn the_seam_carries_bytes() {
    let mut sandbox = sandbox();
    let request = Object::new();
    let url = "https://my-sts-demo-bucket-1234567890.s3.ap-northeast-2.amazonaws.com/hello.txt";
    for (key, value) in [
        ("method", "GET".into()),
        ("url", url.into()),
        ("headers", Array::new().into()),
        ("body", Uint8Array::new_with_length(0).into()),
    ] {
        Reflect::set(&request, &key.into(), &value).unwrap();
    }
    let answer = sandbox.send(request.into(), None).unwrap();
    assert_eq!(get(&answer, "status").as_f64(), Some(403.0));
    let body: Uint8Array = get(&answer, "body").unchecked_into();
    assert!(String::from_utf8(body.to_vec()).unwrap().contains("<Code>AccessDenied</Code>"));
    assert!(sandbox.send(JsValue::from(1), None).is_err());
}

#[wasm_bindgen_test]
fn fresh_seeds_differ_and_survive_json() {
    let (one, other) = (Sandbox::fresh_seed().unwrap(), Sandbox::fresh_seed().unwrap());
    assert_ne!(one, other);
    assert!(one.fract() == 0.0 && one < 9_007_199_254_740_992.0);
}

#[wasm_bindgen_test]
fn the_clock_moves_when_it_is_told_to() {
    let mut sandbox = sandbox();
    let before = sandbox.clock();
    sandbox.advance_clock(3600.0);
    assert_eq!(sandbox.clock(), before + 3_600_000.0);
    sandbox.reset().unwrap();
    assert_eq!(sandbox.clock(), before);
}

#[wasm_bindgen_test]
fn switching_a_policy_off_shows_what_it_did() {
    let mut sandbox = sandbox();
    sandbox.without(vec!["111122223333/ReadPolicy".into()]).unwrap();
    let ran = sandbox.run(LIST, None).unwrap();
    assert_eq!(get(&ran, "exitCode").as_f64(), Some(254.0));
    sandbox.without(vec!["identity".into()]).unwrap();
    let ran = sandbox.run(LIST, None).unwrap();
    let steps: Array = get(&ran, "trace.steps").unchecked_into();
    let last = steps.iter().rfind(|step| text(step, "kind") == "authorize").unwrap();
    assert_eq!(text(&last, "evidence.gates.identity"), "not-applicable");
    assert_eq!(text(&last, "evidence.without.0"), "identity");
    assert_eq!(text(&sandbox.without(vec!["nothing".into()]).unwrap_err(), "name"), "nothing");
    sandbox.without(vec![]).unwrap();
    assert_eq!(get(&sandbox.run(LIST, None).unwrap(), "exitCode").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
fn evaluates_a_request_as_the_command_line_does() {
    let request = r#"{"id": 7, "principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/k", "policies": {"identity": [{"name": "p", "document": {"Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}]}}"#;
    let answer = sandbox()
        .evaluate(JSON::parse(request).unwrap(), JSON::parse(r#"{"explain":true}"#).unwrap())
        .unwrap();
    assert_eq!(text(&answer, "decision"), "Allow");
    assert_eq!(get(&answer, "id").as_f64(), Some(7.0));
    assert_eq!(text(&answer, "explain.identity.0.policy"), "p");
}

#[wasm_bindgen_test]
fn a_link_opens_as_what_was_shared() {
    let mut sandbox = sandbox();
    let edited = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}"#;
    sandbox.set_policy(READ, edited).unwrap();
    let ran = json(&sandbox.run(LIST, None).unwrap());
    for built_in in [false, true] {
        let options = Object::new();
        Reflect::set(&options, &"step".into(), &3.into()).unwrap();
        if built_in {
            let base = JSON::parse(r#"{"id": "ec2-reads-s3", "revision": 1}"#).unwrap();
            Reflect::set(&options, &"builtIn".into(), &base).unwrap();
            Sandbox::provide("scenarios/ec2-reads-s3@1".into(), EXAMPLE.into()).unwrap();
        }
        let fragment = sandbox.share(options.into()).unwrap();
        assert!(fragment.starts_with(if built_in { "#p1." } else { "#s1." }));
        assert!(fragment.len() < if built_in { 500 } else { 2600 }, "{}", fragment.len());
        let opened = Sandbox::open(&fragment).unwrap();
        assert_eq!(get(&opened, "step").as_f64(), Some(3.0));
        assert_eq!(get(&opened, "agrees").as_bool(), Some(true));
        assert_eq!(text(&opened, "verdict.decision"), "Allow");
        assert!(json(&get(&opened, "ran.0")) == ran, "another trace");
        let broken = Sandbox::open(&fragment[..fragment.len() - 2]).unwrap_err();
        assert_eq!(text(&broken, "code"), "diagnostic.link.damaged");
    }
    assert_eq!(text(&Sandbox::open("#p1").unwrap_err(), "code"), "diagnostic.link.unknown-form");
}

const IDENTITY: &str = "IDENTITY_POLICY";

#[wasm_bindgen_test]
fn policies_are_checked_as_they_are_typed() {
    let sandbox = sandbox();
    let typed = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjet", "Resource": {"Fn::Sub": "${AppBucket.Arn}/*"}}]}"#;
    let needs = |text: &str| Sandbox::needs(text.into()).unwrap();
    if needs(EXAMPLE) != [""; 0] {
        assert_eq!(needs(EXAMPLE), ["services.txt"]);
        assert_eq!(
            needs(r#"{"Statement": {"Action": "sqs:SendMessage"}}"#),
            ["services.txt", "action-names.txt"]
        );
        let found = sandbox.validate_policy(typed, IDENTITY, None, Some(READ.into())).unwrap();
        assert_eq!(json(&get(&found, "findings")), "[]", "no table, no findings about actions");
    }
    assert!(Sandbox::provide("services.txt".into(), b"=".to_vec()).is_err());
    Sandbox::provide("services.txt".into(), include_bytes!("../src/data/services.txt").to_vec()).unwrap();
    assert_eq!(needs(EXAMPLE), [""; 0]);
    let found = sandbox.validate_policy(typed, IDENTITY, None, Some(READ.into())).unwrap();
    assert_eq!(text(&found, "findings.0.issueCode"), "INVALID_ACTION");
    assert_eq!(get(&found, "findings.length").as_f64(), Some(1.0));
    assert_eq!(get(&found, "findings.0.locations.0.span.start.line").as_f64(), Some(1.0));
    assert!(sandbox.validate_policy(typed, IDENTITY, Some("AWS::S3::Bucket".into()), None).is_err());
    let resolved = sandbox.intrinsics(READ, typed).unwrap();
    assert_eq!(text(&resolved, "0.text"), "arn:aws:s3:::my-sts-demo-bucket-1234567890/*");
    let place = [get(&resolved, "0.from"), get(&resolved, "0.to")].map(|at| at.as_f64().unwrap() as usize);
    assert_eq!(&typed[place[0]..place[1]], r#"{"Fn::Sub": "${AppBucket.Arn}/*"}"#);
}

#[wasm_bindgen_test]
fn places_of_completion_are_utf16() {
    let sandbox = sandbox();
    Sandbox::provide("services.txt".into(), include_bytes!("../src/data/services.txt").to_vec()).unwrap();
    let typed = r#"{"Statement": [{"Sid": "한😀", "Action": "s3:GetObjectT"#;
    let offset = typed.encode_utf16().count();
    let found = sandbox.complete(typed, offset, IDENTITY, None).unwrap();
    assert_eq!(text(&found, "0.label"), "s3:GetObjectTagging");
    assert_eq!(text(&found, "0.kind"), "action");
    assert_eq!(get(&found, "0.from").as_f64(), Some((offset - "s3:GetObjectT".len()) as f64));
    assert_eq!(get(&found, "0.to").as_f64(), Some(offset as f64));
    let resources = r#"{"Statement": [{"Action": "s3:GetObject", "Resource": ""#;
    let found = sandbox.complete(resources, resources.len(), IDENTITY, None).unwrap();
    assert_eq!(text(&found, "0.label"), "arn:aws:s3:::my-sts-demo-bucket-1234567890/*");
    let described =
        sandbox.describe(resources, resources.find("GetObject").unwrap(), IDENTITY, None).unwrap();
    assert_eq!(text(&described, "code"), "editor.action.read");
    assert!(sandbox.describe(resources, 0, IDENTITY, None).unwrap().is_null());
}

#[wasm_bindgen_test]
fn a_tab_gives_words_and_their_place() {
    let line = "echo 한😀; aws s3 ls s3://my-s";
    let found = sandbox().complete_command(line, line.encode_utf16().count(), None).unwrap();
    assert_eq!(json(&get(&found, "options")), r#"["s3://my-sts-demo-bucket-1234567890/"]"#);
    assert_eq!(get(&found, "from").as_f64(), Some(20.0));
    assert_eq!(get(&found, "to").as_f64(), Some(29.0));
    assert!(sandbox().complete_command("c", 1, Some("nowhere".into())).is_err());
}

#[wasm_bindgen_test]
fn suggestions_and_evaluations_cross() {
    let mut sandbox = sandbox();
    let deny = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
    sandbox.set_policy(READ, deny).unwrap();
    let ran = sandbox.run(LIST, None).unwrap();
    let steps: Array = get(&ran, "trace.steps").unchecked_into();
    let denied = steps.iter().find(|step| text(step, "outcome") == "denied").unwrap();
    let suggestions = sandbox.suggest(get(&denied, "step").as_f64().unwrap() as u32).unwrap();
    assert_eq!(text(&suggestions, "0.gate"), "identity");
    sandbox.patch(get(&suggestions, "0.patch")).unwrap();
    assert_eq!(get(&sandbox.run(LIST, None).unwrap(), "exitCode").as_f64(), Some(0.0));
    let request = JSON::parse(r#"{"principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}"#).unwrap();
    let options = JSON::parse(r#"{"explain": true, "suggest": true}"#).unwrap();
    let answer = sandbox.evaluate(request.clone(), options).unwrap();
    assert_eq!(text(&answer, "decision"), "ImplicitDeny");
    assert!(get(&answer, "suggestions.length").as_f64() > Some(0.0) && get(&answer, "explain").is_object());
    let answer = sandbox.evaluate(request, JsValue::UNDEFINED).unwrap();
    assert!(get(&answer, "suggestions").is_undefined() && get(&answer, "explain").is_undefined());
}
