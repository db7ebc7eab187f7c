//! An operation's options as a tree of its parameters, and what botocore refuses of it.
//!
//! AWS page: AWS CLI User Guide, "Specifying parameter values in the AWS CLI". Entries: [`value`] of one option,
//! [`validate`] of all. As botocore this knows the least of lengths and values; the services check
//! the greatest.

use super::{Invocation, messages, shorthand};
use crate::data::models::{Member, Model, Type, least};
use crate::gather::Gather;
use crate::json::{self, Node, Value};
use crate::shell::commands::Answer;
use crate::shell::python;

/// The value of an option from its words; `Err`: what the CLI prints instead.
pub(super) fn value(
    invocation: &Invocation<'_>,
    model: &Model,
    member: &Member,
    words: &[String],
) -> Result<Node, Box<Answer>> {
    let option = ["--", &member.option()].concat();
    let refuse = |text: String| Box::new(Answer::error(252, messages::bad_parameter(&option, &text)));
    let mut texts = Vec::new();
    for word in words {
        texts.push(file_or_text(invocation, word).map_err(refuse)?);
    }
    let first = texts.first().cloned().unwrap_or_default();
    let parse = |text: &str| json_value(&option, text);
    let node = match member.kind {
        Type::List(_) if texts.len() == 1 && first.trim_start().starts_with('[') => parse(&first)?,
        Type::List(inner) => {
            let mut items = Vec::new();
            for text in &texts {
                items.push(
                    one(Type::read(inner), text, &parse).map_err(|fault| fault.unwrap_or_else(refuse))?,
                );
            }
            Value::Array(items).node()
        }
        kind if is_value(model, kind) && !first.trim_start().starts_with('{') && !first.contains('=') => {
            let node = Value::string(first.as_str()).node();
            Value::Object(vec![json::Member::new("Value", node)]).node()
        }
        kind => one(kind, &first, &parse).map_err(|fault| fault.unwrap_or_else(refuse))?,
    };
    match coerce(model, member.kind, node) {
        Ok(node) => Ok(node),
        Err(text) => Err(Box::new(Answer::error(255, messages::error(&messages::not_a_number(&text))))),
    }
}

/// A structure of nothing but a text named Value, for which the text alone may stand.
fn is_value(model: &Model, kind: Type) -> bool {
    let mut members = model.members(kind);
    let first = members.next().is_some_and(|own| own.name == "Value" && own.kind == Type::String);
    first && members.next().is_none()
}

/// A value in JSON.
pub(super) fn json_value(option: &str, text: &str) -> Result<Node, Box<Answer>> {
    python::json::parse(text).map_err(|fault| {
        Box::new(match fault {
            python::json::Fault::Words(fault) => {
                let fault = messages::invalid_json(&fault, text);
                Answer::error(252, messages::bad_parameter(option, &fault))
            }
            python::json::Fault::NotModelled => Answer::not_modelled(option, text),
        })
    })
}

/// Either an answer of its own, or a text that still needs the option's name.
enum Refusal {
    Answer(Box<Answer>),
    Text(String),
}

impl Refusal {
    fn unwrap_or_else(self, refuse: impl Fn(String) -> Box<Answer>) -> Box<Answer> {
        match self {
            Refusal::Answer(answer) => answer,
            Refusal::Text(text) => refuse(text),
        }
    }
}

/// One word: JSON or shorthand where a structure is wanted.
fn one(kind: Type, text: &str, parse: &dyn Fn(&str) -> Result<Node, Box<Answer>>) -> Result<Node, Refusal> {
    match kind {
        Type::Structure(_) | Type::Map(_) | Type::List(_) => {
            match text.trim_start().starts_with(['{', '[']) {
                true => parse(text).map_err(Refusal::Answer),
                false => shorthand::parse(text).map_err(Refusal::Text),
            }
        }
        _ => Ok(Value::string(text).node()),
    }
}

/// `file://PATH` and `fileb://PATH` stand for a file's text.
pub(super) fn file_or_text(invocation: &Invocation<'_>, word: &str) -> Result<String, String> {
    let Some(path) = word.strip_prefix("file://").or_else(|| word.strip_prefix("fileb://")) else {
        return Ok(word.to_string());
    };
    invocation.shell.file(path).map(str::to_string).ok_or_else(|| messages::no_paramfile(word, path))
}

/// Text becomes what the model wants, a single value a list where one is wanted. `Err`: a text that isn't a number.
fn coerce(model: &Model, kind: Type, node: Node) -> Result<Node, String> {
    let value = match (kind, node.value) {
        (Type::Structure(_), Value::Object(mut members)) => {
            for member in model.members(kind) {
                for own in members.iter_mut().filter(|own| *own.key == *member.name) {
                    own.node =
                        coerce(model, member.kind, std::mem::replace(&mut own.node, Value::Null.node()))?;
                }
            }
            Value::Object(members)
        }
        (Type::Map(inner), Value::Object(mut members)) => {
            for own in &mut members {
                own.node =
                    coerce(model, Type::read(inner), std::mem::replace(&mut own.node, Value::Null.node()))?;
            }
            Value::Object(members)
        }
        (Type::List(inner), Value::Array(items)) => {
            let items = items.into_iter().map(|item| coerce(model, Type::read(inner), item));
            Value::Array(items.gather::<Result<_, _>>()?)
        }
        (Type::List(inner), value @ (Value::String(_) | Value::Object(_))) => {
            Value::Array(vec![coerce(model, Type::read(inner), value.node())?])
        }
        (Type::Integer, Value::String(text)) => match text.trim().parse::<i64>() {
            Ok(number) => Value::Number(number.to_string().into()),
            Err(_) => return Err(text.to_string()),
        },
        (Type::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => Value::Bool(true),
        (Type::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => Value::Bool(false),
        (_, value) => value,
    };
    Ok(value.node())
}

/// What botocore finds wrong, a line each; empty if nothing is.
pub(super) fn validate(model: &Model, kind: Type, node: &Node) -> String {
    let mut report = String::new();
    check(model, (kind, None), node, "", &mut report);
    report.trim_end().to_string()
}

fn check(
    model: &Model,
    (kind, least_allowed): (Type, Option<i64>),
    node: &Node,
    path: &str,
    report: &mut String,
) {
    check_least(kind, least_allowed, node, path, report);
    let wrong = |report: &mut String, wanted: &str| {
        report.push_str(&messages::invalid_type(path, &python::text(node), python::class(node), wanted));
    };
    match (kind, &node.value) {
        (Type::Structure(_), Value::Object(given)) => {
            let place = if path.is_empty() { "input" } else { path };
            let at = |name: &str| if path.is_empty() { name.to_string() } else { [path, name].join(".") };
            // In botocore's order: what lacks, what is unknown, then each value.
            let names: Vec<&str> = model.members(kind).map(|member| member.name).gather();
            for member in model.members(kind).filter(|member| member.required) {
                if node.get(member.name).is_none() {
                    report.push_str(&messages::missing_parameter(place, member.name));
                }
            }
            for own in given.iter().filter(|own| !names.contains(&&*own.key)) {
                report.push_str(&messages::unknown_parameter(place, &own.key, &names.join(", ")));
            }
            for member in model.members(kind) {
                if let Some(value) = node.get(member.name) {
                    check(model, (member.kind, member.least), value, &at(member.name), report);
                }
            }
        }
        (Type::List(inner), Value::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                check(
                    model,
                    (Type::read(inner), least(inner)),
                    item,
                    &[path, "[", &place.to_string(), "]"].concat(),
                    report,
                );
            }
        }
        (Type::Map(inner), Value::Object(members)) => {
            for own in members {
                check(
                    model,
                    (Type::read(inner), least(inner)),
                    &own.node,
                    &[path, ".", &*own.key].concat(),
                    report,
                );
            }
        }
        (Type::Structure(_) | Type::Map(_), _) => wrong(report, "<class 'dict'>"),
        (Type::List(_), _) => wrong(report, "<class 'list'>, <class 'tuple'>"),
        (Type::String | Type::Document, Value::String(_)) => {}
        (Type::String | Type::Document, _) => wrong(report, "<class 'str'>"),
        (Type::Integer, Value::Number(text)) if text.parse::<i64>().is_ok() => {}
        (Type::Integer, _) => wrong(report, "<class 'int'>"),
        (Type::Boolean, Value::Bool(_)) => {}
        (Type::Boolean, _) => wrong(report, "<class 'bool'>"),
        _ => {}
    }
}

/// Texts and lists that are too short, numbers that are too small.
fn check_least(kind: Type, least_allowed: Option<i64>, node: &Node, path: &str, report: &mut String) {
    let Some(least_allowed) = least_allowed else { return };
    let length = match &node.value {
        Value::String(text) => i64::try_from(text.chars().count()).ok(),
        Value::Array(items) => i64::try_from(items.len()).ok(),
        _ => None,
    };
    let number = node.as_i64().filter(|_| kind == Type::Integer);
    if let Some(length) = length.filter(|length| *length < least_allowed) {
        report.push_str(&messages::too_short(path, length, least_allowed));
    } else if let Some(number) = number.filter(|number| *number < least_allowed) {
        report.push_str(&messages::too_small(path, number, least_allowed));
    }
}
