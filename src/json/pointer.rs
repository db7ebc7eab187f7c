//! JSON Pointer (RFC 6901).

use super::{Node, Value};

/// `pointer` extended by one segment, escaped (`~` as `~0`, `/` as `~1`).
pub fn child(pointer: &str, segment: &str) -> String {
    let mut out = String::with_capacity(pointer.len() + segment.len() + 1);
    out.push_str(pointer);
    out.push('/');
    for c in segment.chars() {
        match c {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            c => out.push(c),
        }
    }
    out
}

/// The unescaped segments of a pointer; `None` if it is neither empty nor begins with `/`.
pub fn segments(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let rest = pointer.strip_prefix('/')?;
    Some(rest.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect())
}

/// The value at `pointer`, if there is one.
pub fn lookup<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    let mut node = root;
    for segment in segments(pointer)? {
        node = match &node.value {
            Value::Object(_) => node.get(&segment)?,
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_finds() {
        let root = super::super::parse(r#"{"a/b": [1, {"~": true}]}"#).unwrap();
        let pointer = child(&child(&child("", "a/b"), "1"), "~");
        assert_eq!(pointer, "/a~1b/1/~0");
        assert_eq!(lookup(&root, &pointer).and_then(Node::as_bool), Some(true));
        assert!(lookup(&root, "/a~1b/2").is_none());
        assert!(lookup(&root, "a").is_none());
    }
}
