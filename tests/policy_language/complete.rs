//! `tests/cases/complete/*.json`: what can stand at the cursor of a policy that is being typed, and what the
//! word there means. `|` marks the cursor.

use crate::{cases, damaged, edits, files, subject};
use iam_sandbox::data::Tables;
use iam_sandbox::policy::complete::{Completion, ScenarioArn, complete, describe};
use iam_sandbox::policy::validate::Subject;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// Each case by its name.
fn all() -> Vec<(String, Value)> {
    let named = |(name, file): (String, Value)| -> Vec<(String, Value)> {
        let case = |case: &Value| (format!("{name}: {}", case["name"].as_str().unwrap()), case.clone());
        cases(&file).iter().map(case).collect()
    };
    files("tests/cases/complete").into_iter().flat_map(named).collect()
}

/// The text without the mark, the cursor in UTF-16 units, and the subject.
fn read(case: &Value) -> (String, usize, Subject) {
    let marked = case["text"].as_str().unwrap();
    let (before, after) = marked.split_once('|').expect("the cursor is marked");
    (format!("{before}{after}"), before.encode_utf16().count(), subject(case))
}

fn arns(case: &Value) -> Vec<ScenarioArn> {
    let arns = case.get("arns").map(|arns| arns.as_array().unwrap().clone()).unwrap_or_default();
    arns.iter().map(|arn| ScenarioArn { arn: arn.as_str().unwrap().to_string() }).collect()
}

/// The text after the completion is taken.
fn apply(text: &str, completion: &Completion) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |range: &[u16]| String::from_utf16(range).unwrap();
    format!("{}{}{}", part(&units[..completion.from]), completion.insert, part(&units[completion.to..]))
}

fn check(case: &Value, found: &[Completion], text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let labels: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
    let list = |name: &str| case.get(name).map(|value| value.as_array().unwrap().clone()).unwrap_or_default();
    for expected in list("has") {
        let fits = |completion: &&Completion| {
            let value = serde_json::to_value(completion).unwrap();
            expected.as_object().unwrap().iter().all(|(name, expected)| &value[name] == expected)
        };
        if !found.iter().any(|completion| fits(&completion)) {
            wrong.push(format!("lacks {expected}; has {:?}", &labels[..labels.len().min(12)]));
        }
    }
    for label in list("lacks") {
        if labels.contains(&label.as_str().unwrap()) {
            wrong.push(format!("has {label}"));
        }
    }
    if let Some(expected) = case.get("exactly") {
        let expected: Vec<&str> =
            expected.as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect();
        if labels != expected {
            wrong.push(format!("is {labels:?}"));
        }
    }
    if let Some(gives) = case.get("gives") {
        let label = gives["label"].as_str().unwrap();
        match found.iter().find(|completion| completion.label == label) {
            Some(completion) if apply(text, completion) == gives["text"].as_str().unwrap() => {}
            Some(completion) => wrong.push(format!("gives {}", apply(text, completion))),
            None => wrong.push(format!("lacks {label}; has {:?}", &labels[..labels.len().min(12)])),
        }
    }
    wrong
}

#[test]
fn every_case_offers_what_it_says() {
    let tables = Tables::carried();
    let mut failures = Vec::new();
    for (name, case) in all() {
        let (text, offset, subject) = read(&case);
        if let Some(expected) = case.get("describes") {
            let found = describe(&text, offset, subject, &tables);
            let units: Vec<u16> = text.encode_utf16().collect();
            let word = found.as_ref().map(|found| String::from_utf16(&units[found.from..found.to]).unwrap());
            let found = found.map_or(Value::Null, |found| {
                let mut value = serde_json::to_value(&found).unwrap();
                let fields = value.as_object_mut().unwrap();
                fields.remove("from");
                fields.remove("to");
                assert_eq!(value["params"]["word"].as_str(), word.as_deref());
                value
            });
            if &found != expected {
                failures.push(format!("{name}: describes {found}"));
            }
            continue;
        }
        let found = complete(&text, offset, subject, &tables, &arns(&case));
        failures.extend(check(&case, &found, &text).into_iter().map(|wrong| format!("{name}: {wrong}")));
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

/// Every place of every case's text, whole and cut off there.
#[test]
fn every_text_is_in_both_catalogues() {
    let tables = Tables::carried();
    let catalogues = ["en", "ko"].map(|language| crate::read(&format!("www/texts/findings.{language}.json")));
    let mut used = BTreeSet::new();
    for (name, case) in all() {
        let (text, length, subject) = read(&case);
        let length = length.max(text.encode_utf16().count());
        for offset in 0..=length {
            let cut = String::from_utf16_lossy(&text.encode_utf16().take(offset).collect::<Vec<_>>());
            for text in [&text, &cut] {
                let found = complete(text, offset, subject, &tables, &arns(&case));
                assert!(found.iter().all(|completion| completion.from <= completion.to), "{name}");
                used.extend(found.iter().map(|completion| completion.code));
                used.extend(describe(text, offset, subject, &tables).map(|described| described.code));
            }
        }
    }
    for catalogue in &catalogues {
        let keys = catalogue.as_object().unwrap().keys().filter(|key| key.starts_with("editor."));
        let keys: BTreeSet<&str> = keys.map(String::as_str).collect();
        assert_eq!(keys, used);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the text and the place, it never panics, and what it proposes can be inserted.
    #[test]
    fn damaged_policies_are_read(
        seed in any::<prop::sample::Index>(),
        edits in edits(0..6),
        offset in 0usize..400,
    ) {
        thread_local! {
            static SEEDS: (Vec<(String, Value)>, Tables) = (all(), Tables::carried());
        }
        SEEDS.with(|(cases, tables)| {
            let case = &seed.get(cases).1;
            let (text, _, subject) = read(case);
            let text = damaged(&text, &edits);
            for completion in complete(&text, offset, subject, tables, &arns(case)).iter().take(3) {
                apply(&text, completion);
            }
            describe(&text, offset, subject, tables);
        });
    }
}
