//! `aws help` and `aws SERVICE help`: what exists here, in place of the manual.

use super::{FAR, NEAR, customized};
use crate::data::models::{Member, Model, Operation, SERVICES, Type};
use crate::json::{self, Node, Span, Value};

/// The page that the words ask for; `None`: they ask for none, or for that of one operation.
pub(super) fn page(words: &[String]) -> Option<String> {
    match words {
        [help] if help == "help" => {
            let mut services: Vec<&str> = SERVICES.to_vec();
            services.extend(["configure", "s3"]);
            services.sort_unstable();
            Some(list("AVAILABLE SERVICES", services.iter().map(|service| service.to_string())))
        }
        [service, help] if help == "help" => {
            let commands = NEAR.iter().chain(FAR).filter(|operation| operation.service == service);
            let mut names: Vec<String> = commands.map(|operation| operation.name.to_string()).collect();
            names.extend(Model::of(service).map(|model| model.names()).unwrap_or_default());
            (!names.is_empty()).then(|| list("AVAILABLE COMMANDS", names.into_iter()))
        }
        _ => None,
    }
}

fn list(title: &str, names: impl Iterator<Item = String>) -> String {
    let mut page = [title, "\n"].concat();
    for name in names {
        page.push_str("       o ");
        page.push_str(&name);
        page.push('\n');
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
            let member = |member: Member| json::Member {
                key: member.name.into(),
                key_span: Span::default(),
                node: empty(model, member.kind, depth + 1),
            };
            Value::Object(model.members(kind).map(member).collect())
        }
        Type::List(inner) => Value::Array(vec![empty(model, Type::read(inner), depth + 1)]),
        Type::Map(inner) => Value::Object(vec![json::Member {
            key: "KeyName".into(),
            key_span: Span::default(),
            node: empty(model, Type::read(inner), depth + 1),
        }]),
        Type::Integer => Value::Number("0".into()),
        Type::Decimal => Value::Number("0.0".into()),
        Type::Boolean => Value::Bool(true),
        Type::Time(_) => Value::string("1970-01-01T00:00:00"),
        _ => Value::string(""),
    };
    value.node()
}

/// `aws SERVICE OPERATION help`: the options, required ones first without brackets, as the manual's synopsis.
pub(super) fn synopsis(model: &Model, operation: &Operation, service: &str, name: &str) -> String {
    let mut out = ["aws ", service, " ", name, "\n"].concat();
    let members: Vec<Member> = operation.input.map(|kind| model.members(kind).collect()).unwrap_or_default();
    for member in &members {
        let option = member.option();
        if customized::hides(operation, &option) {
            continue;
        }
        let text = match member.kind {
            Type::Boolean => ["--", &option, " | --no-", &option].concat(),
            _ => ["--", &option, " <value>"].concat(),
        };
        out.push_str(&if member.required {
            ["  ", &text, "\n"].concat()
        } else {
            ["  [", &text, "]\n"].concat()
        });
    }
    out
}
