//! Runs the case files of SigV4, IMDS, STS and S3 under `tests/cases`. A new case needs no Rust.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod exchange;
mod hostile;
mod hostile_ec2;
mod sigv4;
mod state;

use serde_json::Value;
use std::path::Path;

#[test]
fn imds_answers_as_its_case_files_say() {
    exchange::run("imds");
}

#[test]
fn sts_answers_as_its_case_files_say() {
    exchange::run("sts");
}

#[test]
fn cloudtrail_answers_as_its_case_files_say() {
    exchange::run("cloudtrail");
}

#[test]
fn iam_answers_as_its_case_files_say() {
    exchange::run("iam");
}

#[test]
fn ec2_answers_as_its_case_files_say() {
    exchange::run("ec2");
}

#[test]
fn organizations_answers_as_its_case_files_say() {
    exchange::run("organizations");
}

#[test]
fn s3_answers_as_its_case_files_say() {
    exchange::run("s3");
}

/// Every case file of a directory, with its name, in order.
fn files(directory: &str) -> Vec<(String, Value)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(directory);
    let mut paths: Vec<_> =
        std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", directory.display());
    let read = |path: &Path| serde_json::from_str(&std::fs::read_to_string(path).unwrap());
    paths
        .iter()
        .map(|path| {
            (
                path.display().to_string(),
                read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            )
        })
        .map(|(name, file): (String, Value)| {
            let evidence = file["evidence"].as_str().unwrap_or_default();
            assert!(
                ["documented", "observed", "inferred"].contains(&evidence),
                "{name}: evidence {evidence:?}"
            );
            assert!(file["rule"].is_string() && file["source"].is_string(), "{name}: rule and source");
            (name, file)
        })
        .collect()
}

/// The request of a case: `{method, url, headers, body}`.
fn request(case: &Value) -> iam_sandbox::http::Request {
    if let Some(service) = case["service"].as_str() {
        return request_to(service, case);
    }
    let text = |key: &str| case[key].as_str().unwrap_or_else(|| panic!("{key} in {case}"));
    let mut request = iam_sandbox::http::Request::new(text("method"), text("url"));
    for header in case["headers"].as_array().into_iter().flatten() {
        request = request.with_header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    for (name, value) in case["form"].as_object().into_iter().flatten() {
        let value = value.as_str().unwrap();
        let glue = if request.body.0.is_empty() { "" } else { "&" };
        let pair = format!("{glue}{}={}", encoded(name), encoded(value));
        request.body = [&request.body[..], pair.as_bytes()].concat().into();
    }
    if request.body.0.is_empty() {
        request.body = case["body"].as_str().unwrap_or_default().into();
    }
    request
}

/// Percent-encoded, as in a form.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A request to an endpoint in us-east-1, in the protocol of its service.
fn request_to(service: &str, case: &Value) -> iam_sandbox::http::Request {
    let url = format!("https://{service}.us-east-1.amazonaws.com/{}", case["path"].as_str().unwrap_or(""));
    let mut full = serde_json::json!({"method": "POST", "url": url});
    if case["form"].is_object() {
        full["form"] = case["form"].clone();
        let versions = [("sts", "2011-06-15"), ("iam", "2010-05-08")];
        let version = versions.iter().find(|(name, _)| *name == service).map_or("2016-11-15", |(_, v)| v);
        full["form"]["Version"] = version.into();
        full["headers"] =
            serde_json::json!([["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]]);
        return request(&full);
    }
    full["body"] = case["json"].to_string().into();
    full["headers"] = match case["target"].as_str() {
        Some(target) => serde_json::json!([
            ["Content-Type", "application/x-amz-json-1.1"],
            ["X-Amz-Target", format!("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.{target}")]
        ]),
        None => serde_json::json!([["Content-Type", "application/json"]]),
    };
    request(&full)
}
