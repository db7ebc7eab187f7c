//! Reads JSON that is being typed: whatever is missing or too much, the rest keeps its place.

use crate::gather::Gather;

/// Deepest nesting that is read; what is deeper is one piece.
const MAX_DEPTH: usize = 32;

/// A value.
#[derive(Debug)]
pub struct Node<'a> {
    /// What it is.
    pub value: Value<'a>,
    /// Its first byte.
    pub start: usize,
    /// After its last byte; for what isn't closed, where the next thing begins.
    pub end: usize,
    /// Whether the closing bracket or quote is there.
    pub closed: bool,
}

/// What a value is.
#[derive(Debug)]
pub enum Value<'a> {
    /// An object's members.
    Object(Vec<Member<'a>>),
    /// A list's items.
    Array(Vec<Node<'a>>),
    /// A string's content as written, escapes and all.
    String(&'a str),
    /// A number, a word, or anything else without quotes.
    Bare(&'a str),
}

/// A key and its value, as far as they are there.
#[derive(Debug)]
pub struct Member<'a> {
    /// The key, a string or a bare word.
    pub key: Node<'a>,
    /// Where the colon stands.
    pub colon: Option<usize>,
    /// The value.
    pub value: Option<Node<'a>>,
}

impl<'a> Node<'a> {
    /// The text of a string or bare word.
    pub fn text(&self) -> Option<&'a str> {
        match self.value {
            Value::String(text) | Value::Bare(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an object, else none.
    pub fn members(&self) -> &[Member<'a>] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        let member = self.members().iter().find(|member| member.key.text() == Some(key))?;
        member.value.as_ref()
    }

    /// The strings of a string or a list.
    pub fn strings(&self) -> Vec<&'a str> {
        match &self.value {
            Value::Array(items) => items.iter().filter_map(Node::text).gather(),
            _ => self.text().into_iter().gather(),
        }
    }
}

/// The first value of the text; an empty list if there is none.
pub fn read(text: &str) -> Node<'_> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    reader.skip(|byte| !matches!(byte, b'{' | b'['));
    match reader.peek() {
        Some(_) => reader.value(0),
        None => Node { value: Value::Array(Vec::new()), start: 0, end: text.len(), closed: true },
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, unwanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&unwanted) {
            self.at += 1;
        }
    }

    fn space(&mut self) {
        self.skip(|byte| byte.is_ascii_whitespace());
    }

    fn node(&self, value: Value<'a>, start: usize, closed: bool) -> Node<'a> {
        Node { value, start, end: self.at, closed }
    }

    fn slice(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    fn value(&mut self, depth: usize) -> Node<'a> {
        match self.peek() {
            Some(b'{') if depth < MAX_DEPTH => self.object(depth),
            Some(b'[') if depth < MAX_DEPTH => self.array(depth),
            Some(b'"') => self.string(),
            _ => self.bare(),
        }
    }

    /// A string ends at its quote, or with the line.
    fn string(&mut self) -> Node<'a> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let content = self.slice(start + 1);
                    self.at += 1;
                    return self.node(Value::String(content), start, true);
                }
                Some(b'\\') if self.bytes.get(self.at + 1).is_some_and(|next| *next != b'\n') => self.at += 2,
                None | Some(b'\n' | b'\r') => {
                    self.at = self.at.min(self.bytes.len());
                    return self.node(Value::String(self.slice(start + 1)), start, false);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// Everything up to the next delimiter; at least one byte, so that reading goes on.
    fn bare(&mut self) -> Node<'a> {
        let start = self.at;
        self.at += 1;
        self.skip(|byte| !byte.is_ascii_whitespace() && !b"{}[]\",:".contains(&byte));
        self.node(Value::Bare(self.slice(start)), start, true)
    }

    fn object(&mut self, depth: usize) -> Node<'a> {
        let start = self.at;
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b',' || byte == b':');
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return self.node(Value::Object(members), start, true);
                }
                // The bracket of a list around this object.
                None | Some(b']') => return self.node(Value::Object(members), start, false),
                Some(_) => members.push(self.member(depth)),
            }
        }
    }

    fn member(&mut self, depth: usize) -> Member<'a> {
        let key = if self.peek() == Some(b'"') { self.string() } else { self.value(depth + 1) };
        let after_key = self.at;
        self.space();
        if self.peek() != Some(b':') {
            self.at = after_key;
            return Member { key, colon: None, value: None };
        }
        let colon = self.at;
        self.at += 1;
        let after_colon = self.at;
        self.space();
        if matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
            self.at = after_colon;
            return Member { key, colon: Some(colon), value: None };
        }
        let before_value = self.at;
        let value = self.value(depth + 1);
        // `"Effect": "Action": ...`: the second string is the next key.
        if value.text().is_some() {
            let after_value = self.at;
            self.space();
            let is_key = self.peek() == Some(b':');
            self.at = after_value;
            if is_key {
                self.at = before_value;
                return Member { key, colon: Some(colon), value: None };
            }
        }
        Member { key, colon: Some(colon), value: Some(value) }
    }

    fn array(&mut self, depth: usize) -> Node<'a> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b',' || byte == b':');
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return self.node(Value::Array(items), start, true);
                }
                // The bracket of an object around this list.
                None | Some(b'}') => return self.node(Value::Array(items), start, false),
                Some(_) => items.push(self.value(depth + 1)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str, key: &str) -> Vec<String> {
        read(text)
            .get(key)
            .map(|node| node.strings().iter().map(|text| text.to_string()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn reads_what_is_there() {
        assert_eq!(strings(r#"{"a": ["x", "y"], "b": "z"}"#, "a"), ["x", "y"]);
        assert_eq!(strings(r#"{"a": ["x", "y" "b": "z"}"#, "a"), ["x", "y", "b", "z"]);
        assert_eq!(strings("{\"a\": \"x\n \"b\": \"z\"}", "b"), ["z"]);
        assert_eq!(strings(r#"{"a": "b": "z"}"#, "b"), ["z"]);
        assert_eq!(strings(r#"{"a": , "b": ["z"#, "b"), ["z"]);
        assert_eq!(strings(r#"{"a" "b": tru"#, "b"), ["tru"]);
        assert_eq!(strings(r#"{"a": [{"c": 1], "b": "z"}"#, "b"), ["z"]);
        assert_eq!(strings(r#"{"a": "\"x\\", "b": "z"}"#, "b"), ["z"]);
        assert!(matches!(read("").value, Value::Array(_)));
        assert!(matches!(read("\"\\").value, Value::Array(_)));
        read(&"[{\"a\":".repeat(10_000));
    }
}
