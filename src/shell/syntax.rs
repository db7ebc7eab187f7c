//! What a line is made of. Two lines are the same command if these are equal: quotes and spaces don't count.

/// Commands in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Separated by `;` or line ends.
    pub lists: Vec<AndOr>,
}

/// Pipelines with `&&` and `||` between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AndOr {
    /// The one that always runs.
    pub first: Pipeline,
    /// The others.
    pub rest: Vec<(Connector, Pipeline)>,
}

/// What stands between two pipelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands whose output is the next one's input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// At least one.
    pub commands: Vec<Command>,
}

/// A simple command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Command {
    /// NAME=value before the command's name.
    pub assignments: Vec<(String, Word)>,
    /// Name and arguments.
    pub words: Vec<Word>,
    /// In order.
    pub redirections: Vec<Redirection>,
}

/// A word before expansion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// Parts that are joined.
    pub segments: Vec<Segment>,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// As it stands.
    Text(String),
    /// `~` at the beginning.
    Home,
    /// `$NAME`; `?` for the last status. Split at white space unless quoted.
    Variable {
        /// NAME.
        name: String,
        /// Inside double quotes.
        quoted: bool,
    },
    /// `$(...)`.
    Substitution {
        /// What is run.
        script: Script,
        /// Inside double quotes.
        quoted: bool,
    },
}

/// One of the two outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// 1
    Output,
    /// 2
    Error,
}

/// Where input comes from or output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redirection {
    /// `>`, `2>`
    Write(Stream, Word),
    /// `>>`, `2>>`
    Append(Stream, Word),
    /// `2>&1` (to the output), `>&2` or `1>&2` (to the error output).
    To(Stream, Stream),
    /// `<`
    Read(Word),
    /// `<<EOF`
    Here(Word),
}

impl Word {
    /// The text, if nothing in it is expanded.
    pub fn literal(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [Segment::Text(text)] => Some(text),
            [] => Some(""),
            _ => None,
        }
    }

    /// Adds text; neighbours become one.
    pub(super) fn push_text(&mut self, text: &str) {
        if let Some(Segment::Text(last)) = self.segments.last_mut() {
            last.push_str(text);
        } else {
            self.segments.push(Segment::Text(text.to_string()));
        }
    }
}
