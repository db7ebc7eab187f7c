//! Suggestions do what they say, and grant nothing else.

use crate::scenes::{Organization, scene};
use iam_sandbox::authorization::{AuthorizationRequest, Detail, PrincipalKind};
use iam_sandbox::evaluate::{Evaluator, Suggestions};
use iam_sandbox::json::Params;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The request and its policies as a line; documents as text where `as_text` says so.
fn line(request: &AuthorizationRequest, organization: &Organization, as_text: bool) -> Value {
    let document = |statements: &Vec<Value>| {
        let statements = match statements.as_slice() {
            [one] => one.clone(),
            _ => json!(statements),
        };
        let document = json!({"Version": "2012-10-17", "Statement": statements});
        if as_text { json!(document.to_string()) } else { document }
    };
    let named = |name: &str, statements: &Vec<Value>| json!({"name": name, "document": document(statements)});
    let list = |name: &str, documents: &[Vec<Value>]| -> Vec<Value> {
        documents.iter().map(|statements| named(name, statements)).collect()
    };
    let levels = |name: &str, levels: &[Vec<Vec<Value>>]| -> Vec<Value> {
        let level = |(number, level): (usize, &Vec<Vec<Value>>)| json!({"target": format!("r-{number}"), "policies": list(name, level)});
        levels.iter().enumerate().map(level).collect()
    };
    let mut policies = json!({
        "identity": list("identity", &organization.identity),
        "scp": levels("scp", &organization.scp),
        "rcp": levels("rcp", &organization.rcp),
    });
    let single = [("boundary", &organization.boundary), ("resource", &organization.resource)];
    for (field, statements) in single {
        if let Some(statements) = statements {
            policies[field] = named(field, statements);
        }
    }
    if let Some(documents) = &organization.session {
        policies["session"] = json!(list("session", documents));
    }
    if let Some(statements) = &organization.vpc_endpoint {
        policies["vpcEndpoint"] = json!([named("endpoint", statements)]);
    }
    let context: serde_json::Map<String, Value> = request
        .context
        .entries()
        .map(|entry| {
            let values = entry.values.clone().unwrap();
            (entry.key.clone(), if entry.multivalued { json!(values) } else { json!(values[0]) })
        })
        .collect();
    json!({
        "principal": principal(request),
        "action": request.action,
        "resource": request.resource,
        "resourceAccount": request.resource_account,
        "context": context,
        "policies": policies,
    })
}

fn principal(request: &AuthorizationRequest) -> Value {
    let principal = &request.principal;
    let mut names = json!({"arn": principal.arn});
    match principal.kind {
        PrincipalKind::Anonymous => return json!("anonymous"),
        PrincipalKind::Service => return json!(principal.arn),
        _ => {}
    }
    if let Some(issuer) = &principal.issuer {
        names["issuer"] = json!(issuer);
    }
    if let Some(id) = &principal.unique_id {
        names["uniqueId"] = json!(id);
    }
    names
}

fn evaluate(line: &Value) -> Value {
    let wording = |code: &str, _: &Params| code.to_string();
    let mut evaluator = Evaluator::new(Detail::Brief, &wording).with_suggestions(Suggestions::Given);
    serde_json::from_str(&evaluator.line(&line.to_string())).unwrap()
}

/// The line once the suggestions are followed.
fn follow(line: &Value, suggestions: &[&Value]) -> Value {
    let mut line = line.clone();
    let mut detached: Vec<String> = Vec::new();
    for suggestion in suggestions {
        let Some(patch) = suggestion["patch"].as_array() else {
            attach(&mut line, suggestion);
            continue;
        };
        let pointer = suggestion["pointer"].as_str().unwrap();
        if patch[0] == json!({"op": "remove", "path": ""}) {
            detached.push(pointer.strip_suffix("/document").unwrap().to_string());
            continue;
        }
        let place = line.pointer_mut(pointer).unwrap();
        let mut document = match place.as_str() {
            Some(text) => serde_json::from_str(text).unwrap(),
            None => place.clone(),
        };
        for operation in patch {
            change(&mut document, operation);
        }
        *place = document;
    }
    // From the last place on: what is detached moves those behind it.
    detached.sort_by_key(|pointer| {
        let number = pointer.rsplit('/').next().unwrap().parse::<usize>().unwrap_or(0);
        std::cmp::Reverse((pointer.rsplit_once('/').unwrap().0.to_string(), number))
    });
    for pointer in detached {
        remove(&mut line, &pointer);
    }
    line
}

/// A new policy where its gate has its place.
fn attach(line: &mut Value, suggestion: &Value) {
    let policy = json!({"name": "new", "document": suggestion["document"]});
    let policies = line["policies"].as_object_mut().unwrap();
    match suggestion["gate"].as_str().unwrap() {
        "boundary" | "resource" => {
            policies.insert(suggestion["gate"].as_str().unwrap().to_string(), policy);
        }
        "scp" => {
            let levels = policies["scp"].as_array_mut().unwrap();
            let level = levels.iter_mut().find(|level| level["target"] == suggestion["target"]).unwrap();
            level["policies"].as_array_mut().unwrap().push(policy);
        }
        gate => {
            let list = policies.entry(gate).or_insert(json!([]));
            list.as_array_mut().unwrap().push(policy);
        }
    }
}

/// RFC 6902, as far as suggestions use it.
fn change(document: &mut Value, operation: &Value) {
    let path = operation["path"].as_str().unwrap();
    match operation["op"].as_str().unwrap() {
        "add" => add(document, path, operation["value"].clone()),
        "remove" => drop(remove(document, path)),
        "replace" => *document.pointer_mut(path).unwrap() = operation["value"].clone(),
        other => panic!("no operation {other}"),
    }
}

fn add(document: &mut Value, path: &str, value: Value) {
    let (parent, last) = path.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.insert(unescape(last), value)),
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items.insert(last.parse().unwrap(), value),
        other => panic!("nothing can be added to {other}"),
    }
}

fn remove(document: &mut Value, path: &str) -> Value {
    let (parent, last) = path.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.shift_remove(&unescape(last)).unwrap(),
        Value::Array(items) => items.remove(last.parse().unwrap()),
        other => panic!("nothing can be removed from {other}"),
    }
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// A limit of nothing but the Deny isn't taken away, which would lift it for every request.
#[test]
fn a_limit_stays_where_its_only_statement_denies() {
    let everything = |effect: &str| json!({"Effect": effect, "Action": "*", "Resource": "*"});
    let policy = |statement: Value| json!({"name": "p", "document": {"Version": "2012-10-17", "Statement": statement}});
    let mut denied = everything("Deny");
    for (gate, field) in [("boundary", "boundary"), ("session", "session"), ("vpc-endpoint", "vpcEndpoint")] {
        let mut line = json!({
            "principal": "arn:aws:sts::111122223333:assumed-role/app/s",
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::reports/1",
            "policies": {"identity": [policy(everything("Allow"))]},
        });
        if gate == "vpc-endpoint" {
            denied["Principal"] = json!("*");
            denied["Condition"] = json!({"Null": {"aws:PrincipalArn": "false"}});
        }
        let limit = policy(denied.clone());
        line["policies"][field] = if gate == "boundary" { limit } else { json!([limit]) };
        let answer = evaluate(&line);
        assert_eq!(answer["blockedBy"], json!([gate]));
        let followed = follow(&line, &answer["suggestions"].as_array().unwrap().iter().collect::<Vec<_>>());
        assert_eq!(evaluate(&followed)["decision"], "Allow", "{answer}");
        let mut other = followed;
        other["action"] = json!("s3:PutObject");
        assert_eq!(evaluate(&other)["blockedBy"], json!([gate]), "{answer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn suggestions_do_what_they_say((request, organization) in scene(), as_text in any::<bool>()) {
        let line = line(&request, &organization, as_text);
        let answer = evaluate(&line);
        prop_assert!(answer["error"].is_null(), "{answer}");
        let suggestions: Vec<&Value> = answer["suggestions"].as_array().unwrap().iter().collect();
        if answer["decision"] == "Allow" {
            let after = evaluate(&follow(&line, &suggestions));
            prop_assert!(suggestions.is_empty() || after["decision"] != "Allow", "{suggestions:?}");
            return Ok(());
        }
        let blocked: Vec<&Value> = answer["blockedBy"].as_array().unwrap().iter().collect();
        for gate in &blocked {
            let own: Vec<&Value> = suggestions.iter().filter(|one| one["gate"] == **gate).copied().collect();
            if !own.is_empty() {
                let followed = follow(&line, &own);
                let after = evaluate(&followed);
                let closed = after["blockedBy"].as_array();
                prop_assert!(closed.is_some_and(|closed| !closed.contains(gate)), "{own:?} leave {after}");
            }
        }
        if blocked.iter().all(|gate| suggestions.iter().any(|one| one["gate"] == **gate)) {
            let after = evaluate(&follow(&line, &suggestions));
            prop_assert_eq!(&after["decision"], "Allow", "{:?}", suggestions);
        }
    }

    /// What is granted is what is asked, and nothing beside it.
    #[test]
    fn suggestions_grant_no_more((request, organization) in scene()) {
        let line = line(&request, &organization, false);
        let answer = evaluate(&line);
        // An action without a resource needs `*`, which is every resource; a trust policy names none; what a Deny
        // hides isn't granted.
        let narrow = request.resource != "*" && !request.asks_trust_policy();
        if answer["decision"] != "ImplicitDeny" || !narrow {
            return Ok(());
        }
        let grants = ["add-statement", "add-action", "add-resource", "new-policy"];
        let suggestions: Vec<&Value> = answer["suggestions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| grants.contains(&one["code"].as_str().unwrap()))
            .collect();
        let followed = follow(&line, &suggestions);
        for (field, other) in [("action", "s3:GetObjectAcl"), ("resource", "arn:aws:s3:::reports/alice/11.csv")] {
            let (mut before, mut after) = (line.clone(), followed.clone());
            before[field] = json!(other);
            after[field] = json!(other);
            let (before, after) = (evaluate(&before), evaluate(&after));
            // A role's trust policy is no policy for other actions.
            if before["error"].is_object() || after["error"].is_object() {
                continue;
            }
            prop_assert_eq!(&before["decision"], &after["decision"], "{} by {:?}", field, &suggestions);
        }
    }
}
