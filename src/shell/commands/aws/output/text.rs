//! `--output text`: a line of tabs for each object, with the name of its list before it.
//!
//! Left out on purpose: capital letters beyond ASCII, which only a name of the reader's own in `--query` could have.

use super::{is_scalar, keys, keys_of_all, scalar};
use crate::gather::Gather;
use crate::json::{Node, Value};

pub(super) fn write(node: &Node) -> String {
    let mut out = String::new();
    item(node, None, None, &mut out);
    out
}

fn item(node: &Node, name: Option<&str>, columns: Option<&[&str]>, out: &mut String) {
    match &node.value {
        Value::Object(_) => object(node, name, columns, out),
        Value::Array(items) => list(items, name, out),
        _ => line(vec![scalar(node)], out),
    }
}

fn line(cells: Vec<String>, out: &mut String) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

fn list(items: &[Node], name: Option<&str>, out: &mut String) {
    if items.iter().any(|one| matches!(one.value, Value::Object(_))) {
        let (columns, _) = keys_of_all(items);
        for one in items {
            item(one, name, Some(&columns), out);
        }
        return;
    }
    let (scalars, lists): (Vec<&Node>, Vec<&Node>) = items.iter().partition(|one| is_scalar(one));
    let cells = scalars.iter().map(|one| scalar(one));
    match name {
        Some(name) => cells.for_each(|cell| line(vec![name.to_ascii_uppercase(), cell], out)),
        None if scalars.is_empty() => {}
        None => line(cells.gather(), out),
    }
    for one in lists {
        item(one, name, None, out);
    }
}

fn object(node: &Node, name: Option<&str>, columns: Option<&[&str]>, out: &mut String) {
    let (own, others) = keys(node);
    let cell = |key: &&str| node.get(key).filter(|value| is_scalar(value)).map(scalar).unwrap_or_default();
    let mut cells: Vec<String> = columns.unwrap_or(&own).iter().map(cell).gather();
    if !cells.is_empty() {
        if let Some(name) = name {
            cells.insert(0, name.to_ascii_uppercase());
        }
        line(cells, out);
    }
    for key in others {
        if let Some(value) = node.get(key) {
            item(value, Some(key), None, out);
        }
    }
}
