//! `--output yaml`: block style, names sorted, text quoted where it would be something else.
//! The CLI also folds long lines; here they stay whole.

use crate::gather::Gather;
use crate::json::{Member, Node, Value};
use crate::sorted::sort_by;

pub(super) fn write(node: &Node) -> String {
    let mut out = String::new();
    block(node, 0, &mut out);
    out
}

/// A value that begins where the line stands.
fn block(node: &Node, indent: usize, out: &mut String) {
    match &node.value {
        Value::Array(items) if !items.is_empty() => {
            for (place, item) in items.iter().enumerate() {
                margin(place, indent, out);
                out.push_str("- ");
                block(item, indent + 2, out);
            }
        }
        Value::Object(members) if !members.is_empty() => {
            let mut members: Vec<&Member> = members.iter().gather();
            sort_by(&mut members, |one, other| one.key.cmp(&other.key));
            for (place, member) in members.iter().enumerate() {
                margin(place, indent, out);
                string(&member.key, out);
                out.push(':');
                match &member.node.value {
                    // A list stands as far in as its name.
                    Value::Array(items) if !items.is_empty() => {
                        out.push('\n');
                        out.push_str(&" ".repeat(indent));
                        block(&member.node, indent, out);
                    }
                    Value::Object(inner) if !inner.is_empty() => {
                        out.push('\n');
                        out.push_str(&" ".repeat(indent + 2));
                        block(&member.node, indent + 2, out);
                    }
                    _ => {
                        out.push(' ');
                        block(&member.node, indent, out);
                    }
                }
            }
        }
        scalar => {
            match scalar {
                Value::Null => out.push_str("null"),
                Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
                Value::Number(text) => out.push_str(text),
                Value::String(text) => string(text, out),
                Value::Array(_) => out.push_str("[]"),
                Value::Object(_) => out.push_str("{}"),
            }
            out.push('\n');
        }
    }
}

fn margin(place: usize, indent: usize, out: &mut String) {
    if place > 0 {
        out.push_str(&" ".repeat(indent));
    }
}

/// Plain where YAML reads the same text back, else in quotes.
fn string(text: &str, out: &mut String) {
    if text.chars().any(|c| c.is_control()) {
        crate::json::quote(text, out);
        return;
    }
    let first = text.chars().next();
    let marked = first.is_none_or(|c| "-?:,[]{}#&*!|>'\"%@` =~".contains(c) && text.len() < 2)
        || first.is_some_and(|c| ",[]{}#&*!|>'\"%@` ".contains(c))
        || ["- ", "? ", ": "].iter().any(|mark| text.starts_with(mark));
    let inner = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    if marked || inner || is_other(text) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        out.push_str(text);
    }
}

/// Whether YAML 1.2 would read a number, a time, a boolean or null.
fn is_other(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let word = ["null", "~", "true", "false", "="].contains(&lower.as_str());
    let digits = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    let legal = |c: char| c.is_ascii_digit() || "+-.e_".contains(c);
    let number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && digits.chars().all(legal)
        && digits.matches('.').count() < 2;
    let hexadecimal = digits
        .strip_prefix("0x")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let date = |text: &str| text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let time = lower.split_once('t').is_some_and(|(day, _)| date(day));
    word || number || hexadecimal || time
}
