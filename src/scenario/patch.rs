//! JSON Patch (RFC 6902: add, replace, remove) on the document's text, below `/accounts/ID/template/Resources`,
//! or on the text of a policy alone.
//!
//! Only the addressed value's text changes; every other byte of the author's formatting stays.
//! Entries: [`Document::patched`], [`patch_policy`]. Left out on purpose: move, copy and test.

use super::document::Document;
use super::findings::{At, Findings};
use super::{fields, policy_text};
use crate::gather::Gather;
use crate::json::{self, Diagnostic, LineIndex, Node, Severity, Span, Value};
use std::sync::Arc;

/// More operations than this are refused: each one reads the whole text again.
const MAX_OPERATIONS: usize = 100;

/// Columns of a line on which a patch's value may stand whole.
const LINE: usize = 80;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// Sets a member, or inserts an item before the addressed one (`-`: at the end).
    Add,
    /// Replaces a value that is there.
    Replace,
    /// Removes a member or item.
    Remove,
}

/// One operation of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it does.
    pub kind: OperationKind,
    /// JSON Pointer of its target.
    pub path: String,
    /// The value as JSON text, its following lines indented from column 0; empty for `remove`.
    /// Of a JSON Patch it is laid out anew.
    pub value: Arc<str>,
}

impl Operation {
    /// A replacement by a value given as JSON text.
    pub fn replace(path: &str, value: &str) -> Self {
        Operation { kind: OperationKind::Replace, path: path.to_string(), value: value.into() }
    }

    /// Reads the text of a JSON Patch: an array of operations. Errors: places count in `text`.
    pub fn parse(text: &str) -> Result<Vec<Self>, Vec<Diagnostic>> {
        Self::parse_on(Target::Scenario, text)
    }

    fn parse_on(target: Target, text: &str) -> Result<Vec<Self>, Vec<Diagnostic>> {
        let document = Document::parse(text)?;
        let mut findings = Findings::new(text, document.root());
        let operations = read_on(target, At::new(document.root()), &mut findings);
        if findings.has_errors() { Err(findings.finish()) } else { Ok(operations) }
    }
}

/// What a patch is applied to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    /// A scenario, of which resources may be patched.
    Scenario,
    /// A policy's text.
    Policy,
}

/// A policy's text after a JSON Patch on it, given as its text; all else in it stays as it is written.
///
/// Errors: a text that isn't JSON, a target that isn't there; places count in the text that is at fault.
pub fn patch_policy(policy: &str, patch: &str) -> Result<String, Vec<Diagnostic>> {
    let mut document = Document::parse(policy)?;
    for operation in &Operation::parse_on(Target::Policy, patch)? {
        let text = splice(&document, operation).ok_or_else(|| vec![no_such_value(&operation.path)])?;
        document = Document::parse(text)?;
    }
    Ok(document.text().to_string())
}

/// Reads an array of operations on a scenario.
pub(crate) fn read_all(at: At<'_>, findings: &mut Findings<'_>) -> Vec<Operation> {
    read_on(Target::Scenario, at, findings)
}

fn read_on(target: Target, at: At<'_>, findings: &mut Findings<'_>) -> Vec<Operation> {
    if !matches!(at.node.value, Value::Array(_)) {
        findings.error("diagnostic.wrong-type", at, &[("expected", "array"), ("found", at.node.kind())]);
    }
    if at.node.items().len() > MAX_OPERATIONS {
        findings.error("diagnostic.patch.too-many", at, &[("limit", &MAX_OPERATIONS.to_string())]);
        return Vec::new();
    }
    at.items().filter_map(|item| read(target, item, findings)).gather()
}

fn read(target: Target, at: At<'_>, findings: &mut Findings<'_>) -> Option<Operation> {
    fields::check(at, &["op", "path", "value"], findings);
    let kind = fields::required(at, "op", findings)?;
    let kind = match kind.text() {
        Some("add") => OperationKind::Add,
        Some("replace") => OperationKind::Replace,
        Some("remove") => OperationKind::Remove,
        _ => {
            findings.error("diagnostic.wrong-value", kind, &[("expected", "add, replace, remove")]);
            return None;
        }
    };
    let path = fields::required(at, "path", findings)?;
    let pointer = fields::text(path, findings)?;
    if target == Target::Scenario && !is_below_resources(pointer) {
        findings.error("diagnostic.patch.wrong-path", path, &[("path", pointer)]);
        return None;
    }
    // `null` is a value here, unlike elsewhere in the document.
    let value = at.node.get("value");
    if value.is_none() && kind != OperationKind::Remove {
        findings.error("diagnostic.missing-field", at, &[("field", "value")]);
        return None;
    }
    // In one layout, whoever wrote it: an object of JavaScript has none, and the same patch gives the same bytes.
    let value = value.map(|node| json::to_fitted(node, LINE)).unwrap_or_default();
    Some(Operation { kind, path: pointer.to_string(), value: value.into() })
}

/// Whether a pointer addresses a resource of a template or something inside it.
pub(crate) fn is_below_resources(pointer: &str) -> bool {
    let Some(segments) = json::segments(pointer) else {
        return false;
    };
    let is = |place: usize, name: &str| segments.get(place).is_some_and(|segment| segment == name);
    segments.len() >= 5 && is(0, "accounts") && is(2, "template") && is(3, "Resources")
}

/// The diagnostic of a path that may not be patched or leads nowhere.
pub(crate) fn wrong_path(path: &str) -> Diagnostic {
    if is_below_resources(path) { no_such_value(path) } else { at_path("diagnostic.patch.wrong-path", path) }
}

fn no_such_value(path: &str) -> Diagnostic {
    at_path("diagnostic.patch.no-such-value", path)
}

fn at_path(code: &'static str, path: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, path, Span::default(), &LineIndex::new("")).with("path", path)
}

impl Document {
    /// This document after a JSON Patch, given as its text. Errors: those of [`Operation::parse`] and of
    /// [`Document::patched`].
    pub fn patch(&self, text: &str) -> Result<Self, Vec<Diagnostic>> {
        self.patched(&Operation::parse(text)?)
    }

    /// This document after a patch; nothing changes if one operation fails.
    ///
    /// Errors: a path outside the resources of a template, a target that isn't there, a value that isn't JSON.
    pub fn patched(&self, operations: &[Operation]) -> Result<Self, Vec<Diagnostic>> {
        let mut document = self.clone();
        for operation in operations.iter().take(MAX_OPERATIONS + 1) {
            let text = is_below_resources(&operation.path).then(|| splice(&document, operation)).flatten();
            let text = text.ok_or_else(|| vec![wrong_path(&operation.path)])?;
            document = document.spliced(text, &operation.path)?;
        }
        if operations.len() > MAX_OPERATIONS {
            let limit = MAX_OPERATIONS.to_string();
            let lines = LineIndex::new("");
            let code = "diagnostic.patch.too-many";
            let found = Diagnostic::new(Severity::Error, code, "", Span::default(), &lines);
            return Err(vec![found.with("limit", limit)]);
        }
        Ok(document)
    }
}

/// The document's text after one operation; `None` if its target isn't there.
fn splice(document: &Document, operation: &Operation) -> Option<String> {
    let (parent, last) = operation.path.rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = document.lookup(parent)?;
    let old = document.lookup(&operation.path);
    let edit = match (operation.kind, &parent.value, old) {
        (OperationKind::Replace, _, Some(old)) => replacement(document.text(), old.span, &operation.value),
        (OperationKind::Add, Value::Object(_), Some(old)) => {
            replacement(document.text(), old.span, &operation.value)
        }
        (OperationKind::Add, Value::Object(_), None) => {
            let value = format!("{}: {}", json::to_compact(&Value::string(&*last).node()), operation.value);
            insertion(document.text(), parent, entries(parent).len(), &value)
        }
        (OperationKind::Add, Value::Array(items), _) => {
            let place = if last == "-" { items.len() } else { index(&last)? };
            insertion(document.text(), parent, place, &operation.value)
        }
        (OperationKind::Remove, _, Some(old)) => {
            let place = entries(parent).iter().position(|entry| entry.end == old.span.end)?;
            removal(parent, place)
        }
        _ => None,
    };
    let (span, new) = edit?;
    let (before, after) =
        (document.text().get(..span.start as usize)?, document.text().get(span.end as usize..)?);
    Some(format!("{before}{new}{after}"))
}

/// An array index without leading zeros.
fn index(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Items of an array, or members of an object from key to value.
fn entries(node: &Node) -> Vec<Span> {
    match &node.value {
        Value::Array(items) => items.iter().map(|item| item.span).gather(),
        Value::Object(members) => {
            let span =
                |member: &json::Member| Span { start: member.key_span.start, end: member.node.span.end };
            members.iter().map(span).gather()
        }
        _ => Vec::new(),
    }
}

fn replacement(text: &str, span: Span, value: &str) -> Option<(Span, String)> {
    Some((span, policy_text::indent(value, policy_text::indentation(text, span.start as usize))))
}

/// Puts `value` before the entry at `place`, on a line of its own if the entries stand on lines of their own.
fn insertion(text: &str, parent: &Node, place: usize, value: &str) -> Option<(Span, String)> {
    let all = entries(parent);
    let Some(first) = all.first() else {
        let is_array = matches!(parent.value, Value::Array(_));
        let value = policy_text::indent(value, policy_text::indentation(text, parent.span.start as usize));
        let whole = if is_array { format!("[{value}]") } else { format!("{{{value}}}") };
        return (place == 0).then_some((parent.span, whole));
    };
    let opening = text.get(parent.span.start as usize..first.start as usize)?;
    let neighbour = all.get(place.min(all.len() - 1))?;
    let indent = policy_text::indentation(text, neighbour.start as usize);
    let value = policy_text::indent(value, indent);
    let separator = if opening.contains('\n') { format!(",\n{indent}") } else { ", ".to_string() };
    if place < all.len() {
        let at = Span { start: neighbour.start, end: neighbour.start };
        return Some((at, format!("{value}{separator}")));
    }
    let at = Span { start: neighbour.end, end: neighbour.end };
    (place == all.len()).then(|| (at, format!("{separator}{value}")))
}

/// Takes the entry at `place` away, with the comma that it no longer needs.
fn removal(parent: &Node, place: usize) -> Option<(Span, String)> {
    let all = entries(parent);
    let entry = all.get(place)?;
    let previous = place.checked_sub(1).and_then(|before| all.get(before));
    let span = match (previous, all.get(place + 1)) {
        (Some(previous), _) => Span { start: previous.end, end: entry.end },
        (None, Some(next)) => Span { start: entry.start, end: next.start },
        (None, None) => Span { start: parent.span.start + 1, end: parent.span.end.saturating_sub(1) },
    };
    Some((span, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"accounts": {"1": {"template": {"Resources": {
  "A": {
    "List": [1, 2],
    "Lines": [
      "a",
      "b"
    ],
    "Empty": {}
  }
}}}}}"#;

    fn patched(patch: &str) -> Result<String, String> {
        let resources = "/accounts/1/template/Resources";
        let operations = Operation::parse(&patch.replace("@", resources)).map_err(|found| found[0].code)?;
        let after = Document::parse(TEXT).unwrap().patched(&operations).map_err(|found| found[0].code)?;
        let node = after.lookup("/accounts/1/template/Resources/A").unwrap();
        Ok(after.text().get(node.span.start as usize..node.span.end as usize).unwrap().to_string())
    }

    #[test]
    fn changes_one_value_and_no_other_byte() {
        let cases = [
            (r#"[{"op": "replace", "path": "@/A", "value": [1]}]"#, "[1]"),
            (
                r#"[{"op": "replace", "path": "@/A", "value": {}}, {"op": "add", "path": "@/A/x~1y", "value": null}]"#,
                r#"{"x/y": null}"#,
            ),
            (
                r#"[{"op": "remove", "path": "@/A/List"}, {"op": "remove", "path": "@/A/Lines"}]"#,
                "{\n    \"Empty\": {}\n  }",
            ),
            (
                r#"[{"op": "remove", "path": "@/A/Empty"}, {"op": "remove", "path": "@/A/Lines"}, {"op": "add", "path": "@/A/List/1", "value": 9}, {"op": "add", "path": "@/A/List/-", "value": {"k":
   2}}]"#,
                "{\n    \"List\": [1, 9, 2, {\"k\": 2}]\n  }",
            ),
            (
                r#"[{"op": "remove", "path": "@/A/List"}, {"op": "remove", "path": "@/A/Empty"}, {"op": "add", "path": "@/A/Lines/0", "value": 0}, {"op": "add", "path": "@/A/Lines/3", "value": 3}, {"op": "add", "path": "@/A/B", "value": true}]"#,
                "{\n    \"Lines\": [\n      0,\n      \"a\",\n      \"b\",\n      3\n    ],\n    \"B\": true\n  }",
            ),
        ];
        for (patch, expected) in cases {
            assert_eq!(patched(patch), Ok(expected.to_string()), "{patch}");
        }
    }

    #[test]
    fn a_policy_alone_keeps_how_it_is_written() {
        let policy = "{ \"Version\":\"2012-10-17\",\n\t\"Statement\": {\"Effect\":\"Allow\",   \"Action\":\"s3:GetObject\"} }\n";
        let patch =
            r#"[{"op": "replace", "path": "/Statement/Action", "value": ["s3:GetObject", "s3:PutObject"]}]"#;
        let after = policy.replace("\"s3:GetObject\"", "[\"s3:GetObject\", \"s3:PutObject\"]");
        assert_eq!(patch_policy(policy, patch), Ok(after));
        let code = |policy, patch| patch_policy(policy, patch).map_err(|found| found[0].code);
        let elsewhere = r#"[{"op": "remove", "path": "/Statement/0"}]"#;
        assert_eq!(code(policy, elsewhere), Err("diagnostic.patch.no-such-value"));
        assert_eq!(code(policy, r#"[{"op": "remove", "path": ""}]"#), Err("diagnostic.patch.no-such-value"));
        assert_eq!(code("{", patch), Err("diagnostic.json.unfinished"));
    }

    #[test]
    fn a_value_has_one_layout_whoever_wrote_it() {
        let statement = r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::b/*"}"#;
        let written = [
            format!(r#"[{{"op": "replace", "path": "@/A", "value": {{"S": [{statement}], "E": {{}}}}}}]"#),
            format!(
                "[{{\"op\":\"replace\",\"path\":\"@/A\",\"value\":\n {{\"S\":[\n{}],\"E\":{{ }}}}}}]",
                statement.replace(' ', "")
            ),
        ];
        let expected = r#"{
    "S": [
      {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:DeleteObject"],
        "Resource": "arn:aws:s3:::b/*"
      }
    ],
    "E": {}
  }"#;
        for patch in written {
            assert_eq!(patched(&patch), Ok(expected.to_string()), "{patch}");
        }
    }

    #[test]
    fn refuses_what_is_not_there_or_not_below_resources() {
        let cases = [
            (r#"[{"op": "replace", "path": "/version", "value": 1}]"#, "diagnostic.patch.wrong-path"),
            (r#"[{"op": "remove", "path": "@"}]"#, "diagnostic.patch.wrong-path"),
            (r#"[{"op": "remove", "path": "@/B"}]"#, "diagnostic.patch.no-such-value"),
            (r#"[{"op": "add", "path": "@/A/List/3", "value": 1}]"#, "diagnostic.patch.no-such-value"),
            (r#"[{"op": "add", "path": "@/A/List/01", "value": 1}]"#, "diagnostic.patch.no-such-value"),
            (r#"[{"op": "replace", "path": "@/A"}]"#, "diagnostic.missing-field"),
            (r#"[{"op": "move", "path": "@/A"}]"#, "diagnostic.wrong-value"),
            (r#"{}"#, "diagnostic.wrong-type"),
            ("[", "diagnostic.json.unfinished"),
        ];
        for (patch, code) in cases {
            assert_eq!(patched(patch), Err(code.to_string()), "{patch}");
        }
    }
}
