//! The CLI's shorthand syntax: `Key=a,Values=b,c`, `Key={A=b,C=[d,e]}`.
//!
//! AWS page: AWS CLI User Guide, "Using shorthand syntax in the AWS CLI". What it gives knows no types: text, lists
//! and objects of them. Entry: [`parse`]. Left out on purpose: `Key@=file://...`.

use crate::json::{Member, Node, Value};

/// Deeper than any parameter.
const MAX_DEPTH: usize = 16;

/// An object from a word; `Err` with the CLI's own words.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    let mut reader = Reader { text, at: 0 };
    let mut members: Vec<Member> = Vec::new();
    loop {
        let before = reader.at;
        let (key, node) = reader.key_and_value()?;
        if members.iter().any(|member| *member.key == *key) {
            let text = ["Second instance of key \"", &key, "\" encountered for input:\n"].concat();
            let hint = "\nThis is often because there is a preceding \",\" instead of a space.";
            return Err([&text, &*reader.located(before), hint].concat());
        }
        members.push(Member::new(&key, node));
        if reader.rest().is_empty() {
            return Ok(Value::Object(members).node());
        }
        reader.expect(',')?;
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, expected: char) -> bool {
        self.skip_space();
        let taken = self.peek() == Some(expected);
        if taken {
            self.at += expected.len_utf8();
            self.skip_space();
        }
        taken
    }

    fn expect(&mut self, expected: char) -> Result<(), String> {
        if self.take(expected) {
            return Ok(());
        }
        let found = self.peek().map_or_else(|| "EOF".to_string(), String::from);
        Err(self.fault(&String::from(expected), &found))
    }

    fn fault(&self, expected: &str, found: &str) -> String {
        ["Expected: '", expected, "', received: '", found, "' for input:\n", &self.located(self.at)].concat()
    }

    /// The text with a mark below the place.
    fn located(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text).chars().count();
        [self.text, "\n", &" ".repeat(before), "^"].concat()
    }

    fn key_and_value(&mut self) -> Result<(String, Node), String> {
        let rest = self.rest();
        let legal = |c: char| c.is_ascii_alphanumeric() || "-_.#/:".contains(c);
        let end = rest.find(|c| !legal(c)).unwrap_or(rest.len());
        let key = rest.get(..end).unwrap_or_default().to_string();
        self.at += end;
        self.expect('=')?;
        Ok((key, self.values()?))
    }

    /// A list, an object, or words with commas between them as far as no key follows.
    fn values(&mut self) -> Result<Node, String> {
        if matches!(self.peek(), Some('[' | '{')) {
            return self.explicit(0);
        }
        let mut items = vec![self.word(false)?];
        while self.rest().starts_with(',') {
            let comma = self.at;
            self.take(',');
            if self.rest().is_empty() {
                return Err(self.fault("<second>", "<none>"));
            }
            match self.word(true) {
                Ok(word) if self.rest().is_empty() || self.rest().starts_with(',') => items.push(word),
                // `,Key=`: the comma belongs to the next member.
                _ => {
                    self.at = comma;
                    break;
                }
            }
        }
        Ok(match items.len() {
            1 => items.remove(0),
            _ => Value::Array(items).node(),
        })
    }

    fn explicit(&mut self, depth: usize) -> Result<Node, String> {
        if depth > MAX_DEPTH {
            return Err(self.fault("<value>", "<none>"));
        }
        if self.take('[') {
            let mut items = Vec::new();
            while !self.take(']') {
                items.push(self.explicit(depth + 1)?);
                self.skip_space();
                if self.peek() != Some(']') {
                    self.expect(',')?;
                }
            }
            return Ok(Value::Array(items).node());
        }
        if self.take('{') {
            let mut members = Vec::new();
            while !self.take('}') {
                let rest = self.rest();
                let end = rest.find('=').unwrap_or(rest.len());
                let key = rest.get(..end).unwrap_or_default().trim();
                self.at += end;
                self.expect('=')?;
                let node = self.explicit(depth + 1)?;
                members.push(Member::new(key, node));
                self.skip_space();
                if self.peek() != Some('}') {
                    self.expect(',')?;
                }
            }
            return Ok(Value::Object(members).node());
        }
        self.word(false)
    }

    /// A quoted text, or what stands before a comma or bracket. A later one of several holds no `=`.
    fn word(&mut self, later: bool) -> Result<Node, String> {
        match self.peek() {
            Some(quote @ ('\'' | '"')) => return self.quoted(quote),
            Some('=') if !later => return Ok(Value::string("").node()),
            _ => {}
        }
        let mut text = String::new();
        let mut characters = self.rest().char_indices().peekable();
        let mut end = self.rest().len();
        while let Some((place, c)) = characters.next() {
            match c {
                '\\' if characters.peek().is_some_and(|(_, next)| *next == ',') => {
                    text.push(',');
                    characters.next();
                }
                ',' => {
                    end = place;
                    break;
                }
                ']' | '}' if !later => {
                    end = place;
                    break;
                }
                '=' if later => return Err(self.fault("<second>", "<none>")),
                c => text.push(c),
            }
        }
        self.at += end;
        Ok(Value::string(text.trim_end()).node())
    }

    fn quoted(&mut self, quote: char) -> Result<Node, String> {
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((place, c)) = characters.next() {
            if c == quote {
                self.at += place + quote.len_utf8();
                return Ok(Value::string(text).node());
            }
            match (c, self.text.get(self.at + place + 1..).and_then(|rest| rest.chars().next())) {
                ('\\', Some(next)) if next == quote || next == '\\' => {
                    text.push(next);
                    characters.next();
                }
                _ => text.push(c),
            }
        }
        let name = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
        Err(self.fault(name, "<none>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::to_compact;

    /// What awscli 1.46 makes of the same words.
    #[test]
    fn reads_what_the_cli_reads() {
        for (text, expected) in [
            ("Name=x", r#"{"Name":"x"}"#),
            ("Name=a,Values=b,c", r#"{"Name":"a","Values":["b","c"]}"#),
            ("Values=b,c,Name=a", r#"{"Values":["b","c"],"Name":"a"}"#),
            ("Key=a,Value=", r#"{"Key":"a","Value":""}"#),
            ("Key=a,Value='b, c'", r#"{"Key":"a","Value":"b, c"}"#),
            (r#"Key="a \"b\"""#, r#"{"Key":"a \"b\""}"#),
            (r"Key=a\,b", r#"{"Key":"a,b"}"#),
            ("A={B=c,D=[e,f]},G=h", r#"{"A":{"B":"c","D":["e","f"]},"G":"h"}"#),
            ("A=[]", r#"{"A":[]}"#),
            ("Key=Name,Value=a=b", r#"{"Key":"Name","Value":"a=b"}"#),
        ] {
            assert_eq!(parse(text).map(|node| to_compact(&node)), Ok(expected.to_string()), "{text}");
        }
    }

    #[test]
    fn refuses_what_the_cli_refuses() {
        assert_eq!(parse("abc"), Err("Expected: '=', received: 'EOF' for input:\nabc\n   ^".to_string()));
        assert!(parse("A=b,").is_err());
        assert!(parse("A=b,A=c").unwrap_err().starts_with("Second instance of key \"A\""));
        assert!(parse(&format!("A={}", "[".repeat(100_000))).is_err());
        assert!(parse("A={b=c").is_err());
    }
}
