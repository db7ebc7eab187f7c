//! Each built-in scenario does what it says: its run, its lesson, its goals before and after their solutions.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use iam_sandbox::check;
use iam_sandbox::sandbox::Sandbox;
use iam_sandbox::scenario::Document;
use serde_json::Value;
use std::fs;

fn text(id: &str) -> String {
    fs::read_to_string(format!("www/scenarios/{id}.json")).unwrap()
}

fn ids() -> Vec<String> {
    serde_json::from_str(&fs::read_to_string("www/scenarios.json").unwrap()).unwrap()
}

/// Whether a step expects that something refuses or drops the request.
fn is_refused(step: &Value) -> bool {
    let expect = &step["expect"];
    let blocked = expect["blockedBy"].as_array().is_some_and(|gates| !gates.is_empty());
    blocked
        || !expect["error"].is_null()
        || !expect["droppedBy"].is_null()
        || expect["status"].as_u64() >= Some(400)
}

#[test]
fn built_in_scenarios_do_what_they_say() {
    for id in ids() {
        let text = text(&id);
        let report = check::run(&Document::parse(text.as_str()).unwrap(), || Sandbox::new(&text));
        let failed: Vec<_> = report
            .lines
            .iter()
            .flat_map(|line| line.texts())
            .filter(|(code, _)| *code != "check.passed")
            .collect();
        assert_eq!((report.failed, report.diagnostics.len()), (0, 0), "{id}: {failed:#?}");
        assert!(report.passed > 5, "{id}: {} steps", report.passed);
    }
}

#[test]
fn built_in_scenarios_show_what_is_allowed_and_what_is_not_with_its_reason() {
    for id in ids() {
        let document: Value = serde_json::from_str(&text(&id)).unwrap();
        let run = document["run"].as_array().unwrap();
        let allowed = |step: &&Value| !is_refused(step) && !step["expect"]["decidedBy"].is_null();
        assert!(run.iter().any(|step| allowed(&step)), "{id}: nothing is allowed by a policy");
        assert!(run.iter().any(is_refused), "{id}: nothing is refused");
    }
}

#[test]
fn lessons_ask_before_they_tell() {
    for id in ids() {
        let document: Value = serde_json::from_str(&text(&id)).unwrap();
        for (at, entry) in document["lesson"].as_array().unwrap().iter().enumerate() {
            let refused = entry["run"].as_array().is_some_and(|run| run.iter().any(is_refused));
            assert!(
                !refused || entry["predict"] == true,
                "{id}, part {at}: refused without being asked first"
            );
            if entry["goal"].is_array() {
                let hints = entry["hints"].as_array().map_or(0, Vec::len);
                assert!(hints >= 2, "{id}, part {at}: {hints} hints");
                assert!(entry["solution"].is_array(), "{id}, part {at}: no solution");
            }
        }
    }
}

#[test]
fn a_wrong_expectation_fails() {
    let changes = [
        ("\"blockedBy\": [\"vpc-endpoint\"]", "\"blockedBy\": [\"identity\"]", "blockedBy"),
        ("[\"AppRole#ListBoth\"]", "[\"AppRole#ListOne\"]", "decidedBy"),
        ("\"route\": \"gateway-endpoint\"", "\"route\": \"nat-gateway\"", "route"),
        ("\"aws:SourceIp\": null", "\"aws:SourceIp\": \"10.0.1.5\"", "context.aws:SourceIp"),
        ("\"error\": \"AccessDenied\"", "\"error\": \"NoSuchBucket\"", "error"),
        ("\"stdout\": \"tool-1.0.rpm\"", "\"stdout\": \"tool-2.0.rpm\"", "stdout.contains"),
    ];
    for (right, wrong, field) in changes {
        let text = text("endpoint-policy-denies").replacen(right, wrong, 1);
        let report = check::run(&Document::parse(text.as_str()).unwrap(), || Sandbox::new(&text));
        let fields: Vec<_> = report
            .lines
            .iter()
            .flat_map(|line| line.texts())
            .filter_map(|(_, params)| params.get("field").cloned())
            .collect();
        assert_eq!((report.failed, fields), (1, vec![field.to_string()]), "{wrong}");
    }
}
