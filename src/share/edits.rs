//! What differs between two texts of one document, as replacements of values by raw text.

use crate::json::{self, Node, Value};

/// One value replaced by a text that is JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// Its new text, as typed.
    pub text: String,
}

impl Edit {
    pub(super) fn to_node(&self) -> Node {
        Value::Array(vec![
            Value::string(self.pointer.as_str()).node(),
            Value::string(self.text.as_str()).node(),
        ])
        .node()
    }

    pub(super) fn of_node(node: &Node) -> Option<Self> {
        let [pointer, text] = node.items() else { return None };
        Some(Edit { pointer: pointer.as_str()?.to_string(), text: text.as_str()?.to_string() })
    }
}

/// The smallest values that differ. Layout alone is no difference, so the caller compares what the edits give.
pub fn edits(old: &str, new: &str) -> Option<Vec<Edit>> {
    let mut out = Vec::new();
    let (old_root, new_root) = (json::parse(old).ok()?, json::parse(new).ok()?);
    compare(&old_root, &new_root, new, String::new(), &mut out);
    Some(out)
}

/// The values at `pointers` whose texts differ, layout included.
pub fn edits_at(old: &str, new: &str, pointers: &[&str]) -> Option<Vec<Edit>> {
    let (old_root, new_root) = (json::parse(old).ok()?, json::parse(new).ok()?);
    let slice = |text: &str, root: &Node, pointer: &str| {
        let span = json::lookup(root, pointer)?.span;
        text.get(span.start as usize..span.end as usize).map(str::to_string)
    };
    let mut out = Vec::new();
    for pointer in pointers {
        let text = slice(new, &new_root, pointer)?;
        if slice(old, &old_root, pointer).as_ref() != Some(&text) {
            out.push(Edit { pointer: (*pointer).to_string(), text });
        }
    }
    Some(out)
}

/// `old` with each edit's value replaced; `None` if a pointer leads nowhere or the result isn't JSON.
pub fn apply(old: &str, edits: &[Edit]) -> Option<String> {
    let mut text = old.to_string();
    for edit in edits {
        let root = json::parse(&text).ok()?;
        let span = json::lookup(&root, &edit.pointer)?.span;
        text.replace_range(span.start as usize..span.end as usize, &edit.text);
    }
    json::parse(&text).ok()?;
    Some(text)
}

fn compare(old: &Node, new: &Node, text: &str, pointer: String, out: &mut Vec<Edit>) {
    match (&old.value, &new.value) {
        (Value::Object(a), Value::Object(b)) if a.iter().map(|m| &m.key).eq(b.iter().map(|m| &m.key)) => {
            for (a, b) in a.iter().zip(b) {
                compare(&a.node, &b.node, text, json::child(&pointer, &a.key), out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, text, json::child(&pointer, &place.to_string()), out);
            }
        }
        (a, b) if a == b => {}
        _ => {
            let slice = text.get(new.span.start as usize..new.span.end as usize).unwrap_or("null");
            out.push(Edit { pointer, text: slice.to_string() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_smallest_values() {
        let found = edits(r#"{"a":[1,2],"b":{"c":true}}"#, r#"{"a":[1, 3],"b":{"c":true,"d":[ ]}}"#).unwrap();
        let found: Vec<(&str, &str)> =
            found.iter().map(|edit| (edit.pointer.as_str(), edit.text.as_str())).collect();
        assert_eq!(found, [("/a/1", "3"), ("/b", r#"{"c":true,"d":[ ]}"#)]);
    }

    #[test]
    fn edits_applied_give_the_new_text() {
        let (old, new) = (r#"{"a":[1,2],"b":{"c":true}}"#, r#"{"a":[1,3],"b":{"c":true,"d":[ ]}}"#);
        assert_eq!(apply(old, &edits(old, new).unwrap()).as_deref(), Some(new));
        let new = r#"{"a":[1,2],"b":{ "c": true }}"#;
        let found = edits_at(old, new, &["/a", "/b"]).unwrap();
        assert_eq!(found, [Edit { pointer: "/b".into(), text: r#"{ "c": true }"#.into() }]);
        assert_eq!(apply(old, &[Edit { pointer: "/x".into(), text: "1".into() }]), None);
        assert_eq!(apply(old, &[Edit { pointer: "/a".into(), text: "[".into() }]), None);
    }
}
