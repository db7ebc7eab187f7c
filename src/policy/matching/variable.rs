//! Policy variables: `${aws:username}`, with a default `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}`.
//!
//! AWS page: IAM User Guide, "IAM policy elements: Variables and tags". They exist since version 2012-10-17.
//! What a variable stands for is text, never a wildcard, and isn't read for variables again.

use super::ConditionKeys;
use super::wildcard::{Token, tokens_match};
use crate::gather::Gather;

/// A text with variables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Template {
    parts: Box<[Part]>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(Box<str>),
    One,
    Many,
    Variable {
        /// Lower case, as the context compares keys.
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

/// Whether `*` and `?` outside of `${}` are wildcards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wildcards {
    /// They are: Resource, StringLike, ARN operators.
    Read,
    /// They are text: StringEquals, Bool.
    Literal,
}

impl Template {
    /// The template of a text; `None` if it has no variable.
    pub(crate) fn new(text: &str, wildcards: Wildcards) -> Option<Self> {
        if !text.contains("${") {
            return None;
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inner, behind)) = after.split_once('}') else { break };
            literal(before, wildcards, &mut parts);
            parts.push(variable(inner));
            rest = behind;
        }
        literal(rest, wildcards, &mut parts);
        Some(Template { parts: parts.into() })
    }

    /// Whether `text` matches once the variables are replaced; a variable without value matches nothing.
    pub(crate) fn matches(&self, keys: &dyn ConditionKeys, text: &str) -> bool {
        self.tokens(keys).is_some_and(|tokens| tokens_match(&tokens, text))
    }

    /// The text with its variables replaced; `None` if one has no value.
    pub(crate) fn resolve(&self, keys: &dyn ConditionKeys) -> Option<String> {
        let text = self.tokens(keys)?.iter().fold(String::new(), |mut text, token| {
            text.push_str(match token {
                Token::Text(part) => part,
                Token::One => "?",
                Token::Many => "*",
            });
            text
        });
        Some(text)
    }

    /// The pattern with its variables replaced; `None` if one has no value.
    pub(crate) fn tokens<'t>(&'t self, keys: &'t dyn ConditionKeys) -> Option<Vec<Token<'t>>> {
        let token = |part: &'t Part| {
            Some(match part {
                Part::Text(text) => Token::Text(text),
                Part::One => Token::One,
                Part::Many => Token::Many,
                Part::Variable { key, default } => Token::Text(match keys.get(key) {
                    Some(found) => found.single()?,
                    None => default.as_deref()?,
                }),
            })
        };
        self.parts.iter().map(token).gather()
    }

    /// Keys of the variables, in lower case.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { key, .. } => Some(&**key),
            _ => None,
        })
    }
}

/// What stands between `${` and `}`.
fn variable(inner: &str) -> Part {
    if let "*" | "?" | "$" = inner {
        return Part::Text(inner.into());
    }
    let (key, default) = match inner.split_once(',') {
        Some((key, rest)) => {
            let quoted = rest.trim().strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            (key, quoted.map(Box::from))
        }
        None => (inner, None),
    };
    Part::Variable { key: key.trim().to_ascii_lowercase().into(), default }
}

fn literal(text: &str, wildcards: Wildcards, parts: &mut Vec<Part>) {
    if wildcards == Wildcards::Literal {
        push(text, parts);
        return;
    }
    for piece in text.split_inclusive(['*', '?']) {
        push(piece.trim_end_matches(['*', '?']), parts);
        if piece.ends_with('*') {
            parts.push(Part::Many);
        } else if piece.ends_with('?') {
            parts.push(Part::One);
        }
    }
}

fn push(text: &str, parts: &mut Vec<Part>) {
    if !text.is_empty() {
        parts.push(Part::Text(text.into()));
    }
}
