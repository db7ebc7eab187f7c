//! The scenario document: its text is the single truth, its tree a view on it.

use super::findings::Findings;
use super::patch;
use super::policy_text::{self, Dedented};
use crate::gather::Gather;
use crate::json::{self, Diagnostic, Node, Position, Severity, Span};
use crate::sorted::SortedMap;
use std::sync::Arc;

/// A scenario's text, parsed.
///
/// Pointers into it are JSON Pointers (RFC 6901) from the document's root.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    text: Arc<str>,
    root: Node,
    /// White space around a policy that the reader typed, in bytes before and after its value: a part of
    /// the text that spans count in, though no part of the value.
    typed: SortedMap<String, (u32, u32)>,
}

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

impl Document {
    /// Parses a text of at most [`MAX_BYTES`]. Errors: one diagnostic, where the text stops being JSON.
    pub fn parse(text: impl Into<Arc<str>>) -> Result<Self, Vec<Diagnostic>> {
        let text = text.into();
        if text.len() > MAX_BYTES {
            let mut findings = Findings::silent();
            let limit = [("limit", MAX_BYTES.to_string())];
            let params = limit.each_ref().map(|(name, value)| (*name, value.as_str()));
            findings.add(Severity::Error, "diagnostic.document-too-large", "", Span::default(), &params);
            return Err(findings.finish());
        }
        match json::parse(&text) {
            Ok(root) => Ok(Document { text, root, typed: SortedMap::new() }),
            Err(fault) => Err(vec![at_fault(&text, &fault, "")]),
        }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The tree; its spans are bytes of [`Document::text`].
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The value at a pointer.
    pub fn lookup(&self, pointer: &str) -> Option<&Node> {
        json::lookup(&self.root, pointer)
    }

    /// The text of the policy at `pointer`, as an editor shows it and as citations' spans count in it.
    pub fn policy_text(&self, pointer: &str) -> Option<String> {
        self.policy_slice(pointer).map(|slice| slice.text)
    }

    /// This document with the text of the policy at `pointer` replaced by what the reader typed.
    ///
    /// Errors: diagnostics of the typed text, whose lines and columns count in that text.
    pub fn set_policy(&self, pointer: &str, typed: &str) -> Result<Self, Vec<Diagnostic>> {
        if let Err(fault) = json::parse(typed) {
            return Err(vec![at_fault(typed, &fault, pointer)]);
        }
        let Some((from, to)) = self.policy_region(pointer).filter(|_| patch::is_below_resources(pointer))
        else {
            return Err(vec![patch::wrong_path(pointer)]);
        };
        let indented = policy_text::indent(typed, policy_text::indentation(&self.text, from));
        let (before, after) = (self.text.get(..from).unwrap_or(""), self.text.get(to..).unwrap_or(""));
        let mut document = self.spliced(format!("{before}{indented}{after}"), pointer)?;
        let value = indented.trim();
        let lead = indented.len() - indented.trim_start().len();
        let around = (lead as u32, (indented.len() - lead - value.len()) as u32);
        document.typed.insert(pointer.to_string(), around);
        Ok(document)
    }

    /// Findings about this document as they stand in the text of the policy at `pointer`.
    ///
    /// Those inside the policy get its lines and columns; an error elsewhere keeps its pointer and stands at
    /// the beginning; warnings elsewhere are left out.
    pub fn in_policy(&self, pointer: &str, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let lines = json::LineIndex::new(&self.text);
        let Some((from, _)) = self.policy_region(pointer) else {
            return found;
        };
        let begin = lines.position(from as u32);
        let indent = policy_text::indentation(&self.text, from).len() as u32;
        let place = |position: Position| {
            let line = position.line.saturating_sub(begin.line) + 1;
            let before = if line == 1 { begin.column.saturating_sub(1) } else { indent };
            Position { line, column: position.column.saturating_sub(before).max(1) }
        };
        let below = format!("{pointer}/");
        let moved = found.into_iter().filter_map(|mut diagnostic| {
            if diagnostic.pointer == pointer || diagnostic.pointer.starts_with(&below) {
                (diagnostic.start, diagnostic.end) = (place(diagnostic.start), place(diagnostic.end));
                return Some(diagnostic);
            }
            let first = Position { line: 1, column: 1 };
            (diagnostic.start, diagnostic.end) = (first, first);
            (diagnostic.severity == Severity::Error).then_some(diagnostic)
        });
        moved.gather()
    }

    /// Where a span of the policy's own text stands in the scenario.
    pub(crate) fn policy_slice(&self, pointer: &str) -> Option<Dedented> {
        let (from, to) = self.policy_region(pointer)?;
        Some(policy_text::dedent(&self.text, from, to))
    }

    /// From where to where the policy's text goes: its value, and what white space the reader typed around it.
    fn policy_region(&self, pointer: &str) -> Option<(usize, usize)> {
        let span = self.lookup(pointer)?.span;
        let (from, to) = (span.start as usize, span.end as usize);
        let Some((before, after)) = self.typed.get(pointer) else {
            return Some((from, to));
        };
        let (lead, trail) = (from.saturating_sub(*before as usize), to + *after as usize);
        let blank = |text: Option<&str>| text.is_some_and(|text| text.trim().is_empty());
        let is_typed = blank(self.text.get(lead..from)) && blank(self.text.get(to..trail));
        Some(if is_typed { (lead, trail) } else { (from, to) })
    }

    /// This document with another text; what was typed stays typed unless `changed` holds or is that value.
    pub(crate) fn spliced(&self, text: String, changed: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut document = Document::parse(text)?;
        let below = format!("{changed}/");
        document.typed = self.typed.clone();
        document.typed.retain(|pointer, _| pointer != changed && !pointer.starts_with(&below));
        Ok(document)
    }
}

/// A syntax error as a diagnostic; places count in `text`.
fn at_fault(text: &str, fault: &json::Fault, pointer: &str) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(Severity::Error, fault.code, pointer, fault.span, &json::LineIndex::new(text));
    diagnostic.params = fault.params.clone();
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"accounts\": {\"1\": {\"template\": {\"Resources\": {\n    \"P\": {\n      \"D\": {\n        \"a\": 1\n      }\n    }\n  }}}}\n}";
    const POINTER: &str = "/accounts/1/template/Resources/P/D";

    #[test]
    fn a_typed_policy_comes_back_as_typed() {
        let document = Document::parse(TEXT).unwrap();
        assert_eq!(document.policy_text(POINTER).as_deref(), Some("{\n  \"a\": 1\n}"));
        for typed in ["{}", "{\n  \"a\": 2\n}", "\n\n  {\n\n\t\"a\": [\n]}\n \n"] {
            let next = document.set_policy(POINTER, typed).unwrap();
            assert_eq!(next.policy_text(POINTER).as_deref(), Some(typed));
            let again = next.set_policy(POINTER, typed).unwrap();
            assert_eq!(again.policy_text(POINTER).as_deref(), Some(typed));
        }
    }

    #[test]
    fn a_broken_policy_is_shown_in_its_own_lines() {
        let document = Document::parse(TEXT).unwrap();
        let found = document.set_policy(POINTER, "{\n  \"a\": }").unwrap_err();
        assert_eq!((found[0].pointer.as_str(), found[0].start.line, found[0].start.column), (POINTER, 2, 8));
    }

    #[test]
    fn refuses_too_long_a_text() {
        let found = Document::parse(" ".repeat(MAX_BYTES + 1)).unwrap_err();
        assert_eq!(found[0].code, "diagnostic.document-too-large");
    }
}
