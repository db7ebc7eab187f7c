//! `tests/cases/scenario/unseen/*.json`: policies that are there and can't be seen.
//!
//! A file has `rule`, `source`, `evidence`, a `document`, and `cases` with a `name` and `steps` on one sandbox. A step
//! says what can't be seen from then on (`unseen`) and what is switched off (`without`), then runs `command` on the
//! host `on`. What must come: `exit` (0), `stdout` (contains), `lacks`; of the trace's last authorization `action`,
//! `decision`, and `dependsOn`, each `GATE POLICY` in order, and `suggests`, each
//! `GATE POLICY` that a suggestion edits; `codes` of steps that are there. `untold`: the command
//! ends with the sandbox's own note and nothing on standard error, no step comes after the authorization, and none has
//! an answer inside which it was asked. `refused` instead: names that `unseen` refuses.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use iam_sandbox::sandbox::{Ran, Sandbox};
use iam_sandbox::trace::{AuthorizeEvidence, Evidence, Outcome, StepKind};
use serde_json::{Value, json};
use std::fs;

fn names(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_string()).collect()
}

fn last_authorization(ran: &Ran) -> Option<&AuthorizeEvidence> {
    ran.trace.steps.iter().rev().find_map(|step| match &step.evidence {
        Evidence::Authorize(evidence) => Some(&**evidence),
        _ => None,
    })
}

/// What is wrong with a step.
fn faults(sandbox: &mut Sandbox, step: &Value) -> Vec<String> {
    if let Some(refused) = step.get("refused") {
        let names = names(refused);
        return match sandbox.unseen(&names) {
            Err(name) if name == names[0] => Vec::new(),
            other => vec![format!("{names:?} gave {other:?}")],
        };
    }
    if let Some(unseen) = step.get("unseen") {
        sandbox.unseen(&names(unseen)).unwrap();
    }
    if let Some(without) = step.get("without") {
        sandbox.without(&names(without)).unwrap();
    }
    let ran = sandbox.run(step["command"].as_str().unwrap(), step["on"].as_str()).unwrap();
    let mut faults = Vec::new();
    let mut check = |what: &str, wanted: Value, found: Value| {
        if wanted != found {
            faults.push(format!("{what}: wanted {wanted}, found {found}"));
        }
    };
    let untold = step["untold"].as_bool().unwrap_or(false);
    let exit = step["exit"].as_i64().unwrap_or(if untold { 127 } else { 0 });
    check("exit", exit.into(), ran.exit_code.into());
    let contains = |field: &str| step[field].as_str().map(|part| ran.stdout.contains(part));
    check("stdout", true.into(), contains("stdout").unwrap_or(true).into());
    check("lacks", false.into(), contains("lacks").unwrap_or(false).into());
    let notices: Vec<&str> = ran.notices.iter().map(|notice| notice.code).collect();
    check("notices", if untold { json!(["cli.untold"]) } else { json!([]) }, json!(notices));
    if let Some(evidence) = last_authorization(&ran) {
        let depends: Vec<String> =
            evidence.depends_on.iter().map(|one| format!("{} {}", one.gate.name(), one.policy)).collect();
        for (field, found) in [
            ("action", json!(evidence.action)),
            ("decision", json!(evidence.decision)),
            ("dependsOn", json!(depends)),
        ] {
            check(field, step.get(field).unwrap_or(&found).clone(), found);
        }
    } else if let Some(decision) = step.get("decision") {
        check("decision", decision.clone(), Value::Null);
    }
    if let Some(wanted) = step.get("suggests") {
        let asked = ran.trace.steps.iter().rev().find(|step| step.kind == StepKind::Authorize).unwrap();
        let suggestions = sandbox.suggest(asked.step);
        let found: Vec<String> = suggestions
            .iter()
            .map(|one| format!("{} {}", one.gate.name(), one.policy.as_deref().unwrap_or("new")))
            .collect();
        check("suggests", wanted.clone(), json!(found));
    }
    for code in step["codes"].as_array().into_iter().flatten() {
        let there = ran.trace.steps.iter().any(|step| step.code == code.as_str().unwrap());
        check(code.as_str().unwrap(), true.into(), there.into());
    }
    if untold {
        check("stderr", "".into(), ran.stderr.clone().into());
        check("error", json!(null), json!(ran.error));
        ends_there(&ran, &mut check);
    }
    faults
}

/// The authorization is the last step, and the steps around it have no answer.
fn ends_there(ran: &Ran, check: &mut dyn FnMut(&str, Value, Value)) {
    let steps = &ran.trace.steps;
    let Some(last) = steps.last() else { return check("last step", "authorize.depends".into(), Value::Null) };
    check("last step", "authorize.depends".into(), last.code.into());
    let mut inside = last.parent;
    while let Some(step) = inside.and_then(|number| steps.iter().find(|step| step.step == number)) {
        check("outcome around it", json!(Outcome::Unknown), json!(step.outcome));
        if let Evidence::Http(http) = &step.evidence {
            check("answer around it", json!(null), json!(http.response));
        }
        inside = step.parent;
    }
}

#[test]
fn what_hangs_on_an_unseen_policy_is_not_told() {
    let mut files: Vec<_> =
        fs::read_dir("tests/cases/scenario/unseen").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for path in files {
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(file["source"].is_string() && file["rule"].is_string(), "{path:?}");
        let evidence = file["evidence"].as_str().unwrap_or_default();
        assert!(["documented", "observed", "inferred"].contains(&evidence), "{path:?}");
        let mut document = file["document"].clone();
        document["version"] = 1.into();
        for case in file["cases"].as_array().unwrap() {
            let mut sandbox = Sandbox::new(&document.to_string()).unwrap();
            for (number, step) in case["steps"].as_array().unwrap().iter().enumerate() {
                let faults = faults(&mut sandbox, step);
                if !faults.is_empty() {
                    wrong.push(format!("{}, step {}:\n  {}", case["name"], number + 1, faults.join("\n  ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
