//! Values as Python shows them, in whose words the CLI's errors are.
//!
//! Source: The Python Standard Library, "Built-in Functions", `repr`.

pub(super) mod json;

use crate::json::{Node, Value};

/// The name of a value's class.
pub(in crate::shell) fn class(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(text) if text.contains(['.', 'e', 'E']) => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// As `str` shows it: a text as it is.
pub(in crate::shell) fn text(node: &Node) -> String {
    node.as_str().map_or_else(|| repr(node), str::to_string)
}

/// As `repr` shows it.
pub(in crate::shell) fn repr(node: &Node) -> String {
    let mut out = String::new();
    put(node, &mut out);
    out
}

fn put(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                out.push_str(if place > 0 { ", " } else { "" });
                put(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (place, member) in members.iter().enumerate() {
                out.push_str(if place > 0 { ", " } else { "" });
                quote(&member.key, out);
                out.push_str(": ");
                put(&member.node, out);
            }
            out.push('}');
        }
    }
}

/// In single quotes, unless they alone would have to be escaped. Python's table of what can't be printed is left
/// out but for controls.
fn quote(text: &str, out: &mut String) {
    let mark = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(mark);
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            _ if char == mark => out.extend(['\\', char]),
            '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' => {
                let digit = |place: u32| char::from_digit((char as u32 >> place) & 15, 16).unwrap_or('0');
                out.extend(['\\', 'x', digit(4), digit(0)]);
            }
            _ => out.push(char),
        }
    }
    out.push(mark);
}
