//! The functions of JMESPath.
//!
//! Left out on purpose: averages, and sums, of numbers that aren't whole; they say so.

use super::Expression;
use super::evaluate::{equal, evaluate, order};
use crate::decimal::Decimal;
use crate::gather::Gather;
use crate::json::{self, Member, Node, Value};
use crate::shell::python;
use crate::sorted::sort_by;
use std::cmp::Ordering;

/// The types that each argument of a function may have, arguments apart by blanks, types by `|`; `*` is any, `+` at the
/// end says that more may follow.
const SIGNATURES: [(&str, &str); 26] = [
    ("abs", "number"),
    ("avg", "array-number"),
    ("ceil", "number"),
    ("contains", "array|string *"),
    ("ends_with", "string string"),
    ("floor", "number"),
    ("join", "string array-string"),
    ("keys", "object"),
    ("length", "string|array|object"),
    ("map", "expref array"),
    ("max", "array-number|array-string"),
    ("max_by", "array expref"),
    ("merge", "object +"),
    ("min", "array-number|array-string"),
    ("min_by", "array expref"),
    ("not_null", "* +"),
    ("reverse", "array|string"),
    ("sort", "array-string|array-number"),
    ("sort_by", "array expref"),
    ("starts_with", "string string"),
    ("sum", "array-number"),
    ("to_array", "*"),
    ("to_number", "*"),
    ("to_string", "*"),
    ("type", "*"),
    ("values", "object"),
];

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
    let Some((name, types)) = SIGNATURES.iter().find(|(own, _)| *own == name) else {
        return Err(["Unknown function: ", name, "()"].concat());
    };
    check(name, types, arguments, &values)?;
    let first = values.first().map(|node| &node.value);
    Ok(match (*name, first, values.get(1)) {
        ("not_null", ..) => {
            let found = values.iter().find(|value| value.value != Value::Null);
            found.map_or(Value::Null, |value| value.value.clone())
        }
        ("type", ..) => Value::string(values.first().map_or("null", Node::kind)),
        ("to_string", Some(Value::String(text)), _) => Value::String(text.clone()),
        ("to_string", ..) => Value::string(values.first().map(json::to_compact).unwrap_or_default()),
        ("to_array", Some(value @ Value::Array(_)), _) => value.clone(),
        ("to_array", ..) => Value::Array(values),
        ("to_number", Some(Value::Number(text)), _) => Value::Number(text.clone()),
        ("to_number", Some(Value::String(text)), _) if Decimal::parse(text).is_some() => {
            Value::Number(text.clone())
        }
        ("to_number", ..) => Value::Null,
        ("length", Some(Value::String(text)), _) => count(text.chars().count()),
        ("length", Some(Value::Array(items)), _) => count(items.len()),
        ("length", Some(Value::Object(members)), _) => count(members.len()),
        ("contains", Some(Value::Array(items)), Some(searched)) => {
            Value::Bool(items.iter().any(|item| equal(item, searched) || is_its_number(item, searched)))
        }
        ("contains", Some(Value::String(text)), Some(searched)) => {
            let class = python::class(searched);
            let refused = || ["'in <string>' requires string as left operand, not ", class].concat();
            Value::Bool(text.contains(searched.as_str().ok_or_else(refused)?))
        }
        ("starts_with", Some(Value::String(text)), Some(part)) => {
            Value::Bool(text.starts_with(part.as_str().unwrap_or_default()))
        }
        ("ends_with", Some(Value::String(text)), Some(part)) => {
            Value::Bool(text.ends_with(part.as_str().unwrap_or_default()))
        }
        ("join", Some(Value::String(between)), Some(Node { value: Value::Array(items), .. })) => {
            let parts: Vec<&str> = items.iter().filter_map(Node::as_str).gather();
            Value::string(parts.join(between))
        }
        ("keys" | "values", Some(Value::Object(members)), _) => {
            Value::Array(members.iter().map(|member| part(name, member)).gather())
        }
        ("merge", ..) => merged(values)?,
        ("abs" | "ceil" | "floor", Some(Value::Number(text)), _) => whole(name, text)?,
        ("reverse", Some(Value::String(text)), _) => Value::string(text.chars().rev().gather::<String>()),
        ("map", _, Some(Node { value: Value::Array(items), .. })) => {
            of_list(name, arguments.first(), items, left)?
        }
        (_, Some(Value::Array(items)), _) => of_list(name, arguments.get(1), items, left)?,
        _ => Value::Null,
    })
}

/// The functions on a list, and what is to be made of each item.
fn of_list(name: &str, by: Option<&Expression>, items: &[Node], left: &mut usize) -> Result<Value, String> {
    let by = by.and_then(|by| if let Expression::Reference(by) = by { Some(by) } else { None });
    let mut keyed: Vec<(Node, &Node)> = Vec::new();
    for item in items {
        let key = by.map_or_else(|| Ok(item.clone()), |by| evaluate(by, item, left))?;
        if by.is_some() && name != "map" {
            comparable(name, &key, item, keyed.first().map(|(first, _)| first))?;
        }
        keyed.push((key, item));
    }
    Ok(match name {
        "map" => Value::Array(keyed.into_iter().map(|(key, _)| key).gather()),
        "reverse" => Value::Array(items.iter().rev().cloned().gather()),
        "sum" | "avg" => {
            let mut sum: i64 = 0;
            for item in items {
                sum = sum.saturating_add(item.as_i64().ok_or_else(|| not_modelled(name))?);
            }
            match i64::try_from(items.len()) {
                _ if name == "sum" => Value::Number(sum.to_string().into()),
                Ok(0) | Err(_) => Value::Null,
                Ok(length) if sum % length == 0 => {
                    Value::Number([&*(sum / length).to_string(), ".0"].concat().into())
                }
                Ok(_) => return Err(not_modelled(name)),
            }
        }
        _ => {
            sort_by(&mut keyed, |(one, _), (other, _)| order(one, other).unwrap_or(Ordering::Equal));
            let end = match name {
                "max" | "max_by" => keyed.last(),
                "min" | "min_by" => keyed.first(),
                _ => return Ok(Value::Array(keyed.into_iter().map(|(_, item)| item.clone()).gather())),
            };
            end.map_or(Value::Null, |(_, item)| item.value.clone())
        }
    })
}

/// Whether a key is a number or a text, as the first one is.
fn comparable(name: &str, key: &Node, item: &Node, first: Option<&Node>) -> Result<(), String> {
    let (kind, is_either) = (key.kind(), matches!(key.value, Value::Number(_) | Value::String(_)));
    match (name, first) {
        ("sort_by", None) if !is_either => Err(invalid(name, item, kind, &["string", "number"])),
        ("sort_by", Some(first)) if kind != first.kind() => Err(invalid(name, key, kind, &[first.kind()])),
        (_, _) if !is_either => Err(invalid(name, key, kind, &["number", "string"])),
        (_, Some(first)) if kind != first.kind() => {
            let sign = if name == "max_by" { ">" } else { "<" };
            let (own, other) = (python::class(key), python::class(first));
            Err(["'", sign, "' not supported between instances of '", own, "' and '", other, "'"].concat())
        }
        _ => Ok(()),
    }
}

/// Number and types of arguments, in the words of the reference implementation.
fn check(name: &str, types: &str, arguments: &[Expression], values: &[Node]) -> Result<(), String> {
    let (types, more) = types.strip_suffix(" +").map_or((types, false), |types| (types, true));
    let wanted = types.split(' ').count();
    if values.len() < wanted || (values.len() > wanted && !more) {
        let least = if more { "at least " } else { "" };
        let plural = if wanted == 1 { "" } else { "s" };
        let found = values.len();
        return Err(format!(
            "Expected {least}{wanted} argument{plural} for function {name}(), received {found}"
        ));
    }
    for ((types, value), argument) in types.split(' ').zip(values).zip(arguments) {
        if types == "*" {
            continue;
        }
        let types: Vec<&str> = types.split('|').gather();
        let kind = if matches!(argument, Expression::Reference(_)) { "expref" } else { value.kind() };
        if !types.iter().any(|own| own.split('-').next() == Some(kind)) {
            return Err(invalid(name, value, kind, &types));
        }
        if let (Value::Array(items), true) = (&value.value, types.iter().any(|own| own.contains('-'))) {
            // All items are of the first one's type.
            let inner =
                |own: &&str| own.split('-').nth(1) == items.first().map(Node::kind) || types.len() == 1;
            let inner = types.iter().find(|own| inner(own)).and_then(|own| own.split('-').nth(1));
            let wrong = items.iter().find(|item| Some(item.kind()) != inner);
            if let Some(item) = wrong {
                return Err(invalid(name, item, python::class(item), &types));
            }
        }
    }
    Ok(())
}

fn invalid(name: &str, value: &Node, kind: &str, types: &[&str]) -> String {
    let types = types.join("', '");
    let shown = python::text(value);
    let place =
        ["In function ", name, "(), invalid type for value: ", &shown, ", expected one of: ['", &types];
    [&place.concat(), "'], received: \"", kind, "\""].concat()
}

fn not_modelled(name: &str) -> String {
    [name, "() of numbers that aren't whole isn't modelled."].concat()
}

/// A whole number's absolute value, and the nearest below or above, which are itself.
fn whole(name: &str, text: &str) -> Result<Value, String> {
    if text.parse::<i64>().is_err() {
        return Err(not_modelled(name));
    }
    let text = if name == "abs" { text.trim_start_matches('-') } else { text };
    Ok(Value::Number(text.into()))
}

/// The members of all, of a name the last one's, where it stood first.
fn merged(values: Vec<Node>) -> Result<Value, String> {
    let mut all: Vec<Member> = Vec::new();
    for value in values {
        let class = python::class(&value);
        let members = match value.value {
            Value::Object(members) => members,
            Value::Array(items) if items.is_empty() => continue,
            Value::Array(_) | Value::String(_) => {
                return Err("merge() of these values isn't modelled.".to_string());
            }
            _ => return Err(["'", class, "' object is not iterable"].concat()),
        };
        for member in members {
            match all.iter_mut().find(|own| own.key == member.key) {
                Some(own) => own.node = member.node,
                None => all.push(member),
            }
        }
    }
    Ok(Value::Object(all))
}

/// Python's True is 1 and False is 0, where it looks into a list.
fn is_its_number(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Bool(truth), Value::Number(text)) | (Value::Number(text), Value::Bool(truth)) => {
            **text == *if *truth { "1" } else { "0" }
        }
        _ => false,
    }
}

fn count(number: usize) -> Value {
    Value::Number(number.to_string().into())
}

fn part(name: &str, member: &Member) -> Node {
    if name == "keys" { Value::string(member.key.clone()).node() } else { member.node.clone() }
}
