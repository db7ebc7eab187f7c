//! JSON that remembers where each value stands, with JSON Pointer, line and column.
//!
//! Standard: RFC 8259 (JSON), RFC 6901 (JSON Pointer). Entry: [`parse`].
//! Own code, because citations and diagnostics need byte spans, duplicate keys, the number's own text
//! and a bound on depth, which no small crate gives together.
//! Left out on purpose: numbers as floating point; whoever needs a number parses its text.

mod diagnostic;
mod lines;
mod parse;
mod pointer;
mod serialize;
mod write;

pub use diagnostic::{Diagnostic, Params, Severity};
pub use lines::{LineIndex, Position, TextSpan};
pub use parse::{Fault, parse};
pub use pointer::{child, lookup, pointer_of, segments};
pub use serialize::to_text;
pub use write::{quote, to_compact, to_fitted, to_pretty};

/// Byte offsets into the text that was parsed; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Whether another span lies inside this one.
    fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A value and the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place, quotes and brackets included.
    pub span: Span,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, unescaped.
    String(Box<str>),
    /// An array.
    Array(Vec<Node>),
    /// An object, in the order of the text; duplicate keys stay.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The key, unescaped.
    pub key: Box<str>,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Member {
    /// A member that stands in no text.
    pub fn new(key: &str, node: Node) -> Self {
        Member { key: key.into(), key_span: Span::default(), node }
    }
}

impl Node {
    /// The member of that name, if this is an object (the first, if the key stands twice).
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members().iter().find(|member| &*member.key == key).map(|member| &member.node)
    }

    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// The integer, if this is a number without fraction or exponent that fits.
    pub fn as_i64(&self) -> Option<i64> {
        if let Value::Number(text) = &self.value { text.parse().ok() } else { None }
    }

    /// The items, if this is an array, else none.
    pub fn items(&self) -> &[Node] {
        if let Value::Array(items) = &self.value { items } else { &[] }
    }

    /// The members, if this is an object, else none.
    pub fn members(&self) -> &[Member] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }
}

impl Value {
    /// A string value.
    pub fn string(text: impl Into<Box<str>>) -> Self {
        Value::String(text.into())
    }

    /// This value as a node without a place of its own.
    pub fn node(self) -> Node {
        Node { value: self, span: Span::default() }
    }
}
