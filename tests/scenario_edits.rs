//! An edit of what runs comes to the same as a load of the edited text, where no command has changed anything.
//!
//! Each resource and each property of each built-in scenario is taken away and put back.
#![cfg(not(target_arch = "wasm32"))]
// A test stops at the first thing that is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use iam_sandbox::cloud::Cloud;
use iam_sandbox::scenario::{Document, Loaded, load, update};
use serde_json::{Value, json};
use std::fs;

/// What a running cloud looks like after an edit, and what the edited text loads to.
fn both(loaded: &Loaded, cloud: &mut Cloud, edited: &Document) -> Option<(Loaded, String, String)> {
    let after = update(cloud, loaded, edited).ok()?;
    let fresh = load(edited).unwrap();
    // What is kept and shared is the text alone.
    let again = load(&Document::parse(edited.text().clone()).unwrap()).unwrap();
    assert_eq!(format!("{fresh:?}"), format!("{again:?}"));
    let (running, fresh) = (format!("{cloud:?}"), format!("{:?}", fresh.cloud));
    Some((after, running, fresh))
}

/// What follows the first place in which two texts differ.
fn difference(a: &str, b: &str) -> String {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str| text.chars().skip(same.saturating_sub(40)).take(120).collect::<String>();
    format!("{} | {}", rest(a), rest(b))
}

/// A group keeps no rule that lets everything out once its own rules are taken away: that comes with a new one alone.
fn is_egress(pointer: &str, value: &Value) -> bool {
    pointer.contains("SecurityGroupEgress") || value.to_string().contains("SecurityGroupEgress")
}

fn pointers(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (id, account) in document["accounts"].as_object().unwrap() {
        for (name, resource) in account["template"]["Resources"].as_object().unwrap() {
            let pointer = format!("/accounts/{id}/template/Resources/{name}");
            let properties = resource["Properties"].as_object().into_iter().flatten();
            found.extend(properties.map(|(property, _)| format!("{pointer}/Properties/{property}")));
            found.push(pointer);
        }
    }
    found
}

#[test]
fn an_edit_comes_to_the_same_as_a_load() {
    let ids = fs::read_to_string("www/scenarios.json").unwrap();
    let ids: Vec<String> = serde_json::from_str(&ids).unwrap();
    let mut faults = Vec::new();
    let mut count = 0;
    for id in ids {
        let text = fs::read_to_string(format!("www/scenarios/{id}.json")).unwrap();
        let mut content: Value = serde_json::from_str(&text).unwrap();
        // Steps speak of hosts that an edit may take away.
        content["run"].take();
        content["lesson"].take();
        let document = Document::parse(content.to_string()).unwrap();
        let loaded = load(&document).unwrap();
        for pointer in pointers(&content) {
            let value = content.pointer(&pointer).unwrap();
            if is_egress(&pointer, value) {
                continue;
            }
            let mut cloud = loaded.cloud.clone();
            let remove = json!([{"op": "remove", "path": pointer}]).to_string();
            let without = document.patch(&remove).unwrap();
            let Some((after, running, fresh)) = both(&loaded, &mut cloud, &without) else { continue };
            count += 1;
            if running != fresh {
                faults.push(format!("{id}: without {pointer}: {}", difference(&running, &fresh)));
            }
            let add = json!([{"op": "add", "path": pointer, "value": value}]).to_string();
            let Some((_, running, fresh)) = both(&after, &mut cloud, &without.patch(&add).unwrap()) else {
                faults.push(format!("{id}: {pointer} can't be put back"));
                continue;
            };
            if running != fresh {
                faults.push(format!("{id}: {pointer} put back: {}", difference(&running, &fresh)));
            }
        }
    }
    assert!(count > 100, "{count} edits");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
