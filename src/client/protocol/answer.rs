//! The answer of an operation as JSON, its members in the order of the model, times as the CLI prints them.

use super::name_in_answer;
use crate::clock::Timestamp;
use crate::data::models::{Model, Operation, Place, Protocol, TimeForm, Type};
use crate::gather::Gather;
use crate::http::{self, Response};
use crate::json::{self, Member, Node, Value};
use crate::xml::{self, Element};

/// Reads an answer; `None` if it isn't what the protocol defines.
pub fn answer(model: &Model, operation: &Operation, response: &Response) -> Option<Node> {
    let Some(kind) = operation.output else { return Some(Value::Object(Vec::new()).node()) };
    let text = response.body.text();
    match model.protocol {
        Protocol::Query => {
            let root = xml::parse(text?)?;
            let result = root.child(&[operation.name, "Result"].concat());
            Some(
                result.map_or_else(|| Value::Object(Vec::new()).node(), |result| of_xml(model, kind, result)),
            )
        }
        Protocol::Ec2 => Some(of_xml(model, kind, &xml::parse(text?)?)),
        Protocol::Json => Some(of_json(model, kind, &json::parse(text?).ok()?)),
        Protocol::RestXml | Protocol::RestJson => rest(model, operation, kind, response),
    }
}

/// Headers first, then what stands in the body.
fn rest(model: &Model, operation: &Operation, kind: Type, response: &Response) -> Option<Node> {
    let mut members = Vec::new();
    let mut payload = None;
    let mut in_body = false;
    for own in model.members(kind) {
        let wire = own.wire.unwrap_or(own.name);
        match own.place {
            Place::Header => {
                if let Some(text) = response.header(wire) {
                    members.push(Member::new(own.name, of_text(own.kind, text)));
                }
            }
            Place::Headers => {
                let mut found = Vec::new();
                for (name, value) in &response.headers {
                    if name.get(..wire.len()).is_some_and(|start| start.eq_ignore_ascii_case(wire)) {
                        let name = name.get(wire.len()..).unwrap_or_default();
                        found.push(Member::new(name, Value::string(value.as_str()).node()));
                    }
                }
                members.push(Member::new(own.name, Value::Object(found).node()));
            }
            Place::Status => {
                members.push(Member::new(own.name, Value::Number(response.status.to_string().into()).node()))
            }
            Place::Payload => payload = Some(own),
            _ => in_body = true,
        }
    }
    let text = response.body.text().unwrap_or_default();
    match payload {
        Some(own) if matches!(own.kind, Type::Structure(_)) => {
            let root = if text.is_empty() { None } else { Some(xml::parse(text)?) };
            members.extend(root.map(|root| Member::new(own.name, of_xml(model, own.kind, &root))));
        }
        Some(own) => members.push(Member::new(own.name, Value::string(text).node())),
        None if model.protocol == Protocol::RestJson => {
            members.extend(object(of_json(model, kind, &json::parse(text).ok()?)));
        }
        // The one answer whose root is its only member.
        None if operation.name == "GetBucketLocation" => {
            let place = xml::parse(text)?.text;
            let value = if place.is_empty() { Value::Null } else { Value::string(place) };
            members.push(Member::new("LocationConstraint", value.node()));
        }
        None if in_body && !text.is_empty() => {
            members.extend(object(of_xml(model, kind, &xml::parse(text)?)))
        }
        None => {}
    }
    Some(Value::Object(members).node())
}

fn object(node: Node) -> Vec<Member> {
    if let Value::Object(members) = node.value { members } else { Vec::new() }
}

fn of_xml(model: &Model, kind: Type, element: &Element) -> Node {
    let value = match kind {
        Type::Structure(_) => {
            let mut members = Vec::new();
            for own in model.members(kind).filter(|own| own.place == Place::Body) {
                let wire = name_in_answer(model, &own);
                let node = match own.kind {
                    Type::List(inner) if own.flattened => {
                        let items: Vec<Node> = element
                            .children(&wire)
                            .map(|item| of_xml(model, Type::read(inner), item))
                            .gather();
                        (!items.is_empty()).then(|| Value::Array(items).node())
                    }
                    kind => element.child(&wire).map(|child| of_xml(model, kind, child)),
                };
                members.extend(node.map(|node| Member::new(own.name, node)));
            }
            Value::Object(members)
        }
        Type::List(inner) => Value::Array(
            element.elements().iter().map(|item| of_xml(model, Type::read(inner), item)).gather(),
        ),
        Type::Map(inner) => {
            let mut members = Vec::new();
            for entry in element.elements() {
                if let (Some(key), Some(value)) = (entry.child("key"), entry.child("value")) {
                    members.push(Member::new(&key.text, of_xml(model, Type::read(inner), value)));
                }
            }
            Value::Object(members)
        }
        scalar => return of_text(scalar, &element.text),
    };
    value.node()
}

fn of_json(model: &Model, kind: Type, node: &Node) -> Node {
    let value = match (kind, &node.value) {
        (Type::Structure(_), Value::Object(_)) => {
            let mut members = Vec::new();
            for own in model.members(kind).filter(|own| own.place == Place::Body) {
                let found = node.get(own.wire.unwrap_or(own.name)).filter(|found| found.value != Value::Null);
                members.extend(found.map(|found| Member::new(own.name, of_json(model, own.kind, found))));
            }
            Value::Object(members)
        }
        (Type::List(inner), Value::Array(items)) => {
            Value::Array(items.iter().map(|item| of_json(model, Type::read(inner), item)).gather())
        }
        (Type::Time(_), Value::Number(text) | Value::String(text)) => return of_text(kind, text),
        (_, value) => value.clone(),
    };
    value.node()
}

/// A scalar from its text.
fn of_text(kind: Type, text: &str) -> Node {
    let value = match kind {
        Type::Integer | Type::Decimal => Value::Number(text.into()),
        Type::Boolean => Value::Bool(text == "true"),
        Type::Time(form) => Value::string(time(form, text).map_or_else(|| text.to_string(), shown)),
        Type::Document => {
            return json::parse(&http::decode(text)).unwrap_or_else(|_| Value::string(text).node());
        }
        _ => Value::string(text),
    };
    value.node()
}

fn time(form: TimeForm, text: &str) -> Option<Timestamp> {
    match form {
        TimeForm::Iso8601 => Timestamp::parse_iso8601(text),
        TimeForm::Rfc822 => Timestamp::parse_http_date(text),
        TimeForm::Seconds => {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
            let millis: String = fraction.chars().chain("000".chars()).take(3).gather();
            Some(Timestamp(whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(millis.parse().ok()?)?))
        }
    }
}

/// As Python's `isoformat` writes a time in UTC.
fn shown(time: Timestamp) -> String {
    let whole = time.iso8601();
    let millis = time.0.rem_euclid(1000);
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}000") };
    [whole.trim_end_matches('Z'), &fraction, "+00:00"].concat()
}
