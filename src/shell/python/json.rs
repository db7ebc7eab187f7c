//! JSON as Python reads it, and what Python says of a text that isn't.
//!
//! Source: The Python Standard Library, "json" (3.13), `JSONDecodeError`. Of a name that stands twice the last value
//! counts. Left out on purpose: NaN, Infinity, lone surrogates and great depth, which Python takes.

use crate::gather::Gather;
use crate::json::{self, Node, Value};
use std::collections::BTreeSet;

/// The deepest nesting; deeper is left to the parser behind.
const MAX_DEPTH: u32 = 100;

/// Why a value can't be read.
pub(in crate::shell) enum Fault {
    /// Python's words.
    Words(String),
    /// Python reads it.
    NotModelled,
}

/// Reads a value.
pub(in crate::shell) fn parse(text: &str) -> Result<Node, Fault> {
    let letters: Vec<char> = text.chars().gather();
    if let Some(fault) = (Reader { letters: &letters, at: 0, depth: 0 }).document() {
        let mut before = letters.get(..fault.at).unwrap_or_default().split(|letter| *letter == '\n');
        let column = before.next_back().map_or(0, <[char]>::len) + 1;
        let (line, place) = (before.count() + 1, fault.at);
        return Err(Fault::Words(format!("{}: line {line} column {column} (char {place})", fault.text)));
    }
    let mut node = json::parse(text).map_err(|_| Fault::NotModelled)?;
    unite(&mut node);
    Ok(node)
}

/// Leaves each name once, where it stood first, with its last value.
fn unite(node: &mut Node) {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(unite),
        Value::Object(members) => {
            members.iter_mut().for_each(|member| unite(&mut member.node));
            let mut names: BTreeSet<&str> = BTreeSet::new();
            if members.iter().all(|member| names.insert(&member.key)) {
                return;
            }
            for member in std::mem::take(members) {
                match members.iter_mut().find(|own| own.key == member.key) {
                    Some(own) => own.node = member.node,
                    None => members.push(member),
                }
            }
        }
        _ => {}
    }
}

struct Found {
    text: &'static str,
    at: usize,
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        self.skip(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'));
    }

    fn eat(&mut self, text: &str) -> bool {
        let found =
            text.chars().enumerate().all(|(place, one)| self.letters.get(self.at + place) == Some(&one));
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn document(mut self) -> Option<Found> {
        if self.peek() == Some('\u{feff}') {
            return Some(Found { text: "Unexpected UTF-8 BOM (decode using utf-8-sig)", at: 0 });
        }
        self.blanks();
        let fault = self.value().err();
        if self.depth > 0 {
            // Too deep to be read here: what the end lacks says nothing.
            return None;
        }
        fault.or_else(|| {
            self.blanks();
            self.peek().map(|_| Found { text: "Extra data", at: self.at })
        })
    }

    fn value(&mut self) -> Result<(), Found> {
        let expecting = Err(Found { text: "Expecting value", at: self.at });
        match self.peek() {
            Some('"') => self.string(),
            Some(open @ ('{' | '[')) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    // Whatever stands there, the parser behind refuses it.
                    self.at = self.letters.len();
                    return Ok(());
                }
                let read = self.items(open == '{');
                self.depth -= 1;
                read
            }
            _ => {
                let word = ["null", "true", "false", "NaN", "Infinity", "-Infinity"];
                if word.iter().any(|word| self.eat(word)) || self.number() { Ok(()) } else { expecting }
            }
        }
    }

    /// The longest text that begins as a number.
    fn number(&mut self) -> bool {
        let start = self.at;
        self.eat("-");
        let digits = self.at;
        if !self.eat("0") {
            self.skip(|letter| letter.is_ascii_digit());
        }
        if self.at == digits {
            self.at = start;
            return false;
        }
        for begin in [&["."][..], &["e+", "e-", "E+", "E-", "e", "E"]] {
            let before = self.at;
            let begun = begin.iter().any(|begin| self.eat(begin));
            let digits = self.at;
            self.skip(|letter| begun && letter.is_ascii_digit());
            if self.at == digits {
                self.at = before;
            }
        }
        true
    }

    /// What stands in braces or brackets.
    fn items(&mut self, is_object: bool) -> Result<(), Found> {
        let (close, trailing) = match is_object {
            true => ('}', "Illegal trailing comma before end of object"),
            false => (']', "Illegal trailing comma before end of array"),
        };
        self.at += 1;
        self.blanks();
        let mut comma = None;
        loop {
            if self.peek() == Some(close) {
                let fault = comma.map_or(Ok(()), |at| Err(Found { text: trailing, at }));
                self.at += 1;
                return fault;
            }
            if is_object {
                self.name()?;
            }
            self.value()?;
            self.blanks();
            if self.peek() == Some(close) {
                self.at += 1;
                return Ok(());
            }
            comma = Some(self.at);
            if !self.eat(",") {
                return Err(Found { text: "Expecting ',' delimiter", at: self.at });
            }
            self.blanks();
        }
    }

    fn name(&mut self) -> Result<(), Found> {
        if self.peek() != Some('"') {
            return Err(Found { text: "Expecting property name enclosed in double quotes", at: self.at });
        }
        self.string()?;
        self.blanks();
        if !self.eat(":") {
            return Err(Found { text: "Expecting ':' delimiter", at: self.at });
        }
        self.blanks();
        Ok(())
    }

    fn string(&mut self) -> Result<(), Found> {
        let start = self.at;
        let unfinished = Found { text: "Unterminated string starting at", at: start };
        loop {
            self.at += 1;
            match self.peek() {
                None => return Err(unfinished),
                Some('"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some('\0'..='\x1f') => {
                    return Err(Found { text: "Invalid control character at", at: self.at });
                }
                Some('\\') => {
                    self.at += 1;
                    match self.peek() {
                        None => return Err(unfinished),
                        Some('u') => self.digits()?,
                        Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => {}
                        Some(_) => return Err(Found { text: "Invalid \\escape", at: self.at - 1 }),
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// The four digits after `\u`, behind which more must come.
    fn digits(&mut self) -> Result<(), Found> {
        let at = self.at;
        let digits = self.letters.get(at + 1..at + 5).unwrap_or_default();
        self.at += 4;
        match digits.len() == 4 && digits.iter().all(char::is_ascii_hexdigit) && self.letters.len() > at + 5 {
            true => Ok(()),
            false => Err(Found { text: "Invalid \\uXXXX escape", at }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Python 3.13 said of the same texts.
    #[test]
    fn says_what_python_says() {
        for (text, expected) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            (" ", "Expecting value: line 1 column 2 (char 1)"),
            ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
            ("{\"a\":}", "Expecting value: line 1 column 6 (char 5)"),
            ("{\"a\":nul}", "Expecting value: line 1 column 6 (char 5)"),
            ("{\"a\":1", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
            ("{\"a\":1,", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
            ("{\"a\":1 , }", "Illegal trailing comma before end of object: line 1 column 8 (char 7)"),
            ("{\"a\":1,,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
            ("[1, ]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"),
            ("[1,", "Expecting value: line 1 column 4 (char 3)"),
            ("[", "Expecting value: line 1 column 2 (char 1)"),
            ("[1\n 2]", "Expecting ',' delimiter: line 2 column 2 (char 4)"),
            ("[\"é\" x]", "Expecting ',' delimiter: line 1 column 6 (char 5)"),
            ("{} x", "Extra data: line 1 column 4 (char 3)"),
            ("01", "Extra data: line 1 column 2 (char 1)"),
            ("1.5e", "Extra data: line 1 column 4 (char 3)"),
            ("1.", "Extra data: line 1 column 2 (char 1)"),
            ("-", "Expecting value: line 1 column 1 (char 0)"),
            ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"a\\x\"", "Invalid \\escape: line 1 column 3 (char 2)"),
            ("\"a\tb\"", "Invalid control character at: line 1 column 3 (char 2)"),
            ("\"\\u12\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\"\\u123g\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\"\\u1234", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\u{feff}{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
        ] {
            let Err(Fault::Words(fault)) = parse(text) else { panic!("{text}") };
            assert_eq!(fault, expected, "{text}");
        }
    }

    #[test]
    fn reads_what_python_reads() {
        for text in ["{}", "[]", " {\"a\": [1, -0.5e+3, \"\\u00e9\\n\", true]} ", "0", "\"\x7f\""] {
            assert!(parse(text).is_ok(), "{text}");
        }
        let node = parse("{\"a\": 1, \"b\": 2, \"a\": 3}").ok().unwrap();
        assert_eq!(json::to_compact(&node), "{\"a\":3,\"b\":2}");
        for text in ["NaN", "[-Infinity]", "\"\\ud800\"", &"[".repeat(5_000)] {
            assert!(matches!(parse(text), Err(Fault::NotModelled)), "{text}");
        }
    }
}
