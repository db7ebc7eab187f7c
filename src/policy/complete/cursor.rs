//! Where the cursor stands: the path, whether a key or a value is typed there, and what is replaced.

use super::tree::{Member, Node, Value};

/// The place of the cursor.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    /// The members and items around it, from the root; for a value its own key or place comes last.
    pub path: Vec<Step<'a>>,
    /// What is typed there.
    pub place: Place,
    /// First byte that is replaced.
    pub from: usize,
    /// After the last byte that is replaced.
    pub to: usize,
    /// The cursor itself, in bytes.
    at: usize,
    quotes: Quotes,
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// A member of an object.
    Key(&'a str),
    /// An item of a list.
    Item(usize),
}

/// What stands at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A key of an object.
    Key,
    /// A value.
    Value,
}

/// Which quotes are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Both,
    Opening,
    Neither,
}

impl<'a> Step<'a> {
    /// The key, if it is one.
    pub fn key(&self) -> Option<&'a str> {
        if let Step::Key(key) = self { Some(key) } else { None }
    }
}

impl<'a> Cursor<'a> {
    /// The cursor at a byte of the text; `None` outside the document.
    pub fn find(text: &str, document: &Node<'a>, at: usize) -> Option<Self> {
        let mut cursor =
            Cursor { path: Vec::new(), place: Place::Value, from: at, to: at, at, quotes: Quotes::Neither };
        (contains(document, at) && cursor.descend(text, document)).then_some(cursor)
    }

    /// What was typed before the cursor.
    pub fn typed<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.from..self.at.max(self.from)).unwrap_or("")
    }

    /// The same, but what is replaced begins `start` bytes later, inside the string.
    pub fn inside(&self, start: usize) -> Self {
        // What follows the cursor stays, as does the closing quote.
        Cursor { from: self.from + start, to: self.at, quotes: Quotes::Both, ..self.clone() }
    }

    /// What is inserted for a string of this content.
    pub fn write(&self, content: &str) -> String {
        let colon = if self.place == Place::Key { ": " } else { "" };
        match self.quotes {
            Quotes::Both => content.to_string(),
            Quotes::Opening => format!("{content}\"{colon}"),
            Quotes::Neither => format!("\"{content}\"{colon}"),
        }
    }

    fn descend(&mut self, text: &str, node: &Node<'a>) -> bool {
        match &node.value {
            Value::Object(members) => self.in_object(text, members),
            Value::Array(items) => self.in_array(text, items),
            Value::String(_) | Value::Bare(_) => {
                self.place = Place::Value;
                self.replace(node)
            }
        }
    }

    fn in_object(&mut self, text: &str, members: &[Member<'a>]) -> bool {
        for (place, member) in members.iter().enumerate() {
            let Some(key) = member.key.text() else { continue };
            if touches(&member.key, self.at) {
                self.place = Place::Key;
                let inside = self.replace(&member.key);
                if self.quotes == Quotes::Both && member.colon.is_none() {
                    // The closing quote is written anew, to put the colon behind it.
                    (self.to, self.quotes) = (member.key.end, Quotes::Opening);
                }
                return inside;
            }
            let Some(colon) = member.colon.filter(|colon| *colon < self.at) else { continue };
            let next = members.get(place + 1).map_or(usize::MAX, |next| next.key.start);
            match &member.value {
                Some(value) if touches(value, self.at) => {
                    self.path.push(Step::Key(key));
                    return self.descend(text, value);
                }
                // Right after the colon, before the value or where it is to come.
                _ if self.at <= next && between(text, colon + 1, self.at) => {
                    self.path.push(Step::Key(key));
                    self.place = Place::Value;
                    return member.value.is_none();
                }
                _ => {}
            }
        }
        self.place = Place::Key;
        true
    }

    fn in_array(&mut self, text: &str, items: &[Node<'a>]) -> bool {
        let inside = items.iter().position(|item| touches(item, self.at));
        let place = inside.unwrap_or_else(|| items.iter().filter(|item| item.end <= self.at).count());
        self.path.push(Step::Item(place));
        match inside.and_then(|place| items.get(place)) {
            Some(item) => self.descend(text, item),
            None => true,
        }
    }

    /// A string's content or a bare word is replaced; false if the cursor stands on a quote's outer side.
    fn replace(&mut self, node: &Node<'a>) -> bool {
        if matches!(node.value, Value::Bare(_)) {
            (self.from, self.to, self.quotes) = (node.start, node.end, Quotes::Neither);
            return true;
        }
        self.from = node.start + 1;
        self.to = if node.closed { node.end.saturating_sub(1) } else { node.end };
        self.quotes = if node.closed { Quotes::Both } else { Quotes::Opening };
        (self.from..=self.to).contains(&self.at)
    }
}

/// Whether the cursor stands in a value, its edges not included unless it is open or bare.
fn touches(node: &Node<'_>, at: usize) -> bool {
    match node.value {
        Value::Bare(_) => node.start <= at && at <= node.end,
        _ => contains(node, at),
    }
}

pub fn contains(node: &Node<'_>, at: usize) -> bool {
    node.start < at && (at < node.end || (!node.closed && at <= node.end))
}

/// Whether there is only white space between two places.
fn between(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.trim().is_empty())
}

/// The byte of a UTF-16 offset; inside a character its beginning, past the end the end.
pub fn byte_offset(text: &str, offset: usize) -> usize {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > offset {
            return at;
        }
    }
    text.len()
}

/// The UTF-16 offset of a byte.
pub fn utf16_offset(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.chars().map(char::len_utf16).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_utf16_units() {
        assert_eq!(byte_offset("a한😀b", 2), 4);
        assert_eq!(byte_offset("a한😀b", 3), 4);
        assert_eq!(byte_offset("a한😀b", 4), 8);
        assert_eq!(byte_offset("a", 9), 1);
        assert_eq!(utf16_offset("a한😀b", 8), 4);
    }
}
