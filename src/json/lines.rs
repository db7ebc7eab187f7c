//! Byte offsets to lines and columns, as editors count them.

use super::Span;
use crate::gather::Gather;
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
    /// For each block of bytes of a text beyond ASCII, how many UTF-16 units stand before it.
    units: Vec<u32>,
}

/// Bytes in a block.
const BLOCK: usize = 256;

impl<'a> LineIndex<'a> {
    /// Finds the lines of `text`, in linear time.
    pub fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        let starts = std::iter::once(0).chain(ends).gather();
        LineIndex { text, starts, units: if text.is_ascii() { Vec::new() } else { blocks(text) } }
    }

    /// Line and column of a byte offset, in constant time; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let column = self.units_before(end) - self.units_before(start) + 1;
        Position { line: line as u32, column: column as u32 }
    }

    /// UTF-16 units before a byte offset.
    fn units_before(&self, offset: usize) -> usize {
        let Some(before) = self.units.get(offset / BLOCK) else {
            return offset;
        };
        let block = self.text.as_bytes().get(offset / BLOCK * BLOCK..offset).unwrap_or(&[]);
        *before as usize + block.iter().map(|byte| units(*byte)).sum::<usize>()
    }

    /// Start and end of a span.
    pub fn span(&self, span: Span) -> TextSpan {
        TextSpan { start: self.position(span.start), end: self.position(span.end) }
    }
}

/// UTF-16 units before each block.
fn blocks(text: &str) -> Vec<u32> {
    let mut before = 0;
    let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
    for block in text.as_bytes().chunks(BLOCK) {
        blocks.push(before);
        before += block.iter().map(|byte| units(*byte) as u32).sum::<u32>();
    }
    blocks.push(before);
    blocks
}

/// Units of the character that begins with this byte; none for the bytes that follow in it.
fn units(byte: u8) -> usize {
    match byte {
        0x80..0xC0 => 0,
        0xF0.. => 2,
        _ => 1,
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
        let long = format!("{}\n{}", "한".repeat(300), "😀a".repeat(300));
        let lines = LineIndex::new(&long);
        assert_eq!(lines.position(900), Position { line: 1, column: 301 });
        assert_eq!(lines.position(901 + 1500), Position { line: 2, column: 901 });
        assert_eq!(lines.position(901 + 4), Position { line: 2, column: 3 });
    }
}
