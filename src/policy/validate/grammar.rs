//! JSON, and which elements a policy of each type has.
//!
//! AWS page: IAM User Guide, "Grammar of the IAM JSON policy language".

use super::Subject;
use super::issue::{
    DATA_TYPE_MISMATCH, DUPLICATE_KEYS_WITH_DIFFERENT_CASE, INVALID_CONDITION_DATA_TYPE, INVALID_EFFECT,
    INVALID_POLICY_ELEMENT, INVALID_VERSION, JSON_SYNTAX_ERROR, MISSING_ACTION, MISSING_EFFECT,
    MISSING_PRINCIPAL, MISSING_RESOURCE, MISSING_STATEMENT, MISSING_VERSION,
    ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE, UNSUPPORTED_ELEMENT_COMBINATION,
};
use super::nearest::nearest;
use super::place::{Place, Pointer};
use super::report::Report;
use crate::json::{Fault, LineIndex, Member, Node, Value};
use crate::policy::PolicyKind;
use crate::sorted::{SortedMap, SortedSet};

const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The text isn't JSON.
pub fn syntax(text: &str, fault: &Fault, report: &mut Report) {
    let position = LineIndex::new(text).position(fault.span.start);
    let index = text.get(..fault.span.start as usize).map_or(0, |before| before.encode_utf16().count());
    report
        .add(JSON_SYNTAX_ERROR, &Place::new(Pointer::default(), fault.span))
        .with("index", index.to_string())
        .with("line", position.line.to_string())
        .with("column", position.column.to_string());
}

/// Elements, their types, and what is missing.
pub fn check(node: &Node, subject: Subject, report: &mut Report) {
    let root = Pointer::default();
    duplicates(node, &root, report);
    if !is(node, "object", &root, report) {
        return;
    }
    // Id belongs to resource-based policies.
    let with_id = matches!(subject.kind, PolicyKind::Resource | PolicyKind::Trust | PolicyKind::VpcEndpoint);
    let elements: &[&str] = if with_id { &["Version", "Id", "Statement"] } else { &["Version", "Statement"] };
    unknown_elements(node, &root, elements, report);
    if let Some(id) = node.get("Id") {
        is(id, "string", &root.key("Id"), report);
    }
    version(node, report);
    let pointer = root.key("Statement");
    match node.get("Statement") {
        None => _ = report.add(MISSING_STATEMENT, &Place::new(Pointer::default(), node.span)),
        Some(list @ Node { value: Value::Array(_), .. }) => {
            if list.items().is_empty() {
                report.add(MISSING_STATEMENT, &Place::new(pointer.clone(), list.span));
            }
            for (at, item) in list.items().iter().enumerate() {
                statement(item, &pointer.item(at), subject, report);
            }
        }
        Some(one) => statement(one, &pointer, subject, report),
    }
}

fn version(node: &Node, report: &mut Report) {
    let Some(version) = node.get("Version") else {
        report.add(MISSING_VERSION, &Place::new(Pointer::default(), node.span));
        return;
    };
    let pointer = Pointer::default().key("Version");
    if !is(version, "string", &pointer, report) {
        return;
    }
    let text = version.as_str().unwrap_or("");
    if !matches!(text, "2012-10-17" | "2008-10-17") {
        report
            .add(INVALID_VERSION, &Place::new(pointer, version.span))
            .with("version", text)
            .with("versions", "2012-10-17, 2008-10-17");
    }
}

fn statement<'a>(node: &'a Node, pointer: &Pointer<'a>, subject: Subject, report: &mut Report) {
    if !is(node, "object", pointer, report) {
        return;
    }
    unknown_elements(node, pointer, &STATEMENT_ELEMENTS, report);
    if let Some(sid) = node.get("Sid") {
        is(sid, "string", &pointer.key("Sid"), report);
    }
    effect(node, pointer, report);
    for name in ["Action", "NotAction", "Resource", "NotResource"] {
        if let Some(value) = node.get(name) {
            strings(value, &pointer.key(name), report);
        }
    }
    if let Some(condition) = node.get("Condition") {
        conditions(condition, &pointer.key("Condition"), report);
    }
    required(node, pointer, subject, report);
}

fn required<'a>(node: &'a Node, pointer: &Pointer<'a>, subject: Subject, report: &mut Report) {
    let place = Place::new(pointer.clone(), node.span);
    for (one, other) in [("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")]
    {
        if let (Some(first), Some(second)) = (node.get(one), node.get(other)) {
            report
                .add(UNSUPPORTED_ELEMENT_COMBINATION, &Place::new(pointer.key(one), first.span))
                .also(&Place::new(pointer.key(other), second.span))
                .with("element1", one)
                .with("element2", other);
        }
    }
    let has = |one: &str, other: &str| node.get(one).is_some() || node.get(other).is_some();
    if !has("Action", "NotAction") {
        report.add(MISSING_ACTION, &place);
    }
    let trust = subject.kind == PolicyKind::Trust;
    if trust {
        for name in ["Resource", "NotResource"] {
            if let Some(value) = node.get(name) {
                let place = Place::new(pointer.key(name), value.span);
                report.add(ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE, &place);
            }
        }
    } else if !has("Resource", "NotResource") {
        report.add(MISSING_RESOURCE, &place);
    }
    let without_principal = matches!(subject.kind, PolicyKind::Identity | PolicyKind::ServiceControl);
    if !without_principal && !has("Principal", "NotPrincipal") {
        report.add(MISSING_PRINCIPAL, &place);
    }
}

fn effect<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    let Some(effect) = node.get("Effect") else {
        report.add(MISSING_EFFECT, &Place::new(pointer.clone(), node.span));
        return;
    };
    let pointer = pointer.key("Effect");
    if !is(effect, "string", &pointer, report) {
        return;
    }
    let text = effect.as_str().unwrap_or("");
    if !matches!(text, "Allow" | "Deny") {
        report.add(INVALID_EFFECT, &Place::new(pointer, effect.span)).with("effect", text);
    }
}

fn conditions<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    if !is(node, "object", pointer, report) {
        return;
    }
    for block in node.members() {
        let pointer = pointer.key(&block.key);
        if !is(&block.node, "object", &pointer, report) {
            continue;
        }
        let mut seen: SortedMap<String, &Member> = SortedMap::new();
        for member in block.node.members() {
            let key_pointer = pointer.key(&member.key);
            condition_values(&member.node, &key_pointer, report);
            let first = *seen.get_or_insert_with(member.key.to_ascii_lowercase(), || member);
            if first.key != member.key {
                report
                    .add(
                        DUPLICATE_KEYS_WITH_DIFFERENT_CASE,
                        &Place::new(pointer.key(&first.key), first.key_span),
                    )
                    .also(&Place::new(key_pointer, member.key_span))
                    .with("key", &*member.key);
            }
        }
    }
}

fn condition_values<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    let mut kinds = SortedSet::new();
    let items = if matches!(node.value, Value::Array(_)) { node.items() } else { std::slice::from_ref(node) };
    for (at, item) in items.iter().enumerate() {
        let item_pointer = || match node.value {
            Value::Array(_) => pointer.item(at),
            _ => pointer.clone(),
        };
        if matches!(item.value, Value::String(_) | Value::Number(_) | Value::Bool(_)) {
            kinds.insert(item.kind());
        } else {
            let place = Place::new(item_pointer(), item.span);
            report.add(DATA_TYPE_MISMATCH, &place).with("dataType", "string");
        }
    }
    if kinds.len() > 1 {
        report.add(INVALID_CONDITION_DATA_TYPE, &Place::new(pointer.clone(), node.span));
    }
}

/// A string or a list of strings.
fn strings<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    if let Value::Array(items) = &node.value {
        for (at, item) in items.iter().enumerate() {
            is(item, "string", &pointer.item(at), report);
        }
    } else {
        is(node, "string", pointer, report);
    }
}

/// Whether a value has a JSON type; otherwise that is a finding.
fn is<'a>(node: &'a Node, kind: &'static str, pointer: &Pointer<'a>, report: &mut Report) -> bool {
    if node.kind() == kind {
        return true;
    }
    report.add(DATA_TYPE_MISMATCH, &Place::new(pointer.clone(), node.span)).with("dataType", kind);
    false
}

fn unknown_elements<'a>(node: &'a Node, pointer: &Pointer<'a>, known: &[&'static str], report: &mut Report) {
    for member in node.members() {
        if known.contains(&&*member.key) {
            continue;
        }
        let place = Place::new(pointer.key(&member.key), member.key_span);
        let entry = report.add(INVALID_POLICY_ELEMENT, &place).with("element", &*member.key);
        let meant = nearest(&member.key, known.iter().copied()).filter(|name| node.get(name).is_none());
        if let Some(meant) = meant {
            entry.with("validElement", meant).variant("nearest");
        }
    }
}

/// A key that stands twice in one object makes the document invalid.
fn duplicates<'a>(node: &'a Node, pointer: &Pointer<'a>, report: &mut Report) {
    let mut seen = SortedSet::new();
    for member in node.members() {
        let place = Place::new(pointer.key(&member.key), member.key_span);
        if !seen.insert(&*member.key) {
            report.add(JSON_SYNTAX_ERROR, &place).with("key", &*member.key).variant("duplicate-key");
        }
        duplicates(&member.node, &place.pointer, report);
    }
    for (at, item) in node.items().iter().enumerate() {
        duplicates(item, &pointer.item(at), report);
    }
}
