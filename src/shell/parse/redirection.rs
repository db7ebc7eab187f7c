//! Redirections and here-documents.
//!
//! Reference: GNU Bash manual, "Redirections".

use super::{ParseFault, Parser, PendingHere};
use crate::shell::syntax::{Redirection, Script, Stream, Word};

/// What an operator makes of its word.
type Make = fn(Word) -> Redirection;

impl Parser<'_> {
    pub(super) fn redirection(&mut self) -> Result<Option<Redirection>, Box<ParseFault>> {
        let unsupported = ["<<<", "<(", ">(", "<&", ">|", "<>"];
        if let Some(found) = unsupported.iter().find(|found| self.rest().starts_with(**found)) {
            return Err(ParseFault::not_modelled(found));
        }
        let table = [
            ("2>&1", Redirection::To(Stream::Error, Stream::Output)),
            ("1>&2", Redirection::To(Stream::Output, Stream::Error)),
            (">&2", Redirection::To(Stream::Output, Stream::Error)),
        ];
        for (text, redirection) in table {
            if self.eat(text) {
                return Ok(Some(redirection));
            }
        }
        if self.rest().starts_with(">&") || self.rest().starts_with("2>&") {
            return Err(ParseFault::not_modelled(">&"));
        }
        if self.eat("<<") {
            return self.here().map(Some);
        }
        let operators: [(&str, Make); 7] = [
            ("2>>", |word| Redirection::Append(Stream::Error, word)),
            ("1>>", |word| Redirection::Append(Stream::Output, word)),
            (">>", |word| Redirection::Append(Stream::Output, word)),
            ("2>", |word| Redirection::Write(Stream::Error, word)),
            ("1>", |word| Redirection::Write(Stream::Output, word)),
            (">", |word| Redirection::Write(Stream::Output, word)),
            ("<", Redirection::Read),
        ];
        for (text, make) in operators {
            if self.eat(text) {
                self.blanks();
                let word = self.word()?.ok_or_else(|| ParseFault::new("cli.syntax.no-file"))?;
                return Ok(Some(make(word)));
            }
        }
        Ok(None)
    }

    /// `<<EOF`: its text begins after the end of this line. A quoted delimiter leaves the text as it is.
    fn here(&mut self) -> Result<Redirection, Box<ParseFault>> {
        if self.peek() == Some('-') {
            return Err(ParseFault::not_modelled("<<-"));
        }
        self.blanks();
        let start = self.at;
        let delimiter = self.word()?.ok_or_else(|| ParseFault::new("cli.syntax.no-file"))?;
        let raw = self.text.get(start..self.at).unwrap_or("");
        let expands = !raw.contains(['\'', '"', '\\']);
        let Some(delimiter) = delimiter.literal() else {
            return Err(ParseFault::not_modelled("<<$"));
        };
        // The offset is unique and names the redirection until its text is known.
        self.here.push(PendingHere { delimiter: delimiter.to_string(), expands, number: start });
        let mut word = Word::default();
        word.push_text(&start.to_string());
        Ok(Redirection::Here(word))
    }

    /// The texts of the here-documents that the line before this point began.
    pub(super) fn here_documents(&mut self) -> Result<Vec<(usize, Word)>, Box<ParseFault>> {
        let mut texts = Vec::new();
        for pending in std::mem::take(&mut self.here) {
            let mut body = String::new();
            loop {
                if self.rest().is_empty() {
                    return Err(ParseFault::new("cli.syntax.unfinished-here-document"));
                }
                let line = self.rest().split_inclusive('\n').next().unwrap_or("").to_string();
                self.at += line.len();
                if line.trim_end_matches('\n') == pending.delimiter {
                    break;
                }
                body.push_str(&line);
            }
            let mut word = Word::default();
            if pending.expands {
                let mut inner = Parser { text: &body, at: 0, depth: self.depth, here: Vec::new() };
                inner.quoted(&mut word, None)?;
            } else {
                word.push_text(&body);
            }
            texts.push((pending.number, word));
        }
        Ok(texts)
    }
}

/// Puts the texts of here-documents where their numbers stand.
pub(super) fn fill(script: &mut Script, texts: Vec<(usize, Word)>) {
    if texts.is_empty() {
        return;
    }
    let pipelines = script.lists.iter_mut().flat_map(|list| {
        std::iter::once(&mut list.first).chain(list.rest.iter_mut().map(|(_, pipeline)| pipeline))
    });
    for command in pipelines.flat_map(|pipeline| pipeline.commands.iter_mut()) {
        for redirection in &mut command.redirections {
            if let Redirection::Here(word) = redirection {
                let number = word.literal().and_then(|text| text.parse::<usize>().ok());
                if let Some((_, text)) = texts.iter().find(|(own, _)| Some(*own) == number) {
                    *word = text.clone();
                }
            }
        }
    }
}
