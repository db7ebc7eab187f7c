//! Damaged scenarios: whatever is changed, loading answers with diagnostics at places of the text, and never panics.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use iam_sandbox::json::{Diagnostic, Severity};
use iam_sandbox::scenario::{Document, load, update};
use proptest::prelude::*;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../www/scenarios/ec2-reads-s3.json");
const POLICY: &str = "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";

/// What a damage puts where a value was.
fn stranger() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!(-7)),
        Just(json!(1e99)),
        Just(json!("")),
        Just(json!("AppRole")),
        Just(json!("한😀${")),
        Just(json!([])),
        Just(json!({})),
        Just(json!({"Ref": "AppInstance"})),
        Just(json!({"Ref": ["x"]})),
        Just(json!({"Fn::Sub": "${AppRole.Arn}${AppBucket}"})),
        Just(json!({"Fn::Sub": ["${A}", {"A": {"Ref": "AppProfile"}}]})),
        Just(json!({"Fn::Join": [",", [{"Ref": "AWS::NoValue"}, "a"]]})),
        Just(json!({"Fn::GetAtt": ["AppBucket", "Arn"]})),
        Just(json!([{"Ref": "AppRole"}, {"Ref": "AppRole"}])),
        Just(json!("0.0.0.0/0")),
        Just(json!("999999999999999999999999")),
    ]
}

/// Every place of a document, depth first.
fn places(value: &Value, path: &str, out: &mut Vec<String>) {
    out.push(path.to_string());
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                places(inner, &format!("{path}/{}", escape(key)), out);
            }
        }
        Value::Array(items) => {
            for (place, inner) in items.iter().enumerate() {
                places(inner, &format!("{path}/{place}"), out);
            }
        }
        _ => {}
    }
}

/// Diagnostics stand inside the text, and a refusal has an error.
fn check(found: &[Diagnostic], text: &str) {
    assert!(found.iter().any(|diagnostic| diagnostic.severity == Severity::Error));
    let lines = text.split('\n').count() as u32;
    for diagnostic in found {
        assert!(diagnostic.start.line >= 1 && diagnostic.end.line <= lines, "{diagnostic:?}");
        assert!(diagnostic.start <= diagnostic.end, "{diagnostic:?}");
    }
}

fn try_text(text: &str) {
    let loaded = Document::parse(text).and_then(|document| load(&document));
    if let Err(found) = loaded {
        check(&found, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes(changes in prop::collection::vec((0..EXAMPLE.len(), any::<u8>(), 0..3_u8), 1..4)) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        for (place, byte, kind) in changes {
            let place = place % bytes.len();
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        try_text(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn changed_values(changes in prop::collection::vec((any::<prop::sample::Index>(), stranger()), 1..4)) {
        let mut document: Value = serde_json::from_str(EXAMPLE).unwrap();
        for (place, value) in changes {
            let mut all = Vec::new();
            places(&document, "", &mut all);
            *document.pointer_mut(all[place.index(all.len())].as_str()).unwrap() = value;
        }
        try_text(&serde_json::to_string_pretty(&document).unwrap());
    }

    #[test]
    fn moved_values(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let mut document: Value = serde_json::from_str(EXAMPLE).unwrap();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let value = document.pointer(&all[from.index(all.len())]).unwrap().clone();
        *document.pointer_mut(&all[to.index(all.len())]).unwrap() = value;
        try_text(&serde_json::to_string_pretty(&document).unwrap());
    }

    #[test]
    fn patched_values(place in any::<prop::sample::Index>(), value in stranger(), op in 0..3_usize) {
        let document: Value = serde_json::from_str(EXAMPLE).unwrap();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let op = ["add", "replace", "remove"][op];
        let patch = json!([{"op": op, "path": all[place.index(all.len())].as_str(), "value": value}]).to_string();
        let before = Document::parse(EXAMPLE).unwrap();
        let loaded = load(&before).unwrap();
        let mut cloud = loaded.cloud.clone();
        if let Ok(after) = before.patch(&patch) {
            match update(&mut cloud, &loaded, &after) {
                Ok(now) => prop_assert_eq!(
                    now.cloud.accounts.get("111122223333").unwrap().roles.keys().collect::<Vec<_>>(),
                    cloud.accounts.get("111122223333").unwrap().roles.keys().collect::<Vec<_>>()
                ),
                Err(found) => check(&found, after.text()),
            }
        }
    }

    #[test]
    fn typed_policies(cut in 0..400_usize, typed in "[ \t\n]{0,3}[{}\\[\\]\":,a-z0-9 \n]{0,20}") {
        let before = Document::parse(EXAMPLE).unwrap();
        let text = before.policy_text(POLICY).unwrap();
        let kept: String = text.chars().take(cut).collect();
        for typed in [typed.clone(), format!("{kept}{typed}"), format!("{typed}{text}")] {
            if let Ok(after) = before.set_policy(POLICY, &typed) {
                prop_assert_eq!(after.policy_text(POLICY), Some(typed));
            }
        }
    }
}
