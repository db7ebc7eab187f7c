//! Words to arguments: variables, command substitution, splitting.
//!
//! Reference: GNU Bash manual, "Shell Expansions". Left out on purpose: globs, brace expansion, IFS.

use super::interpret::Interpreter;
use super::syntax::{Segment, Word};

/// The longest text that a value, an argument or an output may become, in bytes.
pub(super) const MAX_TEXT: usize = 256 * 1024;

impl Interpreter<'_> {
    /// The arguments that words become.
    pub(super) fn arguments(&mut self, words: &[Word]) -> Vec<String> {
        let mut arguments: Vec<String> = Vec::new();
        for word in words {
            if arguments.iter().map(String::len).sum::<usize>() > MAX_TEXT {
                self.too_large();
                break;
            }
            // `export NAME=$(...)` doesn't split, as an assignment doesn't.
            let declares = arguments.first().is_some_and(|name| name == "export");
            if declares {
                arguments.push(self.text(word));
            } else {
                arguments.extend(self.fields(word));
            }
        }
        arguments
    }

    /// One text, without splitting.
    pub(super) fn text(&mut self, word: &Word) -> String {
        let mut text = String::new();
        for segment in &word.segments {
            let value = self.value(segment);
            if text.len() + value.len() > MAX_TEXT {
                self.too_large();
                break;
            }
            text.push_str(&value);
        }
        text
    }

    fn fields(&mut self, word: &Word) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        let mut current: Option<String> = None;
        let mut total = 0;
        for segment in &word.segments {
            let value = self.value(segment);
            total += value.len();
            if total > MAX_TEXT {
                self.too_large();
                break;
            }
            if !splits(segment) {
                current.get_or_insert_default().push_str(&value);
                continue;
            }
            if value.starts_with(char::is_whitespace) {
                fields.extend(current.take());
            }
            let mut pieces = value.split_whitespace().peekable();
            while let Some(piece) = pieces.next() {
                current.get_or_insert_default().push_str(piece);
                if pieces.peek().is_some() {
                    fields.extend(current.take());
                }
            }
            if value.ends_with(char::is_whitespace) {
                fields.extend(current.take());
            }
        }
        fields.extend(current);
        fields
    }

    fn value(&mut self, segment: &Segment) -> String {
        match segment {
            Segment::Text(text) => text.clone(),
            Segment::Home => self.shell.home().to_string(),
            Segment::Variable { name, .. } if name == "?" => self.shell.last_exit.to_string(),
            Segment::Variable { name, .. } => self.shell.variables.get(name).cloned().unwrap_or_default(),
            Segment::Substitution { script, .. } => self.substitute(script),
        }
    }
}

fn splits(segment: &Segment) -> bool {
    matches!(segment, Segment::Variable { quoted: false, .. } | Segment::Substitution { quoted: false, .. })
}
