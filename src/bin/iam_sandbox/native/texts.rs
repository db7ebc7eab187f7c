//! The English catalogue: codes and parameters to sentences.

use super::terminal::printable;
use iam_sandbox::json::{self, Diagnostic, Node};
use iam_sandbox::sorted::SortedMap;

const ENGLISH: &str = include_str!("../../../../www/texts/en.json");
const FINDINGS: &str = include_str!("../../../../www/texts/findings.en.json");

/// The sentences by code.
pub struct Texts {
    root: Option<Node>,
}

impl Texts {
    /// The catalogue that the program carries.
    pub fn english() -> Self {
        Texts { root: json::parse(ENGLISH).ok() }
    }

    /// The sentences of findings about policies.
    pub fn english_findings() -> Self {
        Texts { root: json::parse(FINDINGS).ok() }
    }

    /// The sentence of `code`, its `{name}` placeholders filled; the code itself if the catalogue lacks it.
    pub fn say(&self, code: &str, params: &SortedMap<&'static str, String>) -> String {
        let sentence =
            self.root.as_ref().and_then(|root| root.get(code)).and_then(Node::as_str).unwrap_or(code);
        fill(sentence, params)
    }

    /// `file:line:column: error: sentence (pointer)`.
    pub fn diagnostic(&self, file: &str, finding: &Diagnostic) -> String {
        let severity = match finding.severity {
            json::Severity::Error => "error",
            json::Severity::Warning => "warning",
        };
        let (line, column) = (finding.start.line, finding.start.column);
        let sentence = self.say(finding.code, &finding.params);
        let pointer = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
        printable(&format!("{file}:{line}:{column}: {severity}: {sentence} [{pointer}]"))
    }
}

/// Replaces each `{name}` that has a value.
fn fill(sentence: &str, params: &SortedMap<&'static str, String>) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        match tail.split_once('}').and_then(|(name, after)| Some((params.get(name)?, after))) {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_what_it_knows() {
        let params = SortedMap::from([("a", "{b}".to_string())]);
        assert_eq!(fill("x {a} {b} {", &params), "x {b} {b} {");
    }
}
