//! Collects diagnostics of one document, bounded, with their places.

use crate::gather::Gather;
use crate::json::{Diagnostic, LineIndex, Node, Severity, Span, Value, pointer_of};
use crate::sorted::sort_by;

/// More findings than this are not collected: the reader mends the first ones, and a long list costs time.
const MAX_FINDINGS: usize = 200;

/// A node of the document, or what its intrinsics resolve to; its span leads back to its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub node: &'a Node,
}

impl<'a> At<'a> {
    pub fn new(node: &'a Node) -> Self {
        At { node }
    }

    /// The member of that name; `null` counts as absent.
    #[inline(never)]
    pub fn field(self, name: &str) -> Option<At<'a>> {
        self.node.get(name).filter(|node| node.value != Value::Null).map(At::new)
    }

    /// The items of an array, `null` left out.
    pub fn items(self) -> impl Iterator<Item = At<'a>> {
        self.node.items().iter().filter(|node| node.value != Value::Null).map(At::new)
    }

    /// The members of an object, each with its key.
    pub fn members(self) -> impl Iterator<Item = (&'a str, At<'a>)> {
        self.node.members().iter().map(|member| (&*member.key, At::new(&member.node)))
    }

    /// The string, if it is one.
    pub fn text(self) -> Option<&'a str> {
        self.node.as_str()
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.node.span
    }
}

/// Everything found so far.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    lines: LineIndex<'a>,
    root: &'a Node,
    found: Vec<Diagnostic>,
    errors: usize,
}

impl<'a> Findings<'a> {
    /// Nothing found yet in `text`, which parses to `root`.
    pub fn new(text: &'a str, root: &'a Node) -> Self {
        Findings { lines: LineIndex::new(text), root, found: Vec::new(), errors: 0 }
    }

    /// Nobody will read what is found.
    pub fn silent() -> Self {
        const NOTHING: &Node = &Node { value: Value::Null, span: Span { start: 0, end: 0 } };
        Findings { errors: 0, found: Vec::new(), ..Findings::new("", NOTHING) }
    }

    /// The JSON Pointer of what stands at a span.
    pub fn pointer(&self, span: Span) -> String {
        pointer_of(self.root, span)
    }

    /// Something is wrong at a node.
    pub fn error(&mut self, code: &'static str, at: At<'_>, params: &[(&'static str, &str)]) {
        self.at(Severity::Error, code, at.span(), params);
    }

    /// Something at a node isn't modelled, or is doubtful.
    pub fn warning(&mut self, code: &'static str, at: At<'_>, params: &[(&'static str, &str)]) {
        self.at(Severity::Warning, code, at.span(), params);
    }

    /// A finding at any span.
    pub fn at(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        params: &[(&'static str, &str)],
    ) {
        let pointer = if self.is_full() { String::new() } else { self.pointer(span) };
        self.add(severity, code, &pointer, span, params);
    }

    /// A finding whose pointer is known.
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
        finding.params = params.iter().map(|(name, value)| (*name, (*value).to_string())).gather();
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
