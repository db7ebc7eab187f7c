//! JSON values as text.

use super::{Node, Value};

/// The value without white space.
pub fn to_compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, None, 0, &mut out);
    out
}

/// The value as `JSON.stringify(value, null, indent)` and the aws CLI write it.
pub fn to_pretty(node: &Node, indent: usize) -> String {
    let mut out = String::new();
    write(node, Some(indent), 0, &mut out);
    out
}

/// The value as people write it: what fits into `width` columns on one line, the rest two columns further in.
pub fn to_fitted(node: &Node, width: usize) -> String {
    let mut out = String::new();
    fit(node, 0, width, &mut out);
    out
}

fn fit(node: &Node, column: usize, width: usize, out: &mut String) {
    let start = out.len();
    if line(node, width.saturating_sub(column), start, out) {
        return;
    }
    out.truncate(start);
    let inner = column + 2;
    let (open, shut) = if matches!(node.value, Value::Array(_)) { ('[', ']') } else { ('{', '}') };
    out.push(open);
    for (place, item) in node.items().iter().enumerate() {
        separate(place, Some(1), inner, out);
        fit(item, inner, width, out);
    }
    for (place, member) in node.members().iter().enumerate() {
        separate(place, Some(1), inner, out);
        quote(&member.key, out);
        out.push_str(": ");
        fit(&member.node, inner, width, out);
    }
    newline(Some(1), column, out);
    out.push(shut);
}

/// Writes on one line. False, and no more than a little written, if it's longer than `room` bytes.
fn line(node: &Node, room: usize, start: usize, out: &mut String) -> bool {
    let (open, shut) = match &node.value {
        Value::Array(items) if !items.is_empty() => ('[', ']'),
        Value::Object(members) if !members.is_empty() => ('{', '}'),
        _ => {
            write(node, None, 0, out);
            return true;
        }
    };
    out.push(open);
    for (place, item) in node.items().iter().enumerate() {
        out.push_str(if place > 0 { ", " } else { "" });
        if !line(item, room, start, out) || out.len() - start > room {
            return false;
        }
    }
    for (place, member) in node.members().iter().enumerate() {
        out.push_str(if place > 0 { ", " } else { "" });
        quote(&member.key, out);
        out.push_str(": ");
        if !line(&member.node, room, start, out) || out.len() - start > room {
            return false;
        }
    }
    out.push(shut);
    out.len() - start <= room
}

fn write(node: &Node, indent: Option<usize>, depth: usize, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                separate(place, indent, depth + 1, out);
                write(item, indent, depth + 1, out);
            }
            close(items.is_empty(), indent, depth, out);
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (place, member) in members.iter().enumerate() {
                separate(place, indent, depth + 1, out);
                quote(&member.key, out);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write(&member.node, indent, depth + 1, out);
            }
            close(members.is_empty(), indent, depth, out);
            out.push('}');
        }
    }
}

fn separate(place: usize, indent: Option<usize>, depth: usize, out: &mut String) {
    if place > 0 {
        out.push(',');
    }
    newline(indent, depth, out);
}

fn close(empty: bool, indent: Option<usize>, depth: usize, out: &mut String) {
    if !empty {
        newline(indent, depth, out);
    }
}

fn newline(indent: Option<usize>, depth: usize, out: &mut String) {
    if let Some(width) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', width * depth));
    }
}

/// Appends a string with its quotes and escapes.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    if !text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}
