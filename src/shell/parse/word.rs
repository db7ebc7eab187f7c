//! Words: quotes, `\`, `$`.
//!
//! Reference: GNU Bash manual, "Quoting" and "Shell Expansions".

use super::{MAX_DEPTH, ParseFault, Parser};
use crate::gather::Gather;
use crate::shell::syntax::{Segment, Word};

impl Parser<'_> {
    /// A word; `None` at an operator.
    pub(super) fn word(&mut self) -> Result<Option<Word>, Box<ParseFault>> {
        let mut word = Word::default();
        let start = self.at;
        if self.peek() == Some('~') {
            let after = self.rest().chars().nth(1);
            if after.is_none_or(|next| {
                next == '/' || next.is_whitespace() || matches!(next, ';' | '|' | '&' | ')')
            }) {
                self.bump();
                word.segments.push(Segment::Home);
            }
        }
        while let Some(next) = self.peek() {
            match next {
                ' ' | '\t' | '\n' | '\r' | ';' | '|' | '&' | '<' | '>' | ')' => break,
                '(' => return Err(ParseFault::not_modelled("(")),
                '`' => self.backquotes(&mut word, false)?,
                '\\' => {
                    self.bump();
                    match self.bump() {
                        Some('\n') => {}
                        Some(escaped) => word.push_text(escaped.encode_utf8(&mut [0; 4])),
                        None => word.push_text("\\"),
                    }
                }
                '\'' => {
                    self.bump();
                    let Some((text, _)) = self.rest().split_once('\'') else {
                        return Err(ParseFault::new("cli.syntax.unfinished-quote"));
                    };
                    let text = text.to_string();
                    self.at += text.len() + 1;
                    word.push_text(&text);
                }
                '"' => {
                    self.bump();
                    self.quoted(&mut word, Some('"'))?;
                    if word.segments.is_empty() {
                        word.push_text("");
                    }
                }
                '$' => self.dollar(&mut word, false)?,
                next => {
                    self.bump();
                    word.push_text(next.encode_utf8(&mut [0; 4]));
                }
            }
        }
        Ok((self.at > start).then_some(word))
    }

    /// Text in which `$` is expanded, up to `end` (taken too) or the end of the text.
    pub(super) fn quoted(&mut self, word: &mut Word, end: Option<char>) -> Result<(), Box<ParseFault>> {
        loop {
            match self.peek() {
                None if end.is_none() => return Ok(()),
                None => return Err(ParseFault::new("cli.syntax.unfinished-quote")),
                Some(next) if Some(next) == end => {
                    self.bump();
                    return Ok(());
                }
                Some('`') => self.backquotes(word, true)?,
                Some('$') => self.dollar(word, true)?,
                Some('\\') => {
                    self.bump();
                    match self.peek() {
                        Some('\n') => drop(self.bump()),
                        Some(next @ ('$' | '"' | '\\' | '`')) => {
                            self.bump();
                            word.push_text(next.encode_utf8(&mut [0; 4]));
                        }
                        _ => word.push_text("\\"),
                    }
                }
                Some(next) => {
                    self.bump();
                    word.push_text(next.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    fn dollar(&mut self, word: &mut Word, quoted: bool) -> Result<(), Box<ParseFault>> {
        self.bump();
        if self.rest().starts_with("((") {
            return Err(ParseFault::not_modelled("$(("));
        }
        if self.eat("(") {
            return self.substitution(word, quoted);
        }
        if self.eat("{") {
            let Some((name, _)) = self.rest().split_once('}') else {
                return Err(ParseFault::new("cli.syntax.unfinished-brace"));
            };
            let name = name.to_string();
            self.at += name.len() + 1;
            if !is_name(&name) && name != "?" {
                return Err(ParseFault::not_modelled(&format!("${{{name}}}")));
            }
            word.segments.push(Segment::Variable { name, quoted });
            return Ok(());
        }
        if self.eat("?") {
            word.segments.push(Segment::Variable { name: "?".to_string(), quoted });
            return Ok(());
        }
        match self.peek() {
            Some(next) if next.is_ascii_alphabetic() || next == '_' => {
                let name: String = self
                    .rest()
                    .chars()
                    .take_while(|next| next.is_ascii_alphanumeric() || *next == '_')
                    .gather();
                self.at += name.len();
                word.segments.push(Segment::Variable { name, quoted });
                Ok(())
            }
            Some(next) if next.is_ascii_digit() || matches!(next, '@' | '*' | '#' | '!' | '$' | '-') => {
                Err(ParseFault::not_modelled(&format!("${next}")))
            }
            Some('\'') if !quoted => Err(ParseFault::not_modelled("$'")),
            _ => {
                word.push_text("$");
                Ok(())
            }
        }
    }

    fn substitution(&mut self, word: &mut Word, quoted: bool) -> Result<(), Box<ParseFault>> {
        if self.depth >= MAX_DEPTH {
            return Err(ParseFault::new("cli.syntax.too-deep"));
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.here);
        let script = self.script()?;
        self.here = outer;
        self.depth -= 1;
        if !self.eat(")") {
            return Err(ParseFault::new("cli.syntax.unfinished-substitution"));
        }
        word.segments.push(Segment::Substitution { script, quoted });
        Ok(())
    }

    /// The old form of `$(...)`, in which AWS's own pages ask for a token. A `\` inside guards itself, `$`, a
    /// backquote, and within double quotes `"`.
    fn backquotes(&mut self, word: &mut Word, quoted: bool) -> Result<(), Box<ParseFault>> {
        if self.depth >= MAX_DEPTH {
            return Err(ParseFault::new("cli.syntax.too-deep"));
        }
        self.bump();
        let mut inner = String::new();
        loop {
            match self.bump() {
                None => return Err(ParseFault::new("cli.syntax.unfinished-substitution")),
                Some('`') => break,
                Some('\\') => match self.peek() {
                    Some(next) if matches!(next, '$' | '`' | '\\') || (quoted && next == '"') => {
                        self.bump();
                        inner.push(next);
                    }
                    _ => inner.push('\\'),
                },
                Some(next) => inner.push(next),
            }
        }
        let mut parser = Parser { text: &inner, at: 0, depth: self.depth + 1, here: Vec::new() };
        let script = parser.script()?;
        if let Some(found) = parser.peek() {
            return Err(ParseFault::unexpected(&found.to_string()));
        }
        word.segments.push(Segment::Substitution { script, quoted });
        Ok(())
    }
}

/// A variable's name.
pub(in crate::shell) fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
