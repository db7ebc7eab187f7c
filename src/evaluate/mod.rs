//! `iam-sandbox evaluate`: a request with its policies as a line of JSON, its decision as another.
//!
//! AWS page: IAM User Guide, "Policy evaluation logic". Entry: [`Evaluator::line`]. Whoever calls it reads and
//! writes the lines. Left out on purpose: web identity and SAML principals; sizes and other limits of a service's PUT.

mod answer;
mod context;
mod denied_message;
mod documents;
mod error;
mod policies;
mod principal;
mod request;

pub use denied_message::{DeniedMessage, MAX_MESSAGE};
pub use error::Wording;

use crate::authorization::{Detail, authorize_without, suggest};
use crate::json::{self, Node, Value};
use crate::policy::Policy;
use documents::Documents;
use error::{Error, TOO_LARGE};
use request::{Asked, read};

/// Longest line that is read, in bytes.
pub const MAX_LINE: usize = 16 << 20;

/// Whether answers say what would change them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestions {
    /// They do.
    Given,
    /// They don't.
    Omitted,
}

/// Answers lines; equal documents are parsed once.
pub struct Evaluator<'w> {
    detail: Detail,
    suggestions: Suggestions,
    wording: &'w Wording<'w>,
    documents: Documents,
}

impl<'w> Evaluator<'w> {
    /// An evaluator that answers in that detail, with sentences for its errors.
    pub fn new(detail: Detail, wording: &'w Wording<'w>) -> Self {
        Evaluator { detail, suggestions: Suggestions::Omitted, wording, documents: Documents::default() }
    }

    /// The same with or without suggestions.
    pub fn with_suggestions(self, suggestions: Suggestions) -> Self {
        Evaluator { suggestions, ..self }
    }

    /// The answer to one line of bytes, as [`Evaluator::line`]; bytes that aren't UTF-8 are an error.
    pub fn bytes(&mut self, line: &[u8]) -> String {
        if let Ok(text) = std::str::from_utf8(line) {
            return self.line(text);
        }
        let mut out = String::new();
        answer::write_error(None, &Error::not_utf8(), self.wording, &mut out);
        out
    }

    /// The answer to one line, without a line break: a decision or an error, never neither.
    pub fn line(&mut self, line: &str) -> String {
        let mut out = String::with_capacity(256);
        match parse(line) {
            Ok(node) => {
                let id = if matches!(node.value, Value::Object(_)) { node.get("id") } else { None };
                match read(line, &node, &mut self.documents) {
                    Ok(asked) => self.answer(id, &asked, &node, &mut out),
                    Err(error) => answer::write_error(id, &error, self.wording, &mut out),
                }
            }
            Err(error) => answer::write_error(None, &error, self.wording, &mut out),
        }
        out
    }

    fn answer(&self, id: Option<&Node>, asked: &Asked, line: &Node, out: &mut String) {
        let Asked { request, policies, off } = asked;
        let answer = authorize_without(request, policies, off, self.detail);
        let suggestions = (self.suggestions == Suggestions::Given)
            .then(|| suggest(request, policies, off, &|policy| document(line, policy)));
        answer::write(id, &answer, self.detail, suggestions.as_deref(), out);
    }
}

/// A policy's document as it stands in the line.
fn document(line: &Node, policy: &Policy) -> Option<Node> {
    let node = json::lookup(line, &policy.pointer)?;
    match &node.value {
        Value::String(text) => json::parse(text).ok(),
        _ => Some(node.clone()),
    }
}

fn parse(line: &str) -> Result<Node, Box<Error>> {
    if line.len() > MAX_LINE {
        return Err(Error::new(TOO_LARGE, "").with("limit", MAX_LINE.to_string()));
    }
    json::parse(line).map_err(|fault| Error::json(&fault, line, ""))
}
