//! requestParameters and responseElements, from the bytes of the exchange.
//!
//! AWS page: CloudTrail User Guide, "CloudTrail record contents". CloudTrail writes names with a small first letter.
//! Simplified: AWS writes some lists of EC2 in shapes of their own; here each is `NAMESet` with `items`.

use crate::gather::Gather;
use crate::json::{self, Member, Node, Value};
use crate::services::protocol::json::{Fields, list, one, text};
use crate::services::protocol::query::Parameters;
use crate::sorted::sort_by;
use crate::xml::Element;
use std::cmp::Ordering;

/// What AWS keeps out of records.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";
const SECRETS: [&str; 6] =
    ["secretAccessKey", "password", "tokenCode", "userData", "base32StringSeed", "qRCodePNG"];
/// Parameters of the query services that are numbers.
const NUMBERS: [&str; 5] =
    ["durationSeconds", "maxSessionDuration", "maxItems", "maxResults", "httpPutResponseHopLimit"];

/// The parameters of a query request, `Action` and `Version` aside.
pub(super) fn of_form(parameters: &Parameters, ec2: bool) -> Value {
    let mut root = no_fields();
    let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in parameters.names().filter(|name| !["Action", "Version"].contains(name)) {
        names.push((name, name.split('.').filter(|part| *part != "member").gather()));
    }
    sort_by(&mut names, |a, b| in_order(&a.1, &b.1));
    for (name, parts) in names {
        put(&mut root, &parts, parameters.get(name).unwrap_or_default(), ec2);
    }
    match &root {
        Value::Object(members) if members.is_empty() => Value::Null,
        _ => root,
    }
}

/// Numbers by their value: the second item stands before the tenth.
fn in_order(a: &[&str], b: &[&str]) -> Ordering {
    let number = |part: &str| part.parse::<u32>().ok();
    let parts = a.iter().zip(b).map(|(a, b)| match (number(a), number(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.cmp(b),
    });
    parts.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
}

fn put(at: &mut Value, parts: &[&str], value: &str, ec2: bool) {
    let [first, rest @ ..] = parts else { return };
    let name = lower_first(first);
    let Some((number, rest)) = rest.split_first().filter(|(part, _)| part.parse::<usize>().is_ok()) else {
        let Some(slot) = member(at, &name, no_fields) else { return };
        match rest {
            [] => *slot = leaf(&name, value),
            rest => put(slot, rest, value, ec2),
        }
        return;
    };
    let place = number.parse::<usize>().unwrap_or(1).saturating_sub(1);
    let kind = name.strip_suffix("Id").map(|kind| [kind, "s"].concat());
    let set = [kind.as_deref().unwrap_or(&name), "Set"].concat();
    let list = match ec2 {
        true => member(at, &set, no_fields).and_then(|set| member(set, "items", no_items)),
        false => member(at, &name, no_items),
    };
    let Some(Value::Array(items)) = list else { return };
    // Numbers of lists follow each other; a gap makes one more item.
    if items.len() <= place {
        items.push(no_fields().node());
    }
    let Some(item) = items.last_mut() else { return };
    match rest {
        [] if ec2 => put(&mut item.value, &[first], value, ec2),
        [] => item.value = leaf(&name, value),
        rest => put(&mut item.value, rest, value, ec2),
    }
}

/// The member of that name, made where there is none. What was a leaf becomes an object.
fn member<'a>(at: &'a mut Value, name: &str, make: fn() -> Value) -> Option<&'a mut Value> {
    if !matches!(at, Value::Object(_)) {
        *at = Value::Object(Vec::new());
    }
    let Value::Object(members) = at else { return None };
    let known = members.iter().position(|member| &*member.key == name);
    let place = known.unwrap_or(members.len());
    if known.is_none() {
        members.push(Member::new(name, make().node()));
    }
    members.get_mut(place).map(|member| &mut member.node.value)
}

fn no_fields() -> Value {
    Value::Object(Vec::new())
}

fn no_items() -> Value {
    Value::Array(Vec::new())
}

fn leaf(name: &str, value: &str) -> Value {
    match value {
        _ if SECRETS.contains(&name) => text(HIDDEN),
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if NUMBERS.contains(&name) && value.parse::<i64>().is_ok() => Value::Number(value.into()),
        _ => text(value),
    }
}

/// The same object with small first letters.
pub(super) fn of_json(node: &Node) -> Value {
    match &node.value {
        Value::Object(members) => {
            let mut fields = Fields::default();
            for member in members {
                fields.put(&lower_first(&member.key), of_json(&member.node));
            }
            fields.object()
        }
        Value::Array(items) => list(items.iter().map(of_json).gather()),
        other => other.clone(),
    }
}

/// An element of an answer: lists of `member` are arrays, those of `item` are `items`.
pub(super) fn of_xml(element: &Element) -> Value {
    let children = element.elements();
    let Some(first) = children.first() else { return text(&element.text) };
    match first.name.as_str() {
        "member" => list(children.iter().map(of_xml).gather()),
        "item" => one("items", list(children.iter().map(of_xml).gather())),
        _ => {
            let mut fields = Fields::default();
            for child in children {
                let name =
                    if child.name == "return" { "_return".to_string() } else { lower_first(&child.name) };
                let value =
                    if child.elements().is_empty() { leaf(&name, &child.text) } else { of_xml(child) };
                fields.put(&name, value);
            }
            fields.object()
        }
    }
}

/// Names of members that name a resource, and its type.
const RESOURCES: [(&str, &str); 17] = [
    ("accessKeyId", "AWS::IAM::AccessKey"),
    ("bucketName", "AWS::S3::Bucket"),
    ("groupId", "AWS::EC2::SecurityGroup"),
    ("groupName", "AWS::IAM::Group"),
    ("instanceId", "AWS::EC2::Instance"),
    ("instanceProfileName", "AWS::IAM::InstanceProfile"),
    ("internetGatewayId", "AWS::EC2::InternetGateway"),
    ("natGatewayId", "AWS::EC2::NatGateway"),
    ("policyArn", "AWS::IAM::Policy"),
    ("policyName", "AWS::IAM::Policy"),
    ("roleArn", "AWS::IAM::Role"),
    ("roleName", "AWS::IAM::Role"),
    ("routeTableId", "AWS::EC2::RouteTable"),
    ("subnetId", "AWS::EC2::Subnet"),
    ("userName", "AWS::IAM::User"),
    ("vpcEndpointId", "AWS::EC2::VPCEndpoint"),
    ("vpcId", "AWS::EC2::VPC"),
];
/// Most resources of an event.
const MOST: usize = 20;

/// The resources that a value names, each once.
pub(super) fn resources(value: &Value, found: &mut Vec<(&'static str, String)>) {
    match value {
        Value::Object(members) => {
            for member in members {
                let kind = RESOURCES.iter().find(|(name, _)| *name == &*member.key).map(|(_, kind)| *kind);
                if let (Some(kind), Some(name)) = (kind, member.node.as_str()) {
                    let resource = (kind, name.to_string());
                    if found.len() < MOST && !name.is_empty() && !found.contains(&resource) {
                        found.push(resource);
                    }
                }
                resources(&member.node.value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| resources(&item.value, found)),
        _ => {}
    }
}

/// The JSON of a body, if it is an object.
pub(super) fn body(text: Option<&str>) -> Option<Node> {
    json::parse(text?).ok().filter(|node| node.kind() == "object")
}

fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).gather()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;
    use crate::services::protocol::query::form;

    fn told(pairs: &[(&str, &str)], ec2: bool) -> String {
        let mut request = Request::new("POST", "https://x.amazonaws.com/");
        request.body = form(pairs).as_str().into();
        json::to_compact(&of_form(&Parameters::of(&request), ec2).node())
    }

    #[test]
    fn lists_and_structures_of_forms() {
        let tags = [
            ("Action", "TagRole"),
            ("RoleName", "r"),
            ("DurationSeconds", "900"),
            ("Tags.member.10.Key", "z"),
            ("Tags.member.2.Key", "b"),
            ("Tags.member.1.Key", "a"),
            ("Tags.member.1.Value", "1"),
        ];
        let expected = r#"{"durationSeconds":900,"roleName":"r","tags":[{"key":"a","value":"1"},{"key":"b"},{"key":"z"}]}"#;
        assert_eq!(told(&tags, false), expected);
        let stop = [("InstanceId.1", "i-1"), ("InstanceId.2", "i-2"), ("Force", "true")];
        let expected =
            r#"{"force":true,"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}"#;
        assert_eq!(told(&stop, true), expected);
        assert_eq!(told(&[("Password", "p")], false), r#"{"password":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#);
        assert_eq!(told(&[("Action", "ListRoles")], false), "null");
    }

    #[test]
    fn odd_names_end_somewhere() {
        for name in ["", ".", "..", "1", "1.1", "a.1.1.1", "a.b.", "member", "a.99999999999999999999.b"] {
            told(&[(name, "v"), ("a", "w"), ("a.b", "x")], true);
            told(&[(name, "v"), ("a", "w"), ("a.b", "x")], false);
        }
    }
}
