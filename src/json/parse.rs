//! Text to [`Node`]: RFC 8259 exactly, with byte spans and a bound on depth.

use super::{Member, Node, Params, Span, Value};

/// Deepest nesting that is read; deeper text is refused instead of using up the stack.
const MAX_DEPTH: u32 = 64;

/// Why a text isn't JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Catalogue key, `diagnostic.json....`.
    pub code: &'static str,
    /// Values of the text's placeholders.
    pub params: Params,
    /// The place.
    pub span: Span,
}

/// Parses one JSON value that fills the whole text (at most 4 GiB).
///
/// Duplicate keys are kept, since who reads the document decides what they mean.
pub fn parse(text: &str) -> Result<Node, Box<Fault>> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, depth: 0 };
    if u32::try_from(text.len()).is_err() {
        return Err(parser.fault("diagnostic.json.too-large"));
    }
    parser.space();
    let node = parser.value()?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err(parser.unexpected("diagnostic.json.trailing"));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn span_from(&self, start: usize) -> Span {
        Span { start: start as u32, end: self.at as u32 }
    }

    fn fault(&self, code: &'static str) -> Box<Fault> {
        let length = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span { start: self.at as u32, end: (self.at + length) as u32 };
        Box::new(Fault { code, params: Params::new(), span })
    }

    /// A fault that names the character found; at the end of the text, the end.
    fn unexpected(&self, code: &'static str) -> Box<Fault> {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => {
                let mut fault = self.fault(code);
                fault.params.insert("found", found.to_string());
                fault
            }
            None => self.fault("diagnostic.json.unfinished"),
        }
    }

    fn value(&mut self) -> Result<Node, Box<Fault>> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected("diagnostic.json.expected-value")),
        };
        Ok(Node { value, span: self.span_from(start) })
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<Value, Box<Fault>>) -> Result<Value, Box<Fault>> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault("diagnostic.json.too-deep"));
        }
        self.depth += 1;
        self.at += 1;
        let value = inner(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Box<Fault>> {
        if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.unexpected("diagnostic.json.expected-value"))
    }

    fn array(&mut self) -> Result<Value, Box<Fault>> {
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            self.space();
            items.push(self.value()?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    items.shrink_to_fit();
                    return Ok(Value::Array(items));
                }
                _ => return Err(self.unexpected("diagnostic.json.expected-comma-or-bracket")),
            }
        }
    }

    fn object(&mut self) -> Result<Value, Box<Fault>> {
        let mut members = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("diagnostic.json.expected-key"));
            }
            let start = self.at;
            let key = self.string()?;
            let key_span = self.span_from(start);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("diagnostic.json.expected-colon"));
            }
            self.at += 1;
            self.space();
            let node = self.value()?;
            members.push(Member { key, key_span, node });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    members.shrink_to_fit();
                    return Ok(Value::Object(members));
                }
                _ => return Err(self.unexpected("diagnostic.json.expected-comma-or-brace")),
            }
        }
    }

    fn digits(&mut self) -> Result<(), Box<Fault>> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.unexpected("diagnostic.json.expected-digit"));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value, Box<Fault>> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or("0").into()))
    }

    /// Reads a string from its opening quote; plain runs are copied whole.
    fn string(&mut self) -> Result<Box<str>, Box<Fault>> {
        let opening = self.at;
        self.at += 1;
        let mut run = self.at;
        let mut out = String::new();
        loop {
            match self.peek() {
                Some(b'"') => {
                    let tail = self.text.get(run..self.at).unwrap_or("");
                    self.at += 1;
                    if out.is_empty() {
                        return Ok(tail.into());
                    }
                    out.push_str(tail);
                    return Ok(out.into_boxed_str());
                }
                Some(b'\\') => {
                    out.push_str(self.text.get(run..self.at).unwrap_or(""));
                    out.push(self.escape()?);
                    run = self.at;
                }
                Some(byte) if byte < 0x20 => {
                    return Err(self.fault("diagnostic.json.control-character"));
                }
                Some(_) => self.at += 1,
                None => {
                    self.at = opening;
                    return Err(self.fault("diagnostic.json.unfinished-string"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Box<Fault>> {
        let fault = self.fault("diagnostic.json.wrong-escape");
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode().ok_or(fault),
            _ => return Err(fault),
        })
    }

    /// Four hexadecimal digits, or two such escapes that form a surrogate pair.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex4()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        if self.bytes.get(self.at..self.at + 2)? != b"\\u" {
            return None;
        }
        self.at += 2;
        let second = self.hex4()?;
        if !(0xDC00..0xE000).contains(&second) {
            return None;
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{LineIndex, to_compact, to_pretty};

    #[test]
    fn reads_what_it_writes() {
        let text = r#"{"a":[1,-2.5e3,true,null,"x\n\"한😀"],"b":{},"c":[]}"#;
        let node = parse(text).unwrap();
        assert_eq!(to_compact(&node), text);
        assert_eq!(parse(&to_pretty(&node, 2)).map(|again| to_compact(&again)), Ok(text.to_string()));
    }

    #[test]
    fn spans_are_bytes() {
        let node = parse(" {\"한\": [10]} ").unwrap();
        assert_eq!(node.span, Span { start: 1, end: 14 });
        assert_eq!(node.members()[0].key_span, Span { start: 2, end: 7 });
        assert_eq!(node.members()[0].node.items()[0].span, Span { start: 10, end: 12 });
    }

    #[test]
    fn refuses_what_is_not_json() {
        let cases = [
            ("", "unfinished"),
            ("{", "unfinished"),
            ("[1 2]", "expected-comma-or-bracket"),
            ("{\"a\" 1}", "expected-colon"),
            ("{a: 1}", "expected-key"),
            ("[1,]", "expected-value"),
            ("{\"a\":1,}", "expected-key"),
            ("01", "trailing"),
            ("1.", "unfinished"),
            ("-x", "expected-digit"),
            ("\"a", "unfinished-string"),
            ("\"\\x\"", "wrong-escape"),
            ("\"\\ud800\"", "wrong-escape"),
            ("\"\t\"", "control-character"),
            ("nul", "expected-value"),
            ("{} {}", "trailing"),
        ];
        for (text, code) in cases {
            let fault = parse(text).unwrap_err();
            assert_eq!(fault.code, format!("diagnostic.json.{code}"), "{text}");
        }
        assert_eq!(parse(&"[".repeat(100_000)).unwrap_err().code, "diagnostic.json.too-deep");
        let fault = parse("{\n  \"a\": tru\n}").unwrap_err();
        assert_eq!(LineIndex::new("{\n  \"a\": tru\n}").span(fault.span).start.line, 2);
    }
}
