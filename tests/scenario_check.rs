//! Each built-in scenario does what it says: its run, its lesson, its goals before and after their solutions.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used)]

use iam_sandbox::check;
use iam_sandbox::sandbox::Sandbox;
use iam_sandbox::scenario::Document;
use std::fs;

fn text(id: &str) -> String {
    fs::read_to_string(format!("www/scenarios/{id}.json")).unwrap()
}

#[test]
fn built_in_scenarios_do_what_they_say() {
    let index: Vec<String> =
        serde_json::from_str(&fs::read_to_string("www/scenarios.json").unwrap()).unwrap();
    for id in index {
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
