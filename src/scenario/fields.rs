//! Reads objects of the document whose fields are known: unknown, repeated, missing and mistyped ones are findings.

use super::findings::{At, Findings};
use super::suggestion::closest;
use crate::json::{Severity, Span, Value};

/// Whether this is an object; each field that isn't `known` is an error.
pub(crate) fn check(at: At<'_>, known: &[&str], findings: &mut Findings<'_>) -> bool {
    if !is_object(at, findings) {
        return false;
    }
    for member in at.node.members() {
        if known.contains(&&*member.key) {
            continue;
        }
        unknown(findings, FIELD, member.key_span, &member.key, &mut known.iter().copied());
    }
    true
}

/// The codes for a name that isn't known: alone, and with the known one that is close.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unknown(&'static str, &'static str);

pub(crate) const FIELD: Unknown = Unknown("diagnostic.unknown-field", "diagnostic.unknown-field.near");
pub(crate) const SECTION: Unknown = Unknown("diagnostic.unknown-section", "diagnostic.unknown-section.near");
pub(crate) const TYPE: Unknown = Unknown("diagnostic.unknown-type", "diagnostic.unknown-type.near");
pub(crate) const PROPERTY: Unknown =
    Unknown("diagnostic.unknown-property", "diagnostic.unknown-property.near");
pub(crate) const NAME: Unknown = Unknown("diagnostic.unknown-name", "diagnostic.unknown-name.near");
pub(crate) const ATTRIBUTE: Unknown =
    Unknown("diagnostic.unknown-attribute", "diagnostic.unknown-attribute.near");
pub(crate) const PARAMETER: Unknown =
    Unknown("diagnostic.unknown-parameter", "diagnostic.unknown-parameter.near");
pub(crate) const HOST: Unknown = Unknown("diagnostic.unknown-host", "diagnostic.unknown-host.near");
pub(crate) const BUCKET: Unknown = Unknown("diagnostic.unknown-bucket", "diagnostic.unknown-bucket.near");
pub(crate) const PRINCIPAL: Unknown =
    Unknown("diagnostic.unknown-principal", "diagnostic.unknown-principal.near");
pub(crate) const ENTITY: Unknown = Unknown("diagnostic.unknown-entity", "diagnostic.unknown-entity.near");

/// An error about an unknown name; the closest of `known` is suggested.
pub(crate) fn unknown(
    findings: &mut Findings<'_>,
    code: Unknown,
    span: Span,
    name: &str,
    known: &mut dyn Iterator<Item = &str>,
) {
    let mut params = vec![("name", name)];
    let near = if findings.is_full() { None } else { closest(name, known) };
    params.extend(near.map(|near| ("suggestion", near)));
    let code = if near.is_some() { code.1 } else { code.0 };
    findings.at(Severity::Error, code, span, &params);
}

/// Whether this is an object; anything else is an error.
pub(crate) fn is_object(at: At<'_>, findings: &mut Findings<'_>) -> bool {
    is(at, matches!(at.node.value, Value::Object(_)), "object", findings)
}

/// Whether this is an array; anything else is an error.
pub(crate) fn is_array(at: At<'_>, findings: &mut Findings<'_>) -> bool {
    is(at, matches!(at.node.value, Value::Array(_)), "array", findings)
}

/// The string; anything else is an error.
pub(crate) fn text<'a>(at: At<'a>, findings: &mut Findings<'_>) -> Option<&'a str> {
    is(at, at.text().is_some(), "string", findings);
    at.text()
}

/// The integer; anything else is an error.
pub(crate) fn integer(at: At<'_>, findings: &mut Findings<'_>) -> Option<i64> {
    let value = at.node.as_i64();
    is(at, value.is_some(), "integer", findings);
    value
}

/// The field; its absence is an error.
pub(crate) fn required<'a>(at: At<'a>, name: &str, findings: &mut Findings<'_>) -> Option<At<'a>> {
    let field = at.field(name);
    if field.is_none() {
        findings.error("diagnostic.missing-field", at, &[("field", name)]);
    }
    field
}

/// A wrong type is an error that names both.
pub(crate) fn is(at: At<'_>, right: bool, expected: &str, findings: &mut Findings<'_>) -> bool {
    if !right {
        let params = [("expected", expected), ("found", at.node.kind())];
        findings.error("diagnostic.wrong-type", at, &params);
    }
    right
}
