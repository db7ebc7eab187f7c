//! Byte offsets to lines and columns, as editors count them.

use super::Span;
use serde::Serialize;

/// A place for people: both count from 1, columns in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 units.
    pub column: u32,
}

/// Start and end (exclusive) of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct TextSpan {
    /// First character.
    pub start: Position,
    /// After the last character.
    pub end: Position,
}

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of `text`, in linear time.
    pub fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        LineIndex { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let before = self.text.get(start..end).unwrap_or("");
        let column = before.chars().map(char::len_utf16).sum::<usize>() + 1;
        Position { line: line as u32, column: column as u32 }
    }

    /// Start and end of a span.
    pub fn span(&self, span: Span) -> TextSpan {
        TextSpan { start: self.position(span.start), end: self.position(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16_units() {
        let lines = LineIndex::new("{\n \"한😀\": 1}\n");
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(2), Position { line: 2, column: 1 });
        assert_eq!(lines.position(11), Position { line: 2, column: 6 });
        assert_eq!(lines.position(999).line, 3);
    }
}
