//! A policy's text as an editor shows it: the slice of the scenario, without the indentation that it has there.
//!
//! `indent(dedent(slice)) = slice` and `dedent(indent(typed)) = typed`, whatever the reader types, because
//! JSON strings hold no raw line break: only white space between tokens is touched.

use crate::json::Span;

/// A dedented text and where each of its lines stands in the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dedented {
    pub text: String,
    /// For each line: its offset here and its offset in the scenario.
    lines: Vec<(u32, u32)>,
}

/// Bytes of a line before its value, at most; a longer line counts as not indented.
const LONGEST_LINE: usize = 4_096;

/// The white space with which the line of `offset` begins.
pub(crate) fn indentation(text: &str, offset: usize) -> &str {
    let before = text.get(..offset).unwrap_or("").as_bytes();
    // What stands so far from its line's beginning isn't laid out in lines; looking for it would take long.
    let near = before.len().saturating_sub(LONGEST_LINE);
    let line_break = before.iter().skip(near).rposition(|byte| *byte == b'\n').map(|place| near + place + 1);
    let line = match line_break.or((near == 0).then_some(0)).and_then(|start| text.get(start..offset)) {
        Some(line) => line,
        None => return "",
    };
    let width = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..width).unwrap_or("")
}

/// The slice `from..to` of `text`, each line but the first without the indentation of the line of `from`.
pub(crate) fn dedent(text: &str, from: usize, to: usize) -> Dedented {
    let indent = indentation(text, from);
    let mut out = Dedented { text: String::new(), lines: Vec::new() };
    let mut at = from;
    for (number, line) in text.get(from..to).unwrap_or("").split_inclusive('\n').enumerate() {
        let kept = if number == 0 { line } else { without(line, indent) };
        out.lines.push((out.text.len() as u32, (at + line.len() - kept.len()) as u32));
        out.text.push_str(kept);
        at += line.len();
    }
    out
}

/// `typed` as it stands in the scenario after `indent`: each line but the first begins with it.
pub(crate) fn indent(typed: &str, indent: &str) -> String {
    typed.replace('\n', &format!("\n{indent}"))
}

/// A line without an indentation, or without as much of it as the line has.
fn without<'a>(line: &'a str, indent: &str) -> &'a str {
    let same = line.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
    line.get(same..).unwrap_or(line)
}

impl Dedented {
    /// The span of the scenario that a span of this text stands for.
    pub fn place(&self, span: Span) -> Span {
        Span { start: self.offset(span.start), end: self.offset(span.end) }
    }

    fn offset(&self, offset: u32) -> u32 {
        let line = self.lines.partition_point(|(here, _)| *here <= offset).saturating_sub(1);
        let (here, there) = self.lines.get(line).copied().unwrap_or((0, 0));
        there + (offset - here.min(offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_back() {
        let before = "{\n    \"PolicyDocument\": ";
        for typed in ["{}", "{\n  \"a\": 1\n}", "{\n\n \t\n\r\n}", "\n{\n}\n"] {
            let text = format!("{before}{}\n}}", indent(typed, indentation(before, before.len())));
            let end = text.len() - 2;
            assert_eq!(dedent(&text, before.len(), end).text, typed);
        }
    }

    #[test]
    fn offsets_lead_back() {
        let text = "{\n  \"p\": {\n    \"Sid\": 1\n  }\n}";
        let from = text.find("{\n    ").unwrap();
        let cut = dedent(text, from, text.len() - 2);
        assert_eq!(cut.text, "{\n  \"Sid\": 1\n}");
        let here = cut.text.find("\"Sid\"").unwrap() as u32;
        let there = text.find("\"Sid\"").unwrap() as u32;
        assert_eq!(cut.place(Span { start: here, end: here + 5 }), Span { start: there, end: there + 5 });
    }
}
