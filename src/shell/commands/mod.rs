//! The commands of a host, one file each.

mod aws;
mod base64;
mod cat;
mod clear;
mod curl;
mod date;
mod echo;
mod env;
mod export;
mod grep;
mod head;
mod help;
mod jq;
mod ls;
mod mfa_code;
mod rm;
mod sleep;
mod unset;

use super::{Notice, Shell};
use crate::chunk::{self, Missing};
use crate::client::Transport;
use crate::gather::Gather;
pub(super) use aws::complete_aws;

/// A command under way.
pub(super) struct Invocation<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) transport: &'a mut dyn Transport,
    /// Without the command's name.
    pub(super) arguments: &'a [String],
    pub(super) stdin: &'a str,
}

/// What a command gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) exit_code: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) error_code: Option<String>,
    pub(super) notices: Vec<Notice>,
}

pub(super) type Program = fn(&mut Invocation<'_>) -> Answer;

/// Every command that exists here.
const COMMANDS: &[(&str, Program)] = &[
    ("aws", aws::run),
    ("base64", |invocation| apart(invocation, base64::run)),
    ("cat", cat::run),
    ("clear", clear::run),
    ("curl", |invocation| apart(invocation, curl::run)),
    ("date", |invocation| apart(invocation, date::run)),
    ("echo", echo::run),
    ("env", |invocation| apart(invocation, env::run)),
    ("export", |invocation| apart(invocation, export::run)),
    ("grep", |invocation| apart(invocation, grep::run)),
    ("head", |invocation| apart(invocation, head::run)),
    ("help", |invocation| apart(invocation, help::run)),
    ("jq", |invocation| apart(invocation, jq::run)),
    ("ls", |invocation| apart(invocation, ls::run)),
    ("mfa-code", |invocation| apart(invocation, mfa_code::run)),
    ("rm", |invocation| apart(invocation, rm::run)),
    ("sleep", |invocation| apart(invocation, sleep::run)),
    ("unset", |invocation| apart(invocation, unset::run)),
];

/// The command of that name.
pub(super) fn find(name: &str) -> Option<Program> {
    COMMANDS.iter().find(|(own, _)| *own == name).map(|(_, program)| *program)
}

/// Their names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

/// Runs a program that stands in the chunk `shell`. Where that isn't loaded, the command is void.
fn apart(invocation: &mut Invocation<'_>, program: impl FnOnce(&mut Invocation<'_>) -> Answer) -> Answer {
    chunk::shell(|| program(&mut *invocation)).unwrap_or_else(|missing| lack(invocation, missing))
}

/// The answer of a command that is void.
fn lack(invocation: &mut Invocation<'_>, missing: Missing) -> Answer {
    invocation.transport.lack(missing);
    Answer::exit(127)
}

impl Answer {
    /// Nothing but a status.
    pub(super) fn exit(exit_code: i32) -> Self {
        Answer { exit_code, ..Answer::default() }
    }

    /// Success, and text.
    pub(super) fn text(stdout: impl Into<String>) -> Self {
        Answer { stdout: stdout.into(), ..Answer::default() }
    }

    /// Failure, and the program's own words.
    pub(super) fn error(exit_code: i32, stderr: impl Into<String>) -> Self {
        Answer { exit_code, stderr: stderr.into(), ..Answer::default() }
    }

    /// What a shell holds would become too large.
    pub(super) fn too_large() -> Self {
        Answer { exit_code: 1, notices: vec![Notice::new("cli.too-large", &[])], ..Answer::default() }
    }

    /// An option or argument that the real command may have and this one doesn't.
    pub(super) fn not_modelled(command: &str, found: &str) -> Self {
        let notice = Notice::new("cli.not-modelled.option", &[("command", command), ("found", found)]);
        Answer { exit_code: 127, notices: vec![notice], ..Answer::default() }
    }
}

impl Invocation<'_> {
    /// Replaces a file's contents; `false` if files would become too large, and the file stays as it was.
    fn save(&mut self, absolute: &str, text: &str) -> bool {
        let before = self.shell.files.remove(absolute);
        let fits = self.shell.write(absolute, text);
        if let (false, Some(before)) = (fits, before) {
            self.shell.files.insert(absolute.to_string(), before);
        }
        fits
    }

    /// Each named file's text (`-`: standard input), or standard input without names. The program's complaint
    /// about a file that isn't there comes in its place.
    fn inputs(&self, program: &str, names: &[String]) -> Vec<Result<String, String>> {
        if names.is_empty() {
            return vec![Ok(self.stdin.to_string())];
        }
        let input = |name: &String| match self.shell.file(name) {
            _ if name == "-" => Ok(self.stdin.to_string()),
            _ if name == "/dev/null" => Ok(String::new()),
            Some(text) => Ok(text.to_string()),
            None if self.shell.is_directory(name) => Err(super::messages::is_a_directory(program, name)),
            None => Err(super::messages::no_such_file(program, name)),
        };
        names.iter().map(input).gather()
    }
}
