//! The word at the cursor of a line that is being typed, and the command in which it stands.
//!
//! Reference: GNU Bash manual, "Programmable Completion". Only what stands before the cursor is read, unfinished
//! quotes and substitutions included; here-documents are left out on purpose.

use crate::shell::parse::is_name;
use std::iter::Peekable;
use std::str::CharIndices;

/// What stands at the cursor.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    /// The words of the same command before this one, without their quotes.
    pub(super) words: Vec<String>,
    /// The word so far, without its quotes.
    pub(super) word: String,
    /// Its first byte.
    pub(super) start: usize,
    /// A path is wanted: the word follows `>` or `<`, or an assignment's `=`.
    pub(super) is_path: bool,
    /// The first byte of a `$NAME` that ends at the cursor.
    pub(super) variable: Option<usize>,
}

/// A command under way.
#[derive(Default)]
struct Frame {
    words: Vec<String>,
    word: Option<Word>,
    redirects: bool,
    /// It ends with a backquote.
    backquoted: bool,
}

#[derive(Default)]
struct Word {
    start: usize,
    text: String,
    quote: Option<char>,
    /// Something in it is expanded.
    expands: bool,
}

struct Reader<'a> {
    text: &'a str,
    letters: Peekable<CharIndices<'a>>,
    /// The innermost command, and those around it.
    frame: Frame,
    outer: Vec<Frame>,
}

/// Reads the line before the cursor; `None`: nothing can be proposed there.
pub(super) fn read(text: &str) -> Option<Cursor> {
    let mut reader =
        Reader { text, letters: text.char_indices().peekable(), frame: Frame::default(), outer: Vec::new() };
    while let Some((at, letter)) = reader.letters.next() {
        match reader.frame.word.as_ref().and_then(|word| word.quote) {
            Some('\'') if letter != '\'' => reader.push(at, letter),
            Some(quote) if letter == quote => reader.word(at).quote = None,
            quote => {
                if let Some(variable) = reader.letter(at, letter, quote.is_some())? {
                    return Some(Cursor { variable: Some(variable), ..Cursor::default() });
                }
            }
        }
    }
    reader.finish()
}

impl Reader<'_> {
    fn word(&mut self, at: usize) -> &mut Word {
        self.frame.word.get_or_insert_with(|| Word { start: at, ..Word::default() })
    }

    fn push(&mut self, at: usize, letter: char) {
        self.word(at).text.push(letter);
    }

    fn end_word(&mut self) {
        if let Some(word) = self.frame.word.take()
            && !std::mem::take(&mut self.frame.redirects)
        {
            self.frame.words.push(word.text);
        }
    }

    fn end_command(&mut self) {
        self.frame.word = None;
        self.frame.words.clear();
        self.frame.redirects = false;
    }

    fn enter(&mut self, at: usize, backquoted: bool) {
        self.word(at).expands = true;
        let outer = std::mem::replace(&mut self.frame, Frame { backquoted, ..Frame::default() });
        self.outer.push(outer);
    }

    fn leave(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.frame = outer;
        }
    }

    /// A letter outside single quotes. `Some(Some(_))`: a variable's name ends the text; `None`: as [`read`].
    fn letter(&mut self, at: usize, letter: char, quoted: bool) -> Option<Option<usize>> {
        match letter {
            '\\' => match self.letters.next() {
                None | Some((_, '\n')) => {}
                Some((_, next)) if quoted && !matches!(next, '$' | '"' | '\\' | '`') => {
                    self.word(at).text.extend(['\\', next]);
                }
                Some((_, next)) => self.push(at, next),
            },
            '$' => return Some(self.dollar(at)),
            '`' if self.frame.backquoted => self.leave(),
            '`' => self.enter(at, true),
            _ if quoted => self.push(at, letter),
            '\'' | '"' => self.word(at).quote = Some(letter),
            ' ' | '\t' | '\r' => self.end_word(),
            '#' if self.frame.word.is_none() => {
                self.letters.by_ref().find(|(_, next)| *next == '\n')?;
                self.end_command();
            }
            ')' if !self.outer.is_empty() => self.leave(),
            '\n' | ';' | '|' | '(' | ')' => self.end_command(),
            // `2>&1` goes on, `&&` doesn't.
            '&' if self.frame.redirects => self.push(at, letter),
            '&' => self.end_command(),
            '<' if self.letters.peek().is_some_and(|(_, next)| *next == '<') => return None,
            '<' | '>' => {
                // The number of a stream is no word.
                let number = |word: &mut Word| word.text.bytes().all(|byte| byte.is_ascii_digit());
                if self.frame.word.as_mut().is_some_and(number) {
                    self.frame.word = None;
                }
                self.end_word();
                self.frame.redirects = true;
            }
            letter => self.push(at, letter),
        }
        Some(None)
    }

    /// `$NAME`, `${NAME}`, `$(`; where the name is all that is left, its place.
    fn dollar(&mut self, at: usize) -> Option<usize> {
        let next = self.letters.peek().map(|(_, next)| *next);
        let braced = next == Some('{');
        if braced || next == Some('(') {
            self.letters.next();
        }
        if next == Some('(') {
            self.enter(at, false);
            return None;
        }
        let in_name = |letter: char| letter == '_' || letter.is_ascii_alphanumeric();
        while self.letters.next_if(|(_, letter)| in_name(*letter)).is_some() {}
        match self.letters.peek() {
            None => return Some(at),
            Some((_, '}')) if braced => drop(self.letters.next()),
            Some((end, _)) if !braced && *end == at + 1 => return self.lone_dollar(at),
            Some(_) => {}
        }
        self.word(at).expands = true;
        None
    }

    /// A `$` before what is no name: itself, but for `$?` and the like.
    fn lone_dollar(&mut self, at: usize) -> Option<usize> {
        match self.letters.next_if(|(_, letter)| matches!(letter, '?' | '@' | '*' | '#' | '!' | '$' | '-')) {
            Some(_) => self.word(at).expands = true,
            None => self.push(at, '$'),
        }
        None
    }

    fn finish(self) -> Option<Cursor> {
        let Frame { mut words, word, redirects, .. } = self.frame;
        let word = word.unwrap_or_else(|| Word { start: self.text.len(), ..Word::default() });
        if word.expands {
            return None;
        }
        let is_assignment = |word: &String| word.split_once('=').is_some_and(|(name, _)| is_name(name));
        let first = words.iter().position(|word| !is_assignment(word)).unwrap_or(words.len());
        words.drain(..first);
        let mut cursor =
            Cursor { words, word: word.text, start: word.start, is_path: redirects, variable: None };
        if cursor.words.is_empty() && is_assignment(&cursor.word) && !redirects {
            cursor.value();
            cursor.is_path = true;
        }
        Some(cursor)
    }
}

impl Cursor {
    /// Leaves what stands after the first `=`, which no quote comes before.
    pub(super) fn value(&mut self) -> Option<String> {
        let (name, value) = self.word.split_once('=')?;
        let (name, value) = (name.to_string(), value.to_string());
        self.start += name.len() + 1;
        self.word = value;
        Some(name)
    }
}
