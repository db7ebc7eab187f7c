//! `tests/cases/validate/*.json`: what Access Analyzer would find, a file for each issue code; and
//! `tests/conformance.md`, which is made from them.

use crate::{cases, damaged, edits, read, subject};
use iam_sandbox::data::Tables;
use iam_sandbox::policy::validate::{Finding, FindingType, ISSUES, Subject, ValidatePolicyOutput, validate};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

const FOLDER: &str = "tests/cases/validate";
const NOT_DONE: &str = "not_done";
const CONFORMANCE: &str = "tests/conformance.md";

/// Each case file by its issue code.
fn files() -> BTreeMap<String, Value> {
    let all = crate::files(FOLDER).into_iter().filter(|(name, _)| name != NOT_DONE);
    let by_code = |(name, file): (String, Value)| {
        let code = file["code"].as_str().unwrap().to_string();
        assert_eq!(name, code.to_lowercase(), "a file bears its code's name");
        (code, file)
    };
    all.map(by_code).collect()
}

fn text(case: &Value) -> String {
    match &case["policy"] {
        Value::String(text) => text.clone(),
        policy => serde_json::to_string_pretty(policy).unwrap(),
    }
}

/// The findings that were expected and didn't come, or came unexpected.
fn compare(case: &Value, findings: &[Finding], text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut left: Vec<&Finding> = findings.iter().collect();
    for expected in case["finds"].as_array().unwrap() {
        let fits = |finding: &&Finding| {
            let first = &finding.locations[0];
            let given = |name: &str| expected.get(name).map(|value| value.as_str().unwrap());
            let span = &text[first.span.start as usize..first.span.end as usize];
            finding.issue_code == expected["code"].as_str().unwrap()
                && given("pointer").is_none_or(|pointer| pointer == first.pointer)
                && given("text").is_none_or(|text| text == span)
                && expected.get("params").is_none_or(|params| {
                    let params = params.as_object().unwrap();
                    params.iter().all(|(name, value)| {
                        finding.params.get(name.as_str()).map(String::as_str) == value.as_str()
                    })
                })
        };
        match left.iter().position(fits) {
            Some(place) => _ = left.remove(place),
            None => wrong.push(format!("missing {expected}")),
        }
    }
    let more = left.iter().map(|finding| {
        format!("unexpected {} {:?} {:?}", finding.issue_code, finding.locations, finding.params)
    });
    wrong.extend(more);
    wrong
}

#[test]
fn every_case_finds_exactly_what_the_reference_says() {
    let tables = Tables::carried();
    let (mut failures, mut count) = (Vec::new(), 0);
    for (code, file) in files() {
        let mut names = BTreeSet::new();
        for case in cases(&file) {
            let name = case["name"].as_str().unwrap();
            assert!(names.insert(name), "{code}: two cases named {name}");
            let text = text(case);
            let findings = validate(&text, subject(case), &tables);
            failures.extend(
                compare(case, &findings, &text).iter().map(|wrong| format!("{code}: {name}: {wrong}")),
            );
            count += 1;
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 280, "only {count} cases");
}

#[test]
fn every_code_has_a_case_that_finds_it_and_one_that_does_not() {
    let files = files();
    let codes: BTreeSet<&str> = ISSUES.iter().map(|issue| issue.code).collect();
    assert_eq!(codes.len(), ISSUES.len(), "a code stands twice");
    assert_eq!(files.keys().map(String::as_str).collect::<BTreeSet<_>>(), codes);
    for (code, file) in &files {
        let finds = |case: &Value| {
            case["finds"].as_array().unwrap().iter().any(|found| found["code"] == code.as_str())
        };
        let cases = cases(file);
        assert!(cases.iter().any(finds), "{code}: no case finds it");
        assert!(cases.iter().any(|case| !finds(case)), "{code}: no case goes without it");
        assert!(file["source"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"), "{code}");
        let evidence = file["evidence"].as_str().unwrap();
        assert!(["documented", "inferred"].contains(&evidence), "{code}: {evidence}");
    }
}

#[test]
fn every_finding_has_a_text_in_both_languages() {
    let tables = Tables::carried();
    let catalogues = ["en", "ko"].map(|language| read(&format!("www/texts/findings.{language}.json")));
    let mut used = BTreeSet::new();
    for (code, file) in files() {
        for case in cases(&file) {
            for finding in validate(&text(case), subject(case), &tables) {
                let key = finding.text_key();
                for catalogue in &catalogues {
                    let text = catalogue
                        .get(&key)
                        .unwrap_or_else(|| panic!("{code}: no text {key}"))
                        .as_str()
                        .unwrap();
                    for name in placeholders(text) {
                        assert!(finding.params.contains_key(name), "{key}: {{{name}}} isn't a parameter");
                    }
                }
                used.insert(key);
            }
        }
    }
    // Only a text of 2 MB leads there.
    used.insert("finding.json-syntax-error.too-large".to_string());
    for catalogue in &catalogues {
        let keys: Vec<&String> = catalogue.as_object().unwrap().keys().collect();
        assert!(keys.is_sorted(), "keys are sorted");
        for key in keys.iter().filter(|key| key.starts_with("finding.")) {
            assert!(used.contains(key.as_str()), "{key}: no case leads there");
        }
    }
    let keys = |catalogue: &Value| catalogue.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&catalogues[0]), keys(&catalogues[1]));
}

/// `{name}`, as the page replaces it.
fn placeholders(text: &str) -> Vec<&str> {
    let closed = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    closed
        .filter(|name| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric()))
        .collect()
}

#[test]
fn output_has_the_form_of_validate_policy() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}\n}";
    let findings = validate(text, Subject::new("IDENTITY_POLICY", None).unwrap(), &Tables::carried());
    let output = ValidatePolicyOutput::new(text, &findings);
    assert!(output.has_error());
    assert_eq!(
        serde_json::to_value(&output).unwrap(),
        json!({"findings": [{
            "findingType": "ERROR",
            "issueCode": "INVALID_EFFECT",
            "params": {"effect": "allow"},
            "locations": [{
                "pointer": "/Statement/Effect",
                "span": {"start": {"line": 3, "column": 27}, "end": {"line": 3, "column": 34}}
            }]
        }]})
    );
}

#[test]
fn without_tables_only_grammar_is_checked() {
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s4:Get","Resource":"arn:aws:s4:::b","Condition":{"StringEquals":{"s4:x":"y","aws:nothing":"z"}}}}"#;
    assert_eq!(
        validate(policy, Subject::bucket(), &Tables::default()).len(),
        2,
        "Principal, and an ARN not of S3"
    );
}

#[test]
fn conformance_is_up_to_date() {
    let made = conformance();
    if std::env::var_os("UPDATE_CONFORMANCE").is_some() {
        fs::write(CONFORMANCE, &made).unwrap();
    }
    let written = fs::read_to_string(CONFORMANCE).unwrap_or_default();
    assert!(written == made, "stale: UPDATE_CONFORMANCE=1 cargo test --test policy_language");
}

fn conformance() -> String {
    let files = files();
    let not_done = read(&format!("{FOLDER}/{NOT_DONE}.json"));
    let not_done = not_done["codes"].as_array().unwrap();
    let mut text = String::from(
        "# Conformance of policy validation\n\n\
         Each issue code of AWS's \"IAM policy validation check reference\"\n\
         (https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html), done or why not.\n\
         Made from `tests/cases/validate` by `tests/policy_language/validate.rs`; a stale file fails a test.\n\n\
         *documented*: the reference says what is found. *inferred*: it leaves details open, which follow from other pages.\n",
    );
    let count: usize = files.values().map(|file| cases(file).len()).sum();
    let total = ISSUES.len() + not_done.len();
    writeln!(text, "\n{} of {total} codes, {count} cases.", ISSUES.len()).unwrap();
    for (heading, finding_type) in [
        ("Errors", FindingType::Error),
        ("Security warnings", FindingType::SecurityWarning),
        ("Warnings", FindingType::Warning),
        ("Suggestions", FindingType::Suggestion),
    ] {
        writeln!(text, "\n## {heading}\n\n| code | cases | evidence | limits |\n|---|---|---|---|").unwrap();
        let codes = ISSUES.iter().filter(|issue| issue.finding_type == finding_type).map(|issue| issue.code);
        for code in codes.collect::<BTreeSet<_>>() {
            let file = &files[code];
            let count = cases(file).len();
            let limits = file.get("limits").map_or("", |limits| limits.as_str().unwrap());
            writeln!(text, "| `{code}` | {count} | {} | {limits} |", file["evidence"].as_str().unwrap())
                .unwrap();
        }
    }
    writeln!(text, "\n## Not done\n\n| code | why not |\n|---|---|").unwrap();
    for entry in not_done {
        let code = entry["code"].as_str().unwrap();
        assert!(!files.contains_key(code), "{code} is done");
        writeln!(text, "| `{code}` | {} |", entry["why"].as_str().unwrap()).unwrap();
    }
    text
}

/// Policies of the cases, as seeds for damage.
fn seeds() -> Vec<(String, Subject)> {
    let files = files();
    let cases = files.values().flat_map(cases);
    cases
        .map(|case| (text(case), subject(case)))
        .filter(|(text, _)| (16..4_000).contains(&text.len()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A changed, added or lost byte never makes it panic, and every span lies in the text.
    #[test]
    fn damaged_policies_are_read(
        seed in any::<prop::sample::Index>(),
        edits in edits(1..6),
    ) {
        thread_local! {
            static SEEDS: (Vec<(String, Subject)>, Tables) = (seeds(), Tables::carried());
        }
        SEEDS.with(|(seeds, tables)| {
            let (text, subject) = seed.get(seeds);
            let text = damaged(text, &edits);
            for finding in validate(&text, *subject, tables) {
                for location in &finding.locations {
                    assert!(text.get(location.span.start as usize..location.span.end as usize).is_some());
                }
            }
        });
    }
}

#[test]
fn findings_are_bounded() {
    let actions: Vec<String> = (0..4_000).map(|number| format!("\"ec2:Describ{number}\"")).collect();
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"*"}}]}}"#,
        actions.join(",")
    );
    let findings = validate(&policy, Subject::new("IDENTITY_POLICY", None).unwrap(), &Tables::carried());
    assert_eq!(findings.len(), 1_000);
}

#[test]
fn the_command_prints_findings_and_fails_on_an_error() {
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_iam-sandbox"))
            .arg("validate-policy")
            .args(arguments)
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (wrong, right) = (folder.join("wrong.json"), folder.join("right.json"));
    fs::write(
        &wrong,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjects","Resource":"*"}}"#,
    )
    .unwrap();
    fs::write(
        &right,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#,
    )
    .unwrap();
    let (code, output) = run(&[wrong.to_str().unwrap(), "--type", "IDENTITY_POLICY"]);
    let output: Value = serde_json::from_str(&output).unwrap();
    assert_eq!((code, &output["findings"][0]["issueCode"]), (1, &json!("INVALID_ACTION")));
    let right = right.to_str().unwrap();
    assert_eq!(run(&["--type", "IDENTITY_POLICY", right]), (0, "{\"findings\":[]}\n".to_string()));
    assert_eq!(run(&[right, "--type", "RESOURCE_POLICY", "--resource-type", "AWS::S3::Bucket"]).0, 1);
    assert_eq!(run(&[right, "--type", "IDENTITY_POLICY", "--resource-type", "AWS::S3::Bucket"]).0, 2);
    assert_eq!(run(&[right]).0, 2);
}
