//! The words of an expression.

use super::Comparison;
use crate::json::{self, Node, Value};

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// `Name`
    Name(String),
    /// `"Name"`
    Quoted(String),
    /// `` `...` `` and `'...'`
    Literal(Node),
    /// `-1`
    Number(i64),
    /// A comparator.
    Compare(Comparison),
    /// Any other, by its text: `[?`, `[]`, `&&`, `.` ...
    Mark(&'static str),
}

/// Longer ones before those that begin them.
const MARKS: [&str; 18] =
    ["[?", "[]", "||", "&&", ".", "*", "[", "]", ",", ":", "@", "&", "(", ")", "{", "}", "|", "!"];
const COMPARATORS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

/// All words; `None` where something isn't one.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first.is_ascii_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            (Token::Name(name.to_string()), after)
        } else if first.is_ascii_digit() || first == '-' {
            let end = rest.get(1..)?.find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| end + 1);
            let (digits, after) = rest.split_at_checked(end)?;
            (Token::Number(digits.parse().ok()?), after)
        } else if matches!(first, '"' | '\'' | '`') {
            quoted(rest, first)?
        } else if let Some((mark, comparison)) = COMPARATORS.iter().find(|(mark, _)| rest.starts_with(mark)) {
            (Token::Compare(*comparison), rest.get(mark.len()..)?)
        } else {
            let mark = MARKS.iter().find(|mark| rest.starts_with(**mark))?;
            (Token::Mark(mark), rest.get(mark.len()..)?)
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

fn quoted(rest: &str, quote: char) -> Option<(Token, &str)> {
    let mut escaped = false;
    let is_end = |(_, c): &(usize, char)| {
        let end = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        end
    };
    let (end, _) = rest.char_indices().skip(1).find(is_end)?;
    let inner = rest.get(1..end)?;
    let token = match quote {
        '"' => Token::Quoted(json::parse(rest.get(..=end)?).ok()?.as_str()?.to_string()),
        '\'' => Token::Literal(Value::string(inner.replace("\\'", "'")).node()),
        _ => {
            let inner = inner.replace("\\`", "`");
            // What isn't JSON is text without its quotes, as before JMESPath 0.2.
            Token::Literal(
                json::parse(inner.trim()).unwrap_or_else(|_| Value::string(inner.trim_start()).node()),
            )
        }
    };
    Some((token, rest.get(end + 1..)?))
}
