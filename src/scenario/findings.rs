//! Collects diagnostics of one document, bounded, with their places.

use crate::json::{Diagnostic, LineIndex, Node, Severity, Span, child};
use crate::sorted::sort_by;

/// More findings than this are not collected: the reader mends the first ones, and a long list costs time.
const MAX_FINDINGS: usize = 200;

/// A node of the document and its pointer.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub node: &'a Node,
    pub pointer: String,
}

impl<'a> At<'a> {
    pub fn new(node: &'a Node, pointer: impl Into<String>) -> Self {
        At { node, pointer: pointer.into() }
    }

    /// The member of that name; `null` counts as absent.
    pub fn field(&self, name: &str) -> Option<At<'a>> {
        let node = self.node.get(name).filter(|node| node.kind() != "null")?;
        Some(At::new(node, child(&self.pointer, name)))
    }

    /// The items of an array, `null` left out.
    pub fn items(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let pointer = self.pointer.clone();
        let items = self.node.items().iter().enumerate().filter(|(_, node)| node.kind() != "null");
        items.map(move |(place, node)| At::new(node, child(&pointer, &place.to_string())))
    }

    /// The members of an object, each with its key.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, At<'a>)> + use<'a> {
        let pointer = self.pointer.clone();
        self.node
            .members()
            .iter()
            .map(move |member| (&*member.key, At::new(&member.node, child(&pointer, &member.key))))
    }

    /// The string, if it is one.
    pub fn text(&self) -> Option<&'a str> {
        self.node.as_str()
    }
}

/// Everything found so far.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    lines: LineIndex<'a>,
    found: Vec<Diagnostic>,
    errors: usize,
}

impl<'a> Findings<'a> {
    /// Nothing found in `text` yet.
    pub fn new(text: &'a str) -> Self {
        Findings { lines: LineIndex::new(text), found: Vec::new(), errors: 0 }
    }

    /// Something is wrong at a node.
    pub fn error(&mut self, code: &'static str, at: &At<'_>, params: &[(&'static str, &str)]) {
        self.add(Severity::Error, code, &at.pointer, at.node.span, params);
    }

    /// Something at a node isn't modelled, or is doubtful.
    pub fn warning(&mut self, code: &'static str, at: &At<'_>, params: &[(&'static str, &str)]) {
        self.add(Severity::Warning, code, &at.pointer, at.node.span, params);
    }

    /// A finding at any span.
    pub fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        pointer: &str,
        span: Span,
        params: &[(&'static str, &str)],
    ) {
        self.errors += usize::from(severity == Severity::Error);
        if self.is_full() {
            return;
        }
        let mut finding = Diagnostic::new(severity, code, pointer, span, &self.lines);
        finding.params = params.iter().map(|(name, value)| (*name, (*value).to_string())).collect();
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    /// Whether no further finding is kept, so that a suggestion for it would be lost work.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MAX_FINDINGS
    }

    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All findings in the order of the text.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        sort_by(&mut self.found, |a, b| (a.start, a.end).cmp(&(b.start, b.end)));
        self.found
    }
}
