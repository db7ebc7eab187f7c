//! Requests to the services and what is expected of their answers.
//!
//! A case is `{name, with?, steps | request, ...}`. `with` is a JSON Merge Patch (RFC 7396) on the file's state.
//! A step: `{request: {method, url, headers?, body?}, as?, clock?, tamper?, endpoint?, from?, advance?, patch?,
//! mfaCode?, capture?, expect: {status?, headers?, body?, equals?, lacks?, xml?, json?, record?, codes?, context?}}`.
//! Of the query services a request may be `{service: "ec2", form: {Action, ...}}`, of the JSON services
//! `{service: "cloudtrail", target: "LookupEvents", json: {...}}`. `${NAME}` in strings of the request and of `as` is what an earlier step
//! captured, `${mfaCode}` what the device with the serial number `mfaCode` showed last.

use super::{files, request, state};
use iam_sandbox::clock::Timestamp;
use iam_sandbox::cloud::{Arrival, Cloud, EndpointPassage};
use iam_sandbox::http::{Request, Response};
use iam_sandbox::network::{NodeKind, NodeRef};
use iam_sandbox::services::{self, Ledger, Service};
use iam_sandbox::sigv4::{SigningKeyParams, presign, sign};
use iam_sandbox::trace::{Evidence, Recorder, Step};
use serde_json::Value;
use std::collections::BTreeMap;
use std::panic::catch_unwind;

/// Services whose endpoints cases may name.
const SERVICES: [&str; 8] =
    ["s3", "s3-control", "sts", "iam", "ec2", "organizations", "cloudtrail", "access-analyzer"];

type Captured = BTreeMap<String, String>;

/// Runs every case of a directory, and says of all that fail why.
pub fn run(directory: &str) {
    let mut failed = 0;
    for (file, content) in files(directory) {
        for case in content["cases"].as_array().unwrap() {
            let name = format!("{file}: {}", case["name"]);
            let ran = catch_unwind(|| run_case(&name, &state::described(&content["state"]), case));
            failed += usize::from(ran.is_err());
        }
    }
    assert_eq!(failed, 0, "cases failed");
}

fn run_case(name: &str, state: &Value, case: &Value) {
    let mut described = state.clone();
    merge(&mut described, &case["with"]);
    let mut world = World { cloud: state::cloud(&described), ledger: Ledger::default(), described };
    let mut captured = Captured::new();
    let alone = [case.clone()];
    let steps = case["steps"].as_array().map_or(&alone[..], Vec::as_slice);
    for (place, step) in steps.iter().enumerate() {
        world.step(&format!("{name}, step {}", place + 1), step, &mut captured);
    }
}

struct World {
    cloud: Cloud,
    ledger: Ledger,
    described: Value,
}

impl World {
    fn step(&mut self, name: &str, step: &Value, captured: &mut Captured) {
        if let Some(seconds) = step["advance"].as_i64() {
            self.cloud.now = self.cloud.now.plus_seconds(seconds);
        }
        if step["patch"].is_object() {
            merge(&mut self.described, &step["patch"]);
            let mut changed = state::cloud(&self.described);
            changed.now = self.cloud.now;
            changed.credentials.extend(std::mem::take(&mut self.cloud.credentials));
            self.cloud = changed;
        }
        if step["request"].is_null() {
            return;
        }
        if let Some(serial) = step["mfaCode"].as_str() {
            let devices = self.cloud.accounts.values().find_map(|account| account.mfa_devices.get(serial));
            captured.insert("mfaCode".into(), devices.unwrap().code(self.cloud.now));
        }
        let asked = substitute(&step["request"], captured);
        let request = self.signed(request(&asked), &substitute(step, captured));
        let (response, steps) = self.send(&request, step);
        check(name, &substitute(&step["expect"], captured), &response, &steps);
        for (variable, how) in step["capture"].as_object().into_iter().flatten() {
            let text = response.body.text().unwrap();
            let value = match how.as_str().unwrap() {
                "body" => text.to_string(),
                pointer if pointer.starts_with('/') => {
                    let parsed: Value = serde_json::from_str(text).unwrap();
                    parsed.pointer(pointer).unwrap().as_str().unwrap().to_string()
                }
                path => {
                    xml(text, path).first().unwrap_or_else(|| panic!("{name}: no {path} in {text}")).clone()
                }
            };
            captured.insert(variable.clone(), value);
        }
    }

    fn send(&mut self, request: &Request, step: &Value) -> (Response, Vec<Step>) {
        let url = request.parts().unwrap();
        let service = match url.host {
            "169.254.169.254" => Service::Imds,
            host => {
                let labels: Vec<&str> = host.trim_end_matches(".amazonaws.com").split('.').collect();
                let place = labels.iter().position(|label| SERVICES.contains(label)).unwrap();
                Service::of(labels[place], labels.get(place + 1).copied().unwrap_or("us-east-1")).unwrap()
            }
        };
        let endpoint = step.get("endpoint").map(|policy| EndpointPassage {
            endpoint_id: "vpce-1".into(),
            vpc_id: "vpc-1".into(),
            account: "111122223333".into(),
            region: "us-east-1".into(),
            policy: (!policy.is_null()).then(|| state::endpoint_policy(policy)),
        });
        let instance =
            self.cloud.accounts.values().flat_map(|account| account.instances.keys()).next().cloned();
        let instance = step["from"].as_str().map(str::to_string).or(instance);
        let arrival = Arrival {
            source_ip: "203.0.113.9".parse().unwrap(),
            secure_transport: url.scheme == "https",
            endpoint,
            metadata: instance.filter(|_| service == Service::Imds).map(|id| (id, 0)),
        };
        let mut recorder = Recorder::new();
        let from = NodeRef::new(NodeKind::Host, "host");
        let response = services::handle(
            &mut self.cloud,
            &mut self.ledger,
            &mut recorder,
            &arrival,
            from,
            service,
            request,
        );
        (response, recorder.finish())
    }

    /// Signs as `as` says, by the clock of the cloud or `clock`, then tampers as `tamper` says.
    fn signed(&self, request: Request, step: &Value) -> Request {
        let mut request = request;
        let host = request.parts().unwrap().host.to_string();
        let at =
            step["clock"].as_str().map_or(self.cloud.now, |text| Timestamp::parse_iso8601(text).unwrap());
        let label = host.split('.').find(|label| SERVICES.contains(label));
        // S3 Control signs as S3.
        let service = label.filter(|label| *label != "s3-control").unwrap_or("s3");
        let region = step["region"].as_str().unwrap_or("us-east-1");
        if let Some((id, secret, token)) = self.credentials(&step["as"]) {
            let params = SigningKeyParams {
                access_key_id: &id,
                secret: &secret,
                session_token: token.as_deref(),
                region,
                service,
                at,
            };
            request = match step["presign"].as_u64() {
                Some(expires) => presign(&request, &params, expires as u32).request,
                None => sign(&request, &params).request,
            };
        }
        for (part, value) in step["tamper"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            match part.as_str() {
                "url" => request.url = value.to_string(),
                "body" => request.body = value.into(),
                "method" => request.method = value.to_string(),
                header => {
                    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(header));
                    request = request.with_header(header, value);
                }
            }
        }
        request
    }

    /// `"alice"`, `"111122223333/alice"`, `"root"`, or `{accessKeyId, secret, token?}`.
    fn credentials(&self, who: &Value) -> Option<(String, String, Option<String>)> {
        if let Some(name) = who.as_str() {
            let (account, name) = name.split_once('/').unwrap_or(("111122223333", name));
            let key = state::key(self.cloud.entropy, account, Some(name).filter(|name| *name != "root"));
            return Some((key.access_key_id, key.secret_access_key, None));
        }
        let part = |name: &str| who[name].as_str().map(str::to_string);
        Some((part("accessKeyId")?, part("secret")?, part("token")))
    }
}

fn merge(target: &mut Value, patch: &Value) {
    let Some(changes) = patch.as_object() else {
        if !patch.is_null() {
            *target = patch.clone();
        }
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Default::default());
    }
    let members = target.as_object_mut().unwrap();
    for (key, change) in changes {
        match change {
            Value::Null => drop(members.remove(key)),
            change => merge(members.entry(key.clone()).or_insert(Value::Null), change),
        }
    }
}

fn substitute(value: &Value, captured: &Captured) -> Value {
    match value {
        Value::String(text) => {
            let fill = |text: String, (name, value): (&String, &String)| {
                text.replace(&format!("${{{name}}}"), value)
            };
            Value::String(captured.iter().fold(text.clone(), fill))
        }
        Value::Array(items) => items.iter().map(|item| substitute(item, captured)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), substitute(value, captured))).collect()
        }
        other => other.clone(),
    }
}

/// Texts of the elements at a path below the root: `Contents/Key`.
fn xml(text: &str, path: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut found = vec![document.root_element()];
    for name in path.split('/') {
        found = found
            .iter()
            .flat_map(|node| {
                node.children().filter(|child| child.tag_name().name() == name).collect::<Vec<_>>()
            })
            .collect();
    }
    found.iter().map(|node| node.text().unwrap_or("").to_string()).collect()
}

fn check(name: &str, expect: &Value, response: &Response, steps: &[Step]) {
    let body = response.body.text().unwrap_or("(bytes)");
    assert!(expect.is_object(), "{name}: nothing expected");
    for (field, wanted) in expect.as_object().unwrap() {
        match field.as_str() {
            "status" => assert_eq!(u64::from(response.status), wanted.as_u64().unwrap(), "{name}: {body}"),
            "headers" => {
                for (header, value) in wanted.as_object().unwrap() {
                    assert_eq!(response.header(header), value.as_str(), "{name}: {header}");
                }
            }
            "body" => {
                for part in wanted.as_array().unwrap() {
                    assert!(body.contains(part.as_str().unwrap()), "{name}: {part} isn't in {body}");
                }
            }
            "lacks" => {
                for part in wanted.as_array().unwrap() {
                    assert!(!body.contains(part.as_str().unwrap()), "{name}: {part} is in {body}");
                }
            }
            "equals" => assert_eq!(body, wanted.as_str().unwrap(), "{name}"),
            "xml" => {
                for (path, value) in wanted.as_object().unwrap() {
                    let value: Vec<String> = match value {
                        Value::Array(values) => {
                            values.iter().map(|v| v.as_str().unwrap().to_string()).collect()
                        }
                        Value::Null => Vec::new(),
                        value => vec![value.as_str().unwrap().to_string()],
                    };
                    assert_eq!(xml(body, path), value, "{name}: {path} in {body}");
                }
            }
            "json" => {
                let parsed: Value =
                    serde_json::from_str(body).unwrap_or_else(|error| panic!("{name}: {error}: {body}"));
                for (pointer, value) in wanted.as_object().unwrap() {
                    assert_eq!(parsed.pointer(pointer), Some(value), "{name}: {pointer} in {body}");
                }
            }
            "record" => check_record(name, wanted, body),
            "codes" => {
                let codes: Vec<&str> = steps.iter().map(|step| step.code).collect();
                let wanted: Vec<&str> =
                    wanted.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
                assert_eq!(codes, wanted, "{name}: {body}");
            }
            "context" => check_context(name, wanted, steps),
            "errors" => {
                let last = steps.iter().filter_map(|step| step.params.get("error")).next_back();
                assert_eq!(last.map(String::as_str), wanted.as_str(), "{name}");
            }
            other => panic!("{name}: unknown expectation {other}"),
        }
    }
}

/// Values of the latest event's record.
fn check_record(name: &str, wanted: &Value, body: &str) {
    let parsed: Value = serde_json::from_str(body).unwrap();
    let text = parsed["Events"][0]["CloudTrailEvent"].as_str();
    let record: Value = serde_json::from_str(text.unwrap_or_else(|| panic!("{name}: {body}"))).unwrap();
    for (pointer, value) in wanted.as_object().unwrap() {
        let found = record.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(found, value, "{name}: {pointer} in {record}");
    }
}

fn check_context(name: &str, wanted: &Value, steps: &[Step]) {
    let evidence = steps.iter().rev().find_map(|step| match &step.evidence {
        Evidence::Authorize(evidence) => Some(evidence),
        _ => None,
    });
    let evidence = evidence.unwrap_or_else(|| panic!("{name}: nothing was authorized"));
    for (key, wanted) in wanted.as_object().unwrap() {
        let entry = evidence.context.get(key).unwrap_or_else(|| panic!("{name}: no {key} in the context"));
        let values: Option<Vec<String>> = match &wanted["value"] {
            Value::Null => None,
            value => Some(vec![value.as_str().unwrap().to_string()]),
        };
        assert_eq!(entry.values, values, "{name}: {key}");
        assert_eq!(Some(entry.origin), wanted["origin"].as_str(), "{name}: {key}");
    }
}
