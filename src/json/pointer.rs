//! JSON Pointer (RFC 6901).

use super::{Member, Node, Span, Value};
use crate::gather::Gather;

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
    Some(rest.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).gather())
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

/// The pointer of what stands at `span`: of the value, or of the member whose key that is. Inside a string or between
/// values, of what holds it.
pub fn pointer_of(root: &Node, span: Span) -> String {
    let mut pointer = String::new();
    let mut node = root;
    while node.span != span {
        match &node.value {
            Value::Array(items) => {
                let place = items.partition_point(|item| item.span.end <= span.start);
                let Some(item) = items.get(place).filter(|item| item.span.holds(span)) else { break };
                pointer = child(&pointer, &place.to_string());
                node = item;
            }
            Value::Object(members) => {
                let place = members.partition_point(|member| member.node.span.end <= span.start);
                let holds = |member: &&Member| member.key_span.holds(span) || member.node.span.holds(span);
                let Some(member) = members.get(place).filter(holds) else { break };
                pointer = child(&pointer, &member.key);
                if member.key_span.holds(span) {
                    break;
                }
                node = &member.node;
            }
            _ => break,
        }
    }
    pointer
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

    #[test]
    fn leads_back_from_a_place() {
        let text = r#"{"a/b": [1, {"~": "long"}], "c": {}}"#;
        let root = super::super::parse(text).unwrap();
        let of = |part: &str| {
            let start = text.find(part).unwrap() as u32;
            pointer_of(&root, Span { start, end: start + part.len() as u32 })
        };
        assert_eq!(
            (of(text).as_str(), of("1").as_str(), of("\"~\"").as_str()),
            ("", "/a~1b/0", "/a~1b/1/~0")
        );
        assert_eq!(
            (of("ong").as_str(), of("{}").as_str(), of("\"a/b\"").as_str()),
            ("/a~1b/1/~0", "/c", "/a~1b")
        );
        assert_eq!((of(", {").as_str(), of("[1, {\"~\": \"long\"}]").as_str()), ("/a~1b", "/a~1b"));
    }
}
