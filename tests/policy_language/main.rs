//! What an editor says of a policy: findings (`validate`), proposals and tooltips (`complete`).
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod complete;
mod validate;

use iam_sandbox::policy::validate::Subject;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Each case file of a folder by its name, in order.
fn files(folder: &str) -> Vec<(String, Value)> {
    let file = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.file_stem().unwrap().to_str().unwrap().to_string(), read(path.to_str().unwrap()))
    };
    let mut files: Vec<(String, Value)> = fs::read_dir(folder).unwrap().map(file).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

fn cases(file: &Value) -> &[Value] {
    file["cases"].as_array().unwrap()
}

/// The type of a case's policy; an identity policy where it doesn't say.
fn subject(case: &Value) -> Subject {
    let policy_type = case.get("type").map_or("IDENTITY_POLICY", |value| value.as_str().unwrap());
    let resource_type = case.get("resourceType").map(|value| value.as_str().unwrap());
    Subject::new(policy_type, resource_type).expect("type and resourceType fit")
}

/// A place, what is written there, and whether it replaces, adds or takes away.
type Edit = (prop::sample::Index, u8, u8);

fn edits(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), count)
}

/// A text with some bytes changed, added or lost.
fn damaged(text: &str, edits: &[Edit]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte, kind) in edits {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match kind {
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            _ => _ = bytes.remove(at),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
