//! The properties of a resource type, and whether a resource's properties are as they should be.
//!
//! AWS page: CloudFormation Template Reference, "AWS resource and property types reference".
//! Entry: [`check`]. Values are checked after their intrinsics are resolved; `null` is absent.

use super::fields;
use super::findings::{At, Findings};
use super::intrinsics::scalar;
use crate::json::{Severity, Value};

/// A property.
#[derive(Debug)]
pub(crate) struct Property {
    /// Several where they aren't modelled, separated by spaces.
    pub name: &'static str,
    pub shape: Shape,
    pub presence: Presence,
}

/// Whether a property must be there, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Its absence is an error.
    Required,
    /// May be left out.
    Optional,
    /// AWS has it, this model doesn't: a warning.
    NotModelled,
}

/// What a property holds.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A string (a number or boolean is taken as its text, as CloudFormation does).
    Text,
    /// `true` or `false`, also as a string.
    Boolean,
    /// An integer within bounds, also as a string.
    Integer(i64, i64),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An array.
    List(&'static Shape),
    /// An object with these fields.
    Object(&'static [Property]),
    /// A policy document, an object; its grammar is checked elsewhere.
    Policy,
    /// Anything: not modelled.
    Anything,
}

/// `Tags`: `[{Key, Value}]`.
pub(crate) const TAGS: Shape =
    Shape::List(&Shape::Object(&[required("Key", Shape::Text), required("Value", Shape::Text)]));

/// `["name", ...]`.
pub(crate) const TEXTS: Shape = Shape::List(&Shape::Text);

/// A property that must be there.
pub(crate) const fn required(name: &'static str, shape: Shape) -> Property {
    Property { name, shape, presence: Presence::Required }
}

/// A property that may be left out.
pub(crate) const fn optional(name: &'static str, shape: Shape) -> Property {
    Property { name, shape, presence: Presence::Optional }
}

/// Properties that AWS has and this model doesn't, separated by spaces.
pub(crate) const fn not_modelled(names: &'static str) -> Property {
    Property { name: names, shape: Shape::Anything, presence: Presence::NotModelled }
}

/// The row of a property.
fn row<'p>(properties: &'p [Property], name: &str) -> Option<&'p Property> {
    properties.iter().find(|property| property.name.split(' ').any(|own| own == name))
}

/// Whether a property that isn't modelled is given: its warning is enough.
pub(crate) fn has_other(at: At<'_>, properties: &[Property]) -> bool {
    let is_other = |(name, _): (&str, At<'_>)| {
        row(properties, name).is_some_and(|property| property.presence == Presence::NotModelled)
    };
    at.members().any(is_other)
}

/// Checks an object against its properties.
pub(crate) fn check(at: At<'_>, properties: &[Property], findings: &mut Findings<'_>) {
    for member in at.node.members() {
        let Some(property) = row(properties, &member.key) else {
            let known = &mut properties.iter().flat_map(|property| property.name.split(' '));
            fields::unknown(findings, fields::PROPERTY, member.key_span, &member.key, known);
            continue;
        };
        if property.presence == Presence::NotModelled {
            let params = [("name", &*member.key)];
            let code = "diagnostic.not-modelled.property";
            findings.at(Severity::Warning, code, member.key_span, &params);
            continue;
        }
        check_shape(At::new(&member.node), &property.shape, findings);
    }
    for property in properties.iter().filter(|property| property.presence == Presence::Required) {
        if at.node.get(property.name).is_none() {
            findings.error("diagnostic.missing-property", at, &[("name", property.name)]);
        }
    }
}

fn check_shape(at: At<'_>, shape: &Shape, findings: &mut Findings<'_>) {
    if at.node.value == Value::Null {
        return;
    }
    match shape {
        Shape::Text => {
            fields::is(at, scalar(at.node).is_some(), "string", findings);
        }
        Shape::Boolean => {
            fields::is(at, boolean(at).is_some(), "boolean", findings);
        }
        Shape::Integer(least, most) => match integer(at) {
            None => {
                fields::is(at, false, "integer", findings);
            }
            Some(value) if !(*least..=*most).contains(&value) => {
                let (least, most) = (least.to_string(), most.to_string());
                findings.error("diagnostic.out-of-range", at, &[("least", &least), ("most", &most)]);
            }
            Some(_) => {}
        },
        Shape::OneOf(known) => {
            if !scalar(at.node).is_some_and(|text| known.contains(&text)) {
                findings.error("diagnostic.wrong-value", at, &[("expected", &known.join(", "))]);
            }
        }
        Shape::List(item) => {
            if fields::is_array(at, findings) {
                at.items().for_each(|at| check_shape(at, item, findings));
            }
        }
        Shape::Object(properties) => {
            if fields::is_object(at, findings) {
                check(at, properties, findings);
            }
        }
        Shape::Policy => {
            fields::is_object(at, findings);
        }
        Shape::Anything => {}
    }
}

/// A boolean, also as a string.
pub(crate) fn boolean(at: At<'_>) -> Option<bool> {
    match scalar(at.node)? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// An integer, also as a string.
pub(crate) fn integer(at: At<'_>) -> Option<i64> {
    scalar(at.node)?.parse().ok()
}
