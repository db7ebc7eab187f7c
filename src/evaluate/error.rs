//! What is wrong with a request line.

use crate::json::{self, LineIndex, Params, child};
use crate::policy::Fault;

/// Gives a code's sentence, its placeholders filled.
pub type Wording<'w> = dyn Fn(&str, &Params) -> String + Sync + 'w;

/// The request has a field that doesn't exist.
pub(super) const UNKNOWN_FIELD: &str = "diagnostic.evaluate.unknown-field";
/// A field that must be there isn't.
pub(super) const MISSING_FIELD: &str = "diagnostic.evaluate.missing-field";
/// A field stands twice.
pub(super) const DUPLICATE_KEY: &str = "diagnostic.evaluate.duplicate-key";
/// A value has the wrong JSON type.
pub(super) const INVALID_TYPE: &str = "diagnostic.evaluate.invalid-type";
/// An ARN is malformed.
pub(super) const INVALID_ARN: &str = "diagnostic.evaluate.invalid-arn";
/// Fields contradict each other, or a value isn't among the legal ones.
pub(super) const INVALID_REQUEST: &str = "diagnostic.evaluate.invalid-request";
/// Bytes that are no text.
const NOT_UTF8: &str = "diagnostic.evaluate.not-utf8";
/// Line or document aren't JSON.
const INVALID_JSON: &str = "diagnostic.evaluate.invalid-json";
/// Beyond what is read.
pub(super) const TOO_LARGE: &str = "diagnostic.evaluate.too-large";
/// Nested beyond what is read.
const TOO_DEEP: &str = "diagnostic.evaluate.too-deep";

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Error {
    /// Catalogue key.
    pub code: &'static str,
    pub params: Params,
    /// JSON Pointer in the line.
    pub pointer: String,
    /// Why a text isn't JSON: a sentence within the sentence.
    reason: Option<json::Fault>,
}

impl Error {
    pub fn new(code: &'static str, pointer: impl Into<String>) -> Box<Self> {
        Box::new(Error { code, params: Params::new(), pointer: pointer.into(), reason: None })
    }

    pub fn with(mut self: Box<Self>, name: &'static str, value: impl Into<String>) -> Box<Self> {
        self.params.insert(name, value.into());
        self
    }

    /// A value that isn't legal, with those that are.
    pub fn value(code: &'static str, pointer: impl Into<String>, value: &str, expected: &str) -> Box<Self> {
        Error::new(code, pointer).with("value", value).with("expected", expected)
    }

    /// A text that isn't JSON.
    pub fn json(fault: &json::Fault, text: &str, pointer: &str) -> Box<Self> {
        let code = match fault.code.rsplit('.').next() {
            Some("too-deep") => TOO_DEEP,
            Some("too-large") => TOO_LARGE,
            _ => INVALID_JSON,
        };
        let place = LineIndex::new(text).position(fault.span.start);
        let error = Error::new(code, pointer).with("line", place.line.to_string());
        let mut error = error.with("column", place.column.to_string());
        error.reason = Some(fault.clone());
        error
    }

    /// The first fault of a document that stands at `pointer`.
    pub fn policy(faults: Vec<Fault>, pointer: &str) -> Box<Self> {
        match faults.into_iter().next() {
            Some(fault) => {
                let mut error = Error::new(fault.code, [pointer, &fault.pointer].concat());
                error.params = fault.params;
                error
            }
            None => Error::new(INVALID_REQUEST, pointer),
        }
    }

    /// A line that is no text.
    pub fn not_utf8() -> Box<Self> {
        Error::new(NOT_UTF8, "")
    }

    pub fn missing(field: &str, pointer: &str) -> Box<Self> {
        Error::new(MISSING_FIELD, pointer).with("field", field)
    }

    pub fn unknown(field: &str, pointer: &str) -> Box<Self> {
        Error::new(UNKNOWN_FIELD, child(pointer, field)).with("field", field)
    }

    /// The code without its catalogue prefix.
    pub fn short_code(&self) -> &'static str {
        let code = if self.code == NOT_UTF8 { INVALID_JSON } else { self.code };
        code.rsplit_once('.').map_or(code, |(_, short)| short)
    }

    pub fn message(&self, wording: &Wording<'_>) -> String {
        let mut params = self.params.clone();
        if let Some(fault) = &self.reason {
            params.insert("reason", wording(fault.code, &fault.params));
        }
        wording(self.code, &params)
    }
}
