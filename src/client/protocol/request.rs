//! The request of an operation.

use crate::client::{Call, ClientError, upload};
use crate::clock::Timestamp;
use crate::data::models::{Model, Operation, Place, Protocol, TimeForm, Type};
use crate::gather::Gather;
use crate::json::{self, Member, Node, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a form leaves as it is; a space becomes a plus sign afterwards.
const FORM: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b' ');

/// The call of an operation with these parameters, of which no type is checked here.
pub fn call(model: &Model, operation: &Operation, input: &Node) -> Result<Call, Box<ClientError>> {
    let mut call = Call { operation: operation.name, method: operation.method, ..Call::default() };
    let kind = operation.input.unwrap_or(Type::Structure(usize::MAX));
    match model.protocol {
        Protocol::Query | Protocol::Ec2 => {
            let mut pairs = vec![("Action".to_string(), operation.name.to_string())];
            pairs.push(("Version".to_string(), model.version.to_string()));
            flatten(model, kind, "", input, &mut pairs);
            header(&mut call, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
            call.body = form(&pairs);
        }
        Protocol::Json => {
            let target = [model.target, operation.name].join(".");
            header(&mut call, "X-Amz-Target", &target);
            header(&mut call, "Content-Type", "application/x-amz-json-1.1");
            call.body = json_text(&json_body(model, kind, input));
        }
        Protocol::RestXml | Protocol::RestJson => rest(model, operation, kind, input, &mut call),
    }
    Ok(call)
}

fn header(call: &mut Call, name: &str, value: &str) {
    call.headers.push((name.to_string(), value.to_string()));
}

/// `A.B.member.1=...`, or `A.B.1=...` for EC2.
fn flatten(model: &Model, kind: Type, prefix: &str, node: &Node, pairs: &mut Vec<(String, String)>) {
    let at = |suffix: &str| if prefix.is_empty() { suffix.to_string() } else { [prefix, suffix].join(".") };
    match kind {
        Type::Structure(_) => {
            for member in model.members(kind) {
                if let Some(value) = node.get(member.name) {
                    flatten(model, member.kind, &at(member.wire.unwrap_or(member.name)), value, pairs);
                }
            }
        }
        Type::List(inner) => {
            let form = if model.protocol == Protocol::Ec2 { "" } else { "member." };
            if node.items().is_empty() && !form.is_empty() {
                pairs.push((prefix.to_string(), String::new()));
            }
            for (place, item) in node.items().iter().enumerate() {
                flatten(
                    model,
                    Type::read(inner),
                    &at(&[form, &(place + 1).to_string()].concat()),
                    item,
                    pairs,
                );
            }
        }
        Type::Map(inner) => {
            for (place, member) in node.members().iter().enumerate() {
                let entry = at(&["entry.", &(place + 1).to_string()].concat());
                pairs.push(([&entry, ".key"].concat(), member.key.to_string()));
                flatten(model, Type::read(inner), &[&entry, ".value"].concat(), &member.node, pairs);
            }
        }
        _ => pairs.push((prefix.to_string(), scalar(kind, node))),
    }
}

/// A form body.
pub(in crate::client) fn form(pairs: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        for (part, end) in [(name, "="), (value, "")] {
            let encoded = utf8_percent_encode(part, &FORM).to_string();
            text.push_str(&encoded.replace(' ', "+"));
            text.push_str(end);
        }
    }
    text
}

/// A scalar as text; times in the form that the place wants.
fn scalar(kind: Type, node: &Node) -> String {
    let text = match &node.value {
        Value::String(text) | Value::Number(text) => text.to_string(),
        Value::Bool(true) => "true".to_string(),
        Value::Bool(false) => "false".to_string(),
        _ => json::to_compact(node),
    };
    let Type::Time(form) = kind else { return text };
    let Some(time) = instant(&text) else { return text };
    match form {
        TimeForm::Iso8601 => time.iso8601(),
        TimeForm::Seconds => time.epoch_seconds().to_string(),
        TimeForm::Rfc822 => time.http_date(),
    }
}

/// The forms that the CLI takes: ISO 8601, a date alone, seconds since 1970.
fn instant(text: &str) -> Option<Timestamp> {
    let seconds = text.parse().ok().map(|seconds: i64| Timestamp(seconds.saturating_mul(1000)));
    let zoned = || Timestamp::parse_iso8601(&[text, "Z"].concat());
    seconds.or_else(|| Timestamp::parse_iso8601(text)).or_else(zoned)
}

/// The members that stand in a JSON body, in the order of the model.
fn json_body(model: &Model, kind: Type, node: &Node) -> Node {
    let value = match (kind, &node.value) {
        (Type::Structure(_), _) => {
            let mut members = Vec::new();
            for member in model.members(kind).filter(|member| member.place == Place::Body) {
                if let Some(value) = node.get(member.name) {
                    let key = member.wire.unwrap_or(member.name);
                    let node = json_body(model, member.kind, value);
                    members.push(Member::new(key, node));
                }
            }
            Value::Object(members)
        }
        (Type::List(inner), Value::Array(items)) => {
            Value::Array(items.iter().map(|item| json_body(model, Type::read(inner), item)).gather())
        }
        (Type::Time(TimeForm::Seconds), _) => Value::Number(scalar(kind, node).into()),
        (_, value) => value.clone(),
    };
    value.node()
}

/// As Python writes it: `{"a": 1, "b": [2]}`.
fn json_text(node: &Node) -> String {
    json::to_fitted(node, usize::MAX)
}

/// Path, query, headers and body of the REST protocols.
fn rest(model: &Model, operation: &Operation, kind: Type, input: &Node, call: &mut Call) {
    let (path, query) = operation.uri.split_once('?').unwrap_or((operation.uri, ""));
    call.subresource = query;
    if !path.contains('{') {
        call.path = path;
    }
    let mut payload = None;
    for member in model.members(kind) {
        let wire = member.wire.unwrap_or(member.name);
        let Some(value) = input.get(member.name) else { continue };
        match member.place {
            // The account of S3 Control stands before the host name, as a bucket does.
            Place::Header if wire == "x-amz-account-id" => {
                call.bucket = Some(scalar(member.kind, value));
                header(call, wire, &scalar(member.kind, value));
            }
            Place::Header => {
                let many: Vec<String> = value.items().iter().map(|item| scalar(Type::String, item)).gather();
                let one = || scalar(member.kind, value);
                header(call, wire, &if many.is_empty() { one() } else { many.join(",") });
            }
            Place::Headers => {
                for entry in value.members() {
                    let text = scalar(Type::String, &entry.node);
                    header(call, &[wire, &*entry.key].concat(), &text);
                }
            }
            Place::Path if wire == "Bucket" => call.bucket = Some(scalar(member.kind, value)),
            Place::Path => call.key = Some(scalar(member.kind, value)),
            Place::Query => match &value.value {
                Value::Array(items) => {
                    call.query.extend(items.iter().map(|item| (wire, scalar(Type::String, item))));
                }
                _ => call.query.push((wire, scalar(member.kind, value))),
            },
            Place::Payload => payload = Some((wire, member.kind, value)),
            Place::Body | Place::Status => {}
        }
    }
    match payload {
        Some((wire, kind @ Type::Structure(_), value)) => {
            call.body.push_str(&["<", wire, " xmlns=\"", model.namespace, "\">"].concat());
            content(model, kind, value, &mut call.body);
            call.body.push_str(&["</", wire, ">"].concat());
        }
        Some((_, kind, value)) => call.body = scalar(kind, value),
        None if model.protocol == Protocol::RestJson => {
            header(call, "Content-Type", "application/json");
            call.body = json_text(&json_body(model, kind, input));
        }
        None => {}
    }
    if let (true, Some((_, Type::Blob, _))) = (operation.checksum, payload) {
        let body = std::mem::take(&mut call.body);
        upload::in_trailer(call, &body);
    } else if operation.checksum && payload.is_some() {
        upload::in_header(call);
    }
}

/// What stands inside of an element.
fn content(model: &Model, kind: Type, node: &Node, out: &mut String) {
    if !matches!(kind, Type::Structure(_)) {
        escape(&scalar(kind, node), out);
        return;
    }
    for member in model.members(kind) {
        let Some(value) = node.get(member.name) else { continue };
        let wire = member.wire.unwrap_or(member.name);
        match member.kind {
            Type::List(inner) => {
                let name = if member.flattened { wire } else { member.item };
                let mut items = String::new();
                for item in value.items() {
                    element(model, name, Type::read(inner), item, &mut items);
                }
                match member.flattened {
                    true => out.push_str(&items),
                    false => out.push_str(&["<", wire, ">", &items, "</", wire, ">"].concat()),
                }
            }
            // An attribute, written with its element.
            _ if wire.contains(':') => {}
            kind => element(model, wire, kind, value, out),
        }
    }
}

fn element(model: &Model, name: &str, kind: Type, node: &Node, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for member in model.members(kind).filter(|member| member.wire == Some("xsi:type")) {
        if let Some(value) = node.get(member.name).and_then(Node::as_str) {
            out.push_str(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"");
            escape(value, out);
            out.push('"');
        }
    }
    out.push('>');
    content(model, kind, node, out);
    out.push_str(&["</", name, ">"].concat());
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            c => out.push(c),
        }
    }
}
