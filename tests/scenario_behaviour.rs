//! `tests/cases/scenario/behaviour/*.json`: what each part of a scenario does when commands run on it.
//!
//! A file has `rule`, `source`, `evidence`, a `document` without steps, and `cases`. A case has a `name`, a `patch` on
//! the document's resources (`@` in a path stands for those of its first account) or `set` (fields of the document
//! by their names), and `run`, steps as scenarios have them: all must do what they expect. `warnings` lists the
//! codes of the diagnostics that the document gets, without `diagnostic.`; none where it isn't given. `fails` lists
//! the fields whose expectation must not hold, in order: it shows that they are compared.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use iam_sandbox::check;
use iam_sandbox::sandbox::Sandbox;
use iam_sandbox::scenario::Document;
use serde_json::Value;
use std::fs;

/// The case's document as text.
fn text(file: &Value, case: &Value) -> Result<String, String> {
    let mut document = file["document"].clone();
    document["version"] = 1.into();
    for (name, value) in case["set"].as_object().into_iter().flatten() {
        document[name] = value.clone();
    }
    document["run"] = case["run"].clone();
    let first = document["accounts"].as_object().unwrap().keys().next().unwrap().clone();
    let resources = format!("/accounts/{first}/template/Resources");
    let expand = |value: &Value| -> Value {
        serde_json::from_str(&value.to_string().replace("\"@", &format!("\"{resources}"))).unwrap()
    };
    for part in ["run", "lesson"] {
        if document.get(part).is_some() {
            document[part] = expand(&document[part]);
        }
    }
    let text = document.to_string();
    let Some(patch) = case.get("patch") else {
        return Ok(text);
    };
    let document = Document::parse(text).map_err(|found| format!("{found:?}"))?;
    let patched = document.patch(&expand(patch).to_string()).map_err(|found| format!("{found:?}"))?;
    Ok(patched.text().to_string())
}

fn faults(file: &Value, case: &Value) -> Vec<String> {
    let text = match text(file, case) {
        Ok(text) => text,
        Err(fault) => return vec![fault],
    };
    let report = match Document::parse(text.as_str()) {
        Ok(document) => check::run(&document, || Sandbox::new(&text)),
        Err(found) => return vec![format!("{found:?}")],
    };
    let warnings: Vec<&str> =
        case["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let codes = report.diagnostics.iter().map(|found| found.code.trim_start_matches("diagnostic."));
    let codes: Vec<&str> = codes.collect();
    let mut faults = Vec::new();
    if codes != warnings {
        let places: Vec<_> =
            report.diagnostics.iter().map(|found| (found.pointer.as_str(), &found.params)).collect();
        faults.push(format!("diagnostics {codes:?}, not {warnings:?}: {places:?}"));
    }
    let count = |steps: &Value| steps.as_array().map_or(0, Vec::len);
    // A lesson's goal is tried again when its solution is done.
    let of_entry =
        |entry: &Value| ["run", "goal", "solution"].map(|part| count(&entry[part])).iter().sum::<usize>();
    let lesson: usize = case["set"]["lesson"].as_array().into_iter().flatten().map(of_entry).sum();
    // One that holds before anything is done is a line of its own, which has no field.
    let held = case["fails"].as_array().into_iter().flatten().filter(|field| *field == "").count();
    let steps = count(&case["run"]) + lesson + held;
    if report.lines.len() != steps || steps == 0 {
        faults.push(format!("{} of {steps} steps were done", report.lines.len()));
    }
    let texts = report.lines.iter().flat_map(|line| line.texts());
    let failed: Vec<_> = texts.filter(|(code, _)| *code != "check.passed").collect();
    let fields: Vec<&str> =
        failed.iter().map(|(_, params)| params.get("field").map_or("", String::as_str)).collect();
    let expected: Vec<&str> =
        case["fails"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if fields != expected {
        faults.push(format!("{fields:?} fail, not {expected:?}"));
        faults.extend(failed.iter().map(|(code, params)| format!("{code}: {params:?}")));
    }
    faults
}

#[test]
fn every_case_does_what_it_expects() {
    let mut files: Vec<_> =
        fs::read_dir("tests/cases/scenario/behaviour").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for path in files {
        let content = fs::read_to_string(&path).unwrap();
        let file: Value = serde_json::from_str(&content).unwrap_or_else(|fault| panic!("{path:?}: {fault}"));
        assert!(file["source"].is_string() && file["rule"].is_string(), "{path:?}");
        let evidence = file["evidence"].as_str().unwrap_or_default();
        assert!(["documented", "observed", "inferred"].contains(&evidence), "{path:?}");
        for case in file["cases"].as_array().unwrap() {
            let faults = faults(&file, case);
            if !faults.is_empty() {
                wrong.push(format!("{}: {}\n  {}", path.display(), case["name"], faults.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
