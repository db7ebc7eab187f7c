//! What is wrong in a document, and where: a code and parameters, never a sentence.

use super::{LineIndex, Position, Span};
use crate::sorted::SortedMap;
use serde::Serialize;

/// Values for the placeholders of a catalogue text.
pub type Params = SortedMap<&'static str, String>;

/// `error`: wrong, the document is refused. `warning`: not modelled or doubtful, the rest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document is wrong.
    Error,
    /// Something isn't modelled, or is doubtful.
    Warning,
}

/// One finding about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// Catalogue key, `diagnostic....`.
    pub code: &'static str,
    /// Values of the text's placeholders.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub params: Params,
    /// JSON Pointer of the value that is meant.
    pub pointer: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl Diagnostic {
    /// A finding at `span` of the text that `lines` indexes.
    pub fn new(
        severity: Severity,
        code: &'static str,
        pointer: impl Into<String>,
        span: Span,
        lines: &LineIndex<'_>,
    ) -> Self {
        let place = lines.span(span);
        Diagnostic {
            severity,
            code,
            params: Params::new(),
            pointer: pointer.into(),
            start: place.start,
            end: place.end,
        }
    }

    /// Adds a parameter.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.insert(name, value.into());
        self
    }
}
