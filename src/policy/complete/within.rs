//! Policies inside a longer text that is being typed.

use super::MAX_TEXT;
use super::cursor::{byte_offset, contains, utf16_offset};
use super::tree::{self, Node, Value};
use crate::json::segments;

/// Which of the values at these JSON Pointers a UTF-16 offset of a text that is being typed stands in, by its number, and
/// from where to where that value goes.
pub fn value_at<'p>(
    text: &str,
    offset: usize,
    pointers: impl IntoIterator<Item = &'p str>,
) -> Option<(usize, std::ops::Range<usize>)> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let (root, at) = (tree::read(text), byte_offset(text, offset));
    let holds = |(number, pointer)| {
        let node = lookup(&root, pointer).filter(|node| contains(node, at))?;
        Some((number, utf16_offset(text, node.start)..utf16_offset(text, node.end)))
    };
    pointers.into_iter().enumerate().find_map(holds)
}

fn lookup<'n, 'a>(root: &'n Node<'a>, pointer: &str) -> Option<&'n Node<'a>> {
    let mut node = root;
    for segment in segments(pointer)? {
        node = match &node.value {
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
            _ => node.get(&segment)?,
        };
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_a_text_that_is_no_json_yet() {
        let text = "{\"한\": {\"p/q\": [{\"a\": \"x\" \"b\": {\"Version\": }}]}, \"c\": {}}";
        let at = |part: &str| utf16_offset(text, text.find(part).unwrap());
        let found = |offset| value_at(text, offset, ["/c", "/한/p~1q/0/b", "/한/p~1q/1"]);
        assert_eq!(found(at("Version")), Some((1, at("{\"Version")..at("}]}, \"c\""))));
        assert_eq!(found(at("\"a\"")), None);
        assert_eq!(found(at("{}") + 1).map(|(number, _)| number), Some(0));
    }
}
