//! `aws help`, `aws SERVICE help`, `aws SERVICE OPERATION help`: what exists here, in place of the manual.

use super::options::{self, Form, Listed};
use super::{FAR, NEAR, customized};
use crate::data::models::{Member, Model, Operation, SERVICES, Type, waiter, waiter_names};
use crate::gather::Gather;
use crate::json::{self, Node, Value};

/// The page that the words ask for; `None`: they ask for none, or for that of one operation.
pub(super) fn page(words: &[String]) -> Option<String> {
    match words {
        [help] if help == "help" => Some(list("AVAILABLE SERVICES", services())),
        [service, help] if help == "help" => {
            let names = operations(service);
            (!names.is_empty()).then(|| list("AVAILABLE COMMANDS", names))
        }
        [service, wait, help] if wait == "wait" && help == "help" => {
            let names = waiter_names(service);
            (!names.is_empty()).then(|| list("AVAILABLE COMMANDS", names))
        }
        [service, wait, name, help] if wait == "wait" && help == "help" => {
            let (model, waiter) = (Model::of(service)?, waiter(service, name)?);
            let all = options::listed(&model, &model.operation(&waiter.operation)?);
            Some(synopsis(&[service, "wait", name], all, false))
        }
        [service, name, help] if help == "help" => {
            let takes_file = Model::of(service)
                .and_then(|model| model.operation(name))
                .is_some_and(|operation| customized::takes_file(&operation));
            Some(synopsis(&[service, name], options(service, name)?, takes_file))
        }
        _ => None,
    }
}

/// The options of an operation or command; `None`: there is none of that name.
pub(super) fn options(service: &str, name: &str) -> Option<Vec<Listed>> {
    let mut listed = Vec::new();
    if let Some(command) = super::find(NEAR, service, name).or_else(|| super::find(FAR, service, name)) {
        for (names, form) in [(command.flags, Form::Flag), (command.options, Form::Value)] {
            for name in names {
                let name = name.trim_start_matches("--").to_string();
                listed.push(Listed { name, form, required: false });
            }
        }
        return Some(listed);
    }
    let model = Model::of(service)?;
    let operation = model.operation(name)?;
    Some(options::listed(&model, &operation))
}

/// All services, in the order of their letters.
pub(super) fn services() -> Vec<String> {
    let mut services = Vec::new();
    for service in SERVICES.iter().chain(&["configure", "s3"]) {
        services.push(service.to_string());
    }
    services.sort_unstable();
    services
}

/// The operations and commands of a service; none if there is no such service.
pub(super) fn operations(service: &str) -> Vec<String> {
    let mut names = Model::of(service).map(|model| model.names()).unwrap_or_default();
    for command in [NEAR, FAR].into_iter().flatten() {
        if command.service == service {
            names.push(command.name.to_string());
        }
    }
    if !waiter_names(service).is_empty() {
        names.push("wait".to_string());
    }
    names
}

fn list(title: &str, names: Vec<String>) -> String {
    let mut page = [title, "\n"].concat();
    for name in names {
        page.push_str(&["       o ", &name, "\n"].concat());
    }
    page
}

/// `--generate-cli-skeleton`: each parameter with an empty value.
pub(super) fn skeleton(model: &Model, operation: &Operation) -> String {
    let node = empty(model, operation.input.unwrap_or(Type::Structure(usize::MAX)), 0);
    json::to_pretty(&node, 4) + "\n"
}

fn empty(model: &Model, kind: Type, depth: usize) -> Node {
    let value = match kind {
        Type::Structure(_) if depth < 8 => {
            let member =
                |member: Member| json::Member::new(member.name, empty(model, member.kind, depth + 1));
            Value::Object(model.members(kind).map(member).gather())
        }
        Type::List(inner) => Value::Array(vec![empty(model, Type::read(inner), depth + 1)]),
        Type::Map(inner) => {
            Value::Object(vec![json::Member::new("KeyName", empty(model, Type::read(inner), depth + 1))])
        }
        Type::Integer => Value::Number("0".into()),
        Type::Decimal => Value::Number("0.0".into()),
        Type::Boolean => Value::Bool(true),
        Type::Time(_) => Value::string("1970-01-01T00:00:00"),
        _ => Value::string(""),
    };
    value.node()
}

/// `aws SERVICE OPERATION help`: the options, required ones without brackets, as the manual's synopsis.
fn synopsis(command: &[&str], options: Vec<Listed>, takes_file: bool) -> String {
    let mut out = ["aws ", &command.join(" "), "\n"].concat();
    for Listed { name, form, required } in options {
        let value = match form {
            Form::Flag => "",
            _ => " <value>",
        };
        let (open, close) = if required { ("", "") } else { ("[", "]") };
        out.push_str(&["  ", open, "--", &name, value, close, "\n"].concat());
    }
    out.push_str(if takes_file { "  <outfile>\n" } else { "" });
    out
}
