//! `tests/cases/denied_message/*.json`: pasted texts of refused requests, and what is read from them (`null`: nothing).
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::panic)]

use iam_sandbox::evaluate::DeniedMessage;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;

const FOLDER: &str = "tests/cases/denied_message";

fn read(text: &str) -> Value {
    DeniedMessage::read(text).map_or(Value::Null, |found| serde_json::to_value(&found).unwrap())
}

#[test]
fn every_case() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            count += 1;
            let found = read(case["text"].as_str().unwrap());
            if found != case["reads"] {
                wrong.push(format!("{path:?}: {}: {found} instead of {}", case["name"], case["reads"]));
            }
        }
    }
    assert!(count > 20 && wrong.is_empty(), "{count} cases, wrong: {wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(words in proptest::collection::vec(word(), 0..20)) {
        let _ = read(&words.join(" "));
    }
}

/// Parts of AWS's sentences.
const WORDS: &[&str] = &[
    "User: ",
    "arn:aws:iam::1:user/a",
    "is not authorized to perform: ",
    "s3:GetObject",
    "on resource: ",
    "\"",
    "because no ",
    "with an explicit deny in a ",
    "service control policy",
    ": ",
    ". ",
    "&quot;",
    "é한",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_string), ".{0,12}"]
}
