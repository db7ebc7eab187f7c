//! `tests/cases/scenario/*.json`: wrong and unmodelled documents, each with every diagnostic that it gets.
//!
//! A case has one of `text` (as it stands), `document`, `account` (one account's fields), `resources` (one
//! account's resources) or `parts` (fields beside one account with one instance). `expect` lists all
//! diagnostics in order: `code` without `diagnostic.`, and whichever of `at` (the pointer, `@` for the
//! resources), `severity`, `line`, `column`, `params` matter.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use iam_sandbox::json::Diagnostic;
use iam_sandbox::scenario::{Document, load};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

const RESOURCES: &str = "/accounts/111122223333/template/Resources";

/// Every case of every file: where it stands, and what it holds.
fn cases() -> Vec<(String, Value)> {
    let mut files: Vec<_> =
        fs::read_dir("tests/cases/scenario").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let content: Value = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{file:?}: {fault}"));
        for case in content["cases"].as_array().unwrap() {
            all.push((format!("{}: {}", file.display(), case["name"].as_str().unwrap()), case.clone()));
        }
    }
    all
}

fn text(case: &Value) -> String {
    let one = |account: Value| json!({"version": 1, "accounts": {"111122223333": account}});
    let document = match case {
        case if case.get("text").is_some() => return case["text"].as_str().unwrap().to_string(),
        case if case.get("document").is_some() => case["document"].clone(),
        case if case.get("account").is_some() => one(case["account"].clone()),
        case if case.get("resources").is_some() => {
            one(json!({"template": {"Resources": case["resources"].clone()}}))
        }
        case => {
            let instance = json!({"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1"}});
            let mut document = one(json!({"template": {"Resources": {"App": instance}}}));
            for (name, part) in case["parts"].as_object().unwrap() {
                document[name] = part.clone();
            }
            document
        }
    };
    serde_json::to_string_pretty(&document).unwrap()
}

fn found(case: &Value) -> Vec<Diagnostic> {
    let loaded = Document::parse(text(case)).and_then(|document| load(&document));
    match loaded {
        Ok(loaded) => loaded.diagnostics,
        Err(diagnostics) => diagnostics,
    }
}

/// The fields of `expected` that don't hold.
fn differs(expected: &Value, found: &Value) -> bool {
    let fields = expected.as_object().unwrap();
    fields.iter().any(|(name, value)| {
        let actual = match name.as_str() {
            "code" => {
                return found["code"] != format!("diagnostic.{}", value.as_str().unwrap());
            }
            "at" => return found["pointer"] != value.as_str().unwrap().replace('@', RESOURCES),
            "line" | "column" => &found["start"][name],
            name => &found[name],
        };
        actual != value
    })
}

#[test]
fn every_case_gets_its_diagnostics() {
    let mut faults = Vec::new();
    for (name, case) in cases() {
        let found = serde_json::to_value(found(&case)).unwrap();
        let (found, expected) = (found.as_array().unwrap(), case["expect"].as_array().unwrap());
        let same = found.len() == expected.len()
            && expected.iter().zip(found).all(|(expected, found)| !differs(expected, found));
        if !same {
            let shown: Vec<String> = found.iter().map(Value::to_string).collect();
            faults.push(format!("{name}\n  expected {expected:?}\n  found {}", shown.join("\n        ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Codes about size, whose documents are made rather than written.
const LIMITS: [&str; 7] = [
    "document-too-large",
    "inline-policies-too-long",
    "no-address",
    "policy-too-long",
    "too-long",
    "too-many-entries",
    "too-many-policies",
];

fn codes_of(resources: Value) -> Vec<String> {
    let found = found(&json!({"resources": resources}));
    let mut codes: Vec<String> =
        found.iter().map(|found| found.code.trim_start_matches("diagnostic.").to_string()).collect();
    codes.dedup();
    codes
}

/// A policy of about `size` characters without white space.
fn policy(size: usize) -> Value {
    let actions: Vec<String> = (0..size / 18).map(|number| format!("s3:Action{number:06}")).collect();
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})
}

#[test]
fn policies_stay_within_their_sizes() {
    let managed = |size| {
        let properties = json!({"PolicyDocument": policy(size)});
        codes_of(json!({"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}}))
    };
    assert_eq!(managed(6_000), [] as [&str; 0]);
    assert_eq!(managed(6_400), ["policy-too-long"]);
    let user = |size| {
        let inline = json!([
            {"PolicyName": "a", "PolicyDocument": policy(size)},
            {"PolicyName": "b", "PolicyDocument": policy(size)}
        ]);
        codes_of(json!({"U": {"Type": "AWS::IAM::User", "Properties": {"Policies": inline}}}))
    };
    assert_eq!(user(900), [] as [&str; 0]);
    assert_eq!(user(1_200), ["inline-policies-too-long"], "together, not each");
}

#[test]
fn a_user_has_at_most_ten_managed_policies() {
    let with = |count: usize| {
        let properties = |number: usize| {
            let document = policy(20);
            json!({"ManagedPolicyName": format!("p{number}"), "PolicyDocument": document, "Users": [{"Ref": "U"}]})
        };
        let mut resources = json!({"U": {"Type": "AWS::IAM::User"}});
        for number in 0..count {
            resources[format!("P{number}")] =
                json!({"Type": "AWS::IAM::ManagedPolicy", "Properties": properties(number)});
        }
        codes_of(resources)
    };
    assert_eq!(with(10), [] as [&str; 0]);
    assert_eq!(with(11), ["too-many-policies"]);
}

#[test]
fn a_full_subnet_has_no_address() {
    let mut resources = json!({
        "V": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "S": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "V"}, "CidrBlock": "10.0.0.0/28"}}
    });
    for number in 0..12 {
        resources[format!("I{number}")] = json!({"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1", "SubnetId": {"Ref": "S"}}});
    }
    assert_eq!(codes_of(resources), ["no-address"]);
}

#[test]
fn texts_that_repeat_each_other_are_bounded() {
    let mut resources =
        json!({"R0": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "x".repeat(1000)}}});
    for number in 1..40 {
        let twice = format!("${{R{}}}", number - 1).repeat(1000);
        resources[format!("R{number}")] =
            json!({"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": twice}}});
    }
    assert!(codes_of(resources).contains(&"too-long".to_string()));
    let long = Document::parse(" ".repeat(3_000_000)).unwrap_err();
    assert_eq!(long[0].code, "diagnostic.document-too-large");
}

#[test]
fn a_template_has_at_most_five_hundred_resources() {
    let with = |count: usize| {
        let names = (0..count).map(|number| (format!("B{number}"), json!({"Type": "AWS::S3::Bucket"})));
        codes_of(Value::Object(names.collect()))
    };
    assert_eq!(with(500), [] as [&str; 0]);
    assert_eq!(with(501), ["too-many-entries"]);
    let accounts = (0..51).map(|number| (format!("1111222233{number:02}"), json!({})));
    let document = json!({"version": 1, "accounts": Value::Object(accounts.collect())});
    let found = found(&json!({"document": document}));
    assert_eq!(found[0].code, "diagnostic.too-many-entries");
}

/// Every `diagnostic....` literal of the sources below a folder.
fn literals(folder: &str, out: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            literals(entry.to_str().unwrap(), out);
        } else {
            let text = fs::read_to_string(entry).unwrap();
            let pieces = text.split("\"diagnostic.").skip(1).filter_map(|rest| rest.split('"').next());
            out.extend(pieces.map(str::to_string));
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let mut seen: BTreeSet<String> = LIMITS.map(str::to_string).into();
    for (_, case) in cases() {
        let expected = case["expect"].as_array().unwrap();
        seen.extend(expected.iter().map(|expected| expected["code"].as_str().unwrap().to_string()));
    }
    let mut codes = BTreeSet::new();
    literals("src/scenario", &mut codes);
    assert!(codes.len() > 90, "{}", codes.len());
    // Patches have their own tests beside their code.
    let missing: Vec<&String> =
        codes.iter().filter(|code| !code.starts_with("patch.") && !seen.contains(*code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn built_in_scenarios_load_without_diagnostics() {
    let index: Vec<String> =
        serde_json::from_str(&fs::read_to_string("www/scenarios.json").unwrap()).unwrap();
    assert!(index.len() >= 7);
    for id in index {
        let text = fs::read_to_string(format!("www/scenarios/{id}.json")).unwrap();
        let loaded = Document::parse(text).and_then(|document| load(&document));
        let loaded = loaded.unwrap_or_else(|found| panic!("{id}: {found:#?}"));
        assert_eq!(loaded.diagnostics, [], "{id}");
        assert!(!loaded.title.en.is_empty() && loaded.title.en != loaded.title.ko, "{id}");
    }
}
