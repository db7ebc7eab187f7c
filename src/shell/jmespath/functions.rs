//! The functions of JMESPath.

use super::Expression;
use super::evaluate::{equal, evaluate, order};
use crate::decimal::Decimal;
use crate::json::{self, Member, Node, Value};
use crate::sorted::sort_by;
use std::cmp::Ordering;

/// Calls a function on arguments that are evaluated first, but for `&...`.
pub(super) fn call(
    name: &str,
    arguments: &[Expression],
    node: &Node,
    left: &mut usize,
) -> Result<Value, String> {
    let mut values = Vec::new();
    for argument in arguments {
        values.push(evaluate(argument, node, left)?);
    }
    let wrong = |place: usize| Err(invalid_type(name, values.get(place)));
    match (name, values.as_slice()) {
        ("not_null", values) => Ok(values
            .iter()
            .find(|value| value.value != Value::Null)
            .map_or(Value::Null, |value| value.value.clone())),
        ("type", [value]) => Ok(Value::string(value.kind())),
        ("to_string", [value]) => Ok(match &value.value {
            Value::String(_) => value.value.clone(),
            _ => Value::string(json::to_compact(value)),
        }),
        ("to_array", [value]) => Ok(match &value.value {
            Value::Array(_) => value.value.clone(),
            _ => Value::Array(vec![value.clone()]),
        }),
        ("to_number", [value]) => Ok(match &value.value {
            Value::Number(_) => value.value.clone(),
            Value::String(text) if Decimal::parse(text).is_some() => Value::Number(text.clone()),
            _ => Value::Null,
        }),
        ("length", [value]) => match &value.value {
            Value::String(text) => Ok(count(text.chars().count())),
            Value::Array(items) => Ok(count(items.len())),
            Value::Object(members) => Ok(count(members.len())),
            _ => wrong(0),
        },
        ("contains", [within, searched]) => match (&within.value, &searched.value) {
            (Value::Array(items), _) => Ok(Value::Bool(items.iter().any(|item| equal(item, searched)))),
            (Value::String(text), Value::String(part)) => Ok(Value::Bool(text.contains(&**part))),
            (Value::String(_), _) => Ok(Value::Bool(false)),
            _ => wrong(0),
        },
        ("starts_with" | "ends_with", [text, part]) => match (text.as_str(), part.as_str()) {
            (Some(text), Some(part)) if name == "starts_with" => Ok(Value::Bool(text.starts_with(part))),
            (Some(text), Some(part)) => Ok(Value::Bool(text.ends_with(part))),
            (None, _) => wrong(0),
            _ => wrong(1),
        },
        ("join", [between, list]) => {
            let (Some(between), Value::Array(items)) = (between.as_str(), &list.value) else {
                return wrong(1);
            };
            let parts: Option<Vec<&str>> = items.iter().map(Node::as_str).collect();
            parts.map_or_else(|| wrong(1), |parts| Ok(Value::string(parts.join(between))))
        }
        ("keys" | "values", [value]) => match &value.value {
            Value::Object(members) => {
                Ok(Value::Array(members.iter().map(|member| part(name, member)).collect()))
            }
            _ => wrong(0),
        },
        _ => of_list(name, arguments, &values, left)
            .unwrap_or_else(|| Err(["Unknown function: ", name, "()"].concat())),
    }
}

/// The functions on a list; `None`: there is none of that name and number of arguments.
fn of_list(
    name: &str,
    arguments: &[Expression],
    values: &[Node],
    left: &mut usize,
) -> Option<Result<Value, String>> {
    let wrong = |place: usize| Some(Err(invalid_type(name, values.get(place))));
    let (list, by) = match (name, arguments, values) {
        ("map", [Expression::Reference(by), _], [_, list]) => (list, Some(by)),
        ("sort_by" | "max_by" | "min_by", [_, Expression::Reference(by)], [list, _]) => (list, Some(by)),
        ("reverse" | "sort" | "max" | "min" | "sum", [_], [list]) => (list, None),
        _ => return None,
    };
    let items = match &list.value {
        Value::Array(items) => items,
        Value::String(text) if name == "reverse" => {
            return Some(Ok(Value::string(text.chars().rev().collect::<String>())));
        }
        _ => return wrong(0),
    };
    let mut keyed: Vec<(Node, &Node)> = Vec::new();
    for item in items {
        match by.map_or_else(|| Ok(item.clone()), |by| evaluate(by, item, left)) {
            Ok(key) => keyed.push((key, item)),
            Err(fault) => return Some(Err(fault)),
        }
    }
    let value = match name {
        "map" => Value::Array(keyed.into_iter().map(|(key, _)| key).collect()),
        "reverse" => Value::Array(items.iter().rev().cloned().collect()),
        "sum" => {
            let numbers: Option<Vec<i64>> = items.iter().map(Node::as_i64).collect();
            let Some(numbers) = numbers else { return wrong(0) };
            Value::Number(numbers.iter().fold(0_i64, |sum, one| sum.saturating_add(*one)).to_string().into())
        }
        _ => {
            if keyed
                .windows(2)
                .any(|pair| matches!(pair, [(one, _), (other, _)] if order(one, other).is_none()))
            {
                return wrong(0);
            }
            sort_by(&mut keyed, |(one, _), (other, _)| order(one, other).unwrap_or(Ordering::Equal));
            let end = match name {
                "max" | "max_by" => keyed.last(),
                "min" | "min_by" => keyed.first(),
                _ => {
                    return Some(Ok(Value::Array(keyed.into_iter().map(|(_, item)| item.clone()).collect())));
                }
            };
            end.map_or(Value::Null, |(_, item)| item.value.clone())
        }
    };
    Some(Ok(value))
}

fn count(number: usize) -> Value {
    Value::Number(number.to_string().into())
}

fn part(name: &str, member: &Member) -> Node {
    if name == "keys" { Value::string(member.key.clone()).node() } else { member.node.clone() }
}

fn invalid_type(name: &str, value: Option<&Node>) -> String {
    let (shown, kind) =
        value.map_or(("null".to_string(), "null"), |node| (json::to_compact(node), node.kind()));
    ["In function ", name, "(), invalid type for value: ", &shown, ", received: \"", kind, "\""].concat()
}
