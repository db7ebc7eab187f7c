//! `jq [-r] [-c] FILTER [FILE]`: paths only: `.`, `.a.b`, `.["a"]`, `.[N]`, `.[]`, joined by `|`.
//!
//! Reference: the jq manual, "Basic filters".

use super::{Answer, Invocation};
use crate::gather::Gather;
use crate::json::{self, Node, Value};
use crate::shell::Notice;

/// More values than any answer here has; keeps `.[]|.[]|...` bounded.
const MAX_VALUES: usize = 10_000;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (mut raw, mut compact, mut words) = (false, false, Vec::new());
    for word in invocation.arguments {
        match word.as_str() {
            "-r" | "--raw-output" => raw = true,
            "-c" | "--compact-output" => compact = true,
            option if option.starts_with('-') && option != "-" => return Answer::not_modelled("jq", option),
            _ => words.push(word.clone()),
        }
    }
    let Some((filter, names)) = words.split_first() else {
        return Answer::error(2, "Usage:\tjq [OPTIONS] FILTER [FILES...]\n");
    };
    let Some(steps) = parse(filter) else {
        return Answer::not_modelled("jq", filter);
    };
    let text = match invocation.inputs("jq", names).pop() {
        Some(Ok(text)) => text,
        Some(Err(_)) | None => {
            let name = names.first().map(String::as_str).unwrap_or_default();
            return Answer::error(
                2,
                format!("jq: error: Could not open {name}: No such file or directory\n"),
            );
        }
    };
    if text.trim().is_empty() {
        return Answer::default();
    }
    let Ok(root) = json::parse(&text) else {
        // jq names the first wrong character in words of its own, which depend on its parser.
        let notices = vec![Notice::new("cli.jq.not-json", &[])];
        return Answer { exit_code: 5, notices, ..Answer::default() };
    };
    let mut values = vec![root];
    for step in &steps {
        match apply(values, step) {
            Ok(next) => values = next,
            Err(complaint) => return Answer::error(5, format!("jq: error (at <stdin>:0): {complaint}\n")),
        }
    }
    let write = |value: &Node| match value.as_str() {
        Some(text) if raw => text.to_string(),
        _ if compact => json::to_compact(value),
        _ => json::to_pretty(value, 2),
    };
    Answer::text(values.iter().map(|value| write(value) + "\n").gather::<String>())
}

enum Step {
    Member(String),
    Item(i64),
    Each,
}

/// `None` for what isn't a path.
fn parse(filter: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in filter.split('|') {
        let mut rest = part.trim().strip_prefix('.')?;
        let mut first = true;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let (index, after) = inner.split_once(']')?;
                steps.push(match index.trim() {
                    "" => Step::Each,
                    index => match index.strip_prefix('"').and_then(|index| index.strip_suffix('"')) {
                        Some(key) if !key.contains('\\') => Step::Member(key.to_string()),
                        Some(_) => return None,
                        None => Step::Item(index.parse().ok()?),
                    },
                });
                rest = after;
            } else {
                let name = if first { rest } else { rest.strip_prefix('.')? };
                if !first && name.starts_with('[') {
                    rest = name;
                    continue;
                }
                let end = name.find(['.', '[']).unwrap_or(name.len());
                let (key, after) = name.split_at_checked(end)?;
                if !crate::shell::parse::is_name(key) {
                    return None;
                }
                steps.push(Step::Member(key.to_string()));
                rest = after;
            }
            first = false;
        }
    }
    Some(steps)
}

fn apply(values: Vec<Node>, step: &Step) -> Result<Vec<Node>, String> {
    let mut out = Vec::new();
    for value in values {
        match (step, value.value) {
            (Step::Member(_) | Step::Item(_), Value::Null) => out.push(Value::Null.node()),
            (Step::Member(key), Value::Object(members)) => {
                let found = members.into_iter().rev().find(|member| *member.key == **key);
                out.push(found.map_or_else(|| Value::Null.node(), |member| member.node));
            }
            (Step::Item(index), Value::Array(items)) => {
                let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let place = if *index < 0 { length.saturating_add(*index) } else { *index };
                let found = usize::try_from(place).ok().and_then(|place| items.into_iter().nth(place));
                out.push(found.unwrap_or_else(|| Value::Null.node()));
            }
            (Step::Each, Value::Array(items)) => out.extend(items),
            (Step::Each, Value::Object(members)) => out.extend(members.into_iter().map(|member| member.node)),
            (step, value) => {
                let kind = value.node().kind();
                return Err(match step {
                    Step::Member(key) => format!("Cannot index {kind} with \"{key}\""),
                    Step::Item(_) => format!("Cannot index {kind} with number"),
                    Step::Each => format!("Cannot iterate over {kind}"),
                });
            }
        }
        out.truncate(MAX_VALUES);
    }
    Ok(out)
}
