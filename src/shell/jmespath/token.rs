//! The words of an expression, and what the reference implementation says where something isn't one.

use crate::gather::Gather;
use crate::json::{self, Node, Value};
use crate::shell::python;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Quoted,
    Literal,
    Number,
    Equal,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,
    Less,
    Greater,
    Or,
    And,
    Pipe,
    Reference,
    Not,
    Flatten,
    Filter,
    Bracket,
    Dot,
    Star,
    BracketEnd,
    Comma,
    Colon,
    Current,
    Parenthesis,
    ParenthesisEnd,
    Brace,
    BraceEnd,
    End,
}

/// Each with the reference implementation's name, its binding power, and how it is written; longer ones before those
/// that begin them.
const KINDS: [(Kind, &str, u8, &str); 29] = [
    (Kind::Name, "unquoted_identifier", 0, ""),
    (Kind::Quoted, "quoted_identifier", 0, ""),
    (Kind::Literal, "literal", 0, ""),
    (Kind::Number, "number", 0, ""),
    (Kind::Equal, "eq", 5, "=="),
    (Kind::NotEqual, "ne", 5, "!="),
    (Kind::LessOrEqual, "lte", 5, "<="),
    (Kind::GreaterOrEqual, "gte", 5, ">="),
    (Kind::Less, "lt", 5, "<"),
    (Kind::Greater, "gt", 5, ">"),
    (Kind::Or, "or", 2, "||"),
    (Kind::And, "and", 3, "&&"),
    (Kind::Pipe, "pipe", 1, "|"),
    (Kind::Reference, "expref", 0, "&"),
    (Kind::Not, "not", 45, "!"),
    (Kind::Flatten, "flatten", 9, "[]"),
    (Kind::Filter, "filter", 21, "[?"),
    (Kind::Bracket, "lbracket", 55, "["),
    (Kind::Dot, "dot", 40, "."),
    (Kind::Star, "star", 20, "*"),
    (Kind::BracketEnd, "rbracket", 0, "]"),
    (Kind::Comma, "comma", 0, ","),
    (Kind::Colon, "colon", 0, ":"),
    (Kind::Current, "current", 0, "@"),
    (Kind::Parenthesis, "lparen", 60, "("),
    (Kind::ParenthesisEnd, "rparen", 0, ")"),
    (Kind::Brace, "lbrace", 50, "{"),
    (Kind::BraceEnd, "rbrace", 0, "}"),
    (Kind::End, "eof", 0, ""),
];

impl Kind {
    fn row(self) -> (&'static str, u8) {
        let row = KINDS.iter().find(|(own, ..)| *own == self);
        row.map_or(("", 0), |(_, name, power, _)| (name, *power))
    }

    /// As the reference implementation calls it.
    pub(super) fn name(self) -> &'static str {
        self.row().0
    }

    /// How strongly it binds what stands before it.
    pub(super) fn power(self) -> u8 {
        self.row().1
    }
}

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As written; of a name or a literal what it stands for.
    pub(super) text: String,
    /// Its first character.
    pub(super) start: usize,
    pub(super) literal: Node,
    pub(super) number: i64,
}

/// What the reference implementation says of a text that isn't a word, with the place.
fn unknown(text: &str, message: &str, at: usize) -> String {
    ["Bad jmespath expression: ", message, ":\n", text, "\n", &" ".repeat(at), "^"].concat()
}

/// All words, and the end after them.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut reader = Reader { text, letters: text.chars().gather(), at: 0, tokens: Vec::new() };
    while let Some(first) = reader.peek() {
        reader.token(first)?;
    }
    reader.push(Kind::End, String::new(), reader.at);
    Ok(reader.tokens)
}

struct Reader<'a> {
    text: &'a str,
    letters: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn push(&mut self, kind: Kind, text: String, start: usize) {
        self.tokens.push(Token { kind, text, start, literal: Value::Null.node(), number: 0 });
    }

    /// The letters from here on that belong to a word.
    fn run(&mut self, belongs: fn(char) -> bool) -> String {
        let start = self.at;
        self.at += 1;
        while self.peek().is_some_and(belongs) {
            self.at += 1;
        }
        self.letters.get(start..self.at).unwrap_or_default().iter().copied().gather()
    }

    fn token(&mut self, first: char) -> Result<(), String> {
        let start = self.at;
        match first {
            ' ' | '\t' | '\n' | '\r' => self.at += 1,
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let name = self.run(|letter| letter.is_ascii_alphanumeric() || letter == '_');
                self.push(Kind::Name, name, start);
            }
            '-' | '0'..='9' => {
                let text = self.run(|letter| letter.is_ascii_digit());
                let Ok(number) = text.parse() else {
                    return Err(unknown(self.text, &["Unknown token '", &text, "'"].concat(), start));
                };
                self.push(Kind::Number, text, start);
                self.tokens.iter_mut().next_back().into_iter().for_each(|token| token.number = number);
            }
            '"' | '\'' | '`' => self.quoted(first)?,
            _ => {
                let is_here = |mark: &str| {
                    !mark.is_empty()
                        && mark
                            .chars()
                            .enumerate()
                            .all(|(place, one)| self.letters.get(start + place) == Some(&one))
                };
                let Some((kind, .., mark)) = KINDS.iter().find(|(.., mark)| is_here(mark)) else {
                    let shown = if first == '=' { "'='".to_string() } else { first.to_string() };
                    return Err(unknown(self.text, &["Unknown token ", &shown].concat(), start));
                };
                self.at += mark.len();
                self.push(*kind, mark.to_string(), start);
            }
        }
        Ok(())
    }

    /// What stands between two quotes, in which a `\` guards the next letter.
    fn quoted(&mut self, quote: char) -> Result<(), String> {
        let start = self.at;
        let mut inner = String::new();
        loop {
            self.at += 1;
            let guarded = self.peek() == Some('\\');
            if guarded {
                inner.push('\\');
                self.at += 1;
            }
            match self.peek() {
                None => {
                    let message = ["Unclosed ", quote.encode_utf8(&mut [0; 4]), " delimiter"].concat();
                    return Err(unknown(self.text, &message, start));
                }
                Some(letter) if letter == quote && !guarded => break,
                Some(letter) => inner.push(letter),
            }
        }
        self.at += 1;
        let (kind, literal) = match quote {
            '\'' => (Kind::Literal, Value::string(inner.replace("\\'", "'")).node()),
            '"' => (Kind::Quoted, self.name(&["\"", &inner, "\""].concat(), start)?),
            _ => {
                let inner = inner.replace("\\`", "`");
                // What isn't JSON is text without its quotes, as before JMESPath 0.2.
                let text = || json::parse(&["\"", inner.trim_start(), "\""].concat());
                let node = json::parse(inner.trim()).or_else(|_| text());
                let bad = || unknown(self.text, &["Bad token ", &inner].concat(), start);
                (Kind::Literal, node.map_err(|_| bad())?)
            }
        };
        let text = python::text(&literal);
        self.tokens.push(Token { kind, text, start, literal, number: 0 });
        Ok(())
    }

    fn name(&self, text: &str, start: usize) -> Result<Node, String> {
        python::json::parse(text).map_err(|fault| match fault {
            python::json::Fault::Words(words) => {
                unknown(self.text, words.split(':').next().unwrap_or_default(), start)
            }
            python::json::Fault::NotModelled => unknown(self.text, "Bad token", start),
        })
    }
}
