//! Every case of `tests/cases/policy` through `evaluate`, and back: an expectation holds field by field.
//!
//! A case that fails fails the test, unless `tests/known_gaps/policy.json` gives a reason for it; one that is listed
//! there and passes fails the test too.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use iam_sandbox::authorization::Detail;
use iam_sandbox::evaluate::Evaluator;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_case_holds() {
    let gaps: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string("tests/known_gaps/policy.json").unwrap()).unwrap();
    let wording = |code: &str, _: &_| code.to_string();
    let mut brief = Evaluator::new(Detail::Brief, &wording);
    let mut full = Evaluator::new(Detail::Full, &wording);
    let mut failures = Vec::new();
    let mut listed = BTreeSet::new();
    let mut passed = 0;
    for file in files(Path::new("tests/cases/policy")) {
        let rule: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for case in rule["cases"].as_array().unwrap() {
            let place = file.strip_prefix("tests/cases/policy").unwrap().with_extension("");
            let name = format!("{}: {}", place.display(), case["name"].as_str().unwrap());
            let line = line(case);
            let answer = brief.line(&line);
            let mut wrong = compare(&case["expect"], &serde_json::from_str(&answer).unwrap());
            wrong.extend(same_decision(&answer, &full.line(&line)));
            passed += usize::from(wrong.is_empty());
            failures.extend(
                judge(&name, &wrong, gaps.contains_key(&name)).map(|why| format!("{why}\n    {line}")),
            );
            listed.insert(name);
        }
    }
    failures.extend(
        gaps.keys().filter(|name| !listed.contains(*name)).map(|name| format!("{name}\n    no such case")),
    );
    println!("{passed} policy cases hold, {} known gaps", gaps.len());
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), listed.len(), failures.join("\n"));
}

/// What fails the test: a case that doesn't hold and isn't listed as a known gap, or is listed and holds.
fn judge(name: &str, wrong: &[String], is_gap: bool) -> Option<String> {
    match (wrong.is_empty(), is_gap) {
        (true, false) | (false, true) => None,
        (true, true) => Some(format!("{name}\n    passes, but is listed as a known gap")),
        (false, false) => Some(format!("{name}\n    {}", wrong.join("\n    "))),
    }
}

/// No gap is listed, so that no case tries this.
#[test]
fn a_gap_that_is_closed_fails() {
    let wrong = [String::from("decision: wanted Allow, found ImplicitDeny")];
    assert!(judge("a case", &[], true).is_some_and(|why| why.contains("known gap")));
    assert!(judge("a case", &wrong, false).is_some_and(|why| why.contains("wanted Allow")));
    assert_eq!((judge("a case", &[], false), judge("a case", &wrong, true)), (None, None));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let each = |path: PathBuf| match path.is_dir() {
        true => files(&path),
        false => vec![path],
    };
    entries
        .into_iter()
        .flat_map(each)
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect()
}

fn line(case: &Value) -> String {
    let mut request: Map<String, Value> = case["request"].as_object().unwrap().clone();
    request.insert("policies".to_string(), case["policies"].clone());
    Value::Object(request).to_string()
}

/// What doesn't hold.
fn compare(expect: &Value, answer: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (field, wanted) in expect.as_object().unwrap() {
        let found = &answer[field.as_str()];
        let holds = match field.as_str() {
            "decision" => found == wanted,
            "error" => found["code"] == wanted["code"],
            "gates" => wanted.as_object().unwrap().iter().all(|(gate, state)| &found[gate.as_str()] == state),
            "blockedBy" | "unsupported" => set(found) == set(wanted),
            "decidedBy" => set(found) == set(wanted),
            other => panic!("no field {other} in an answer"),
        };
        if !holds {
            wrong.push(format!("{field}: wanted {wanted}, found {found}"));
        }
    }
    if expect.get("error").is_none() && answer.get("error").is_some() {
        wrong.push(format!("found {answer}"));
    }
    wrong
}

/// The items as text without their spans, in one order.
fn set(items: &Value) -> BTreeSet<String> {
    let without_span = |item: &Value| {
        let mut item = item.clone();
        if let Some(members) = item.as_object_mut() {
            members.shift_remove("span");
            members.sort_keys();
        }
        item.to_string()
    };
    items.as_array().into_iter().flatten().map(without_span).collect()
}

/// The explanation adds to the answer and changes nothing.
fn same_decision(brief: &str, full: &str) -> Option<String> {
    let (brief, mut full): (Value, Value) =
        (serde_json::from_str(brief).unwrap(), serde_json::from_str(full).unwrap());
    let members = full.as_object_mut().unwrap();
    members.shift_remove("explain");
    members.shift_remove("nearMisses");
    (brief != full).then(|| format!("explained: {full}"))
}
