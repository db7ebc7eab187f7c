//! What a Tab gives: the words that can stand at the cursor of a line that is being typed.
//!
//! Reference: GNU Bash manual, "Programmable Completion"; AWS CLI User Guide, "Configuring command completion in the
//! AWS CLI". Commands, files and variables as bash proposes them, the words of `aws` as its completer does, and
//! buckets beside. Left out on purpose: names of resources, for which the completer sends requests.

mod cursor;

use super::Shell;
use super::commands;
use crate::client::absolute_path;
use crate::gather::Gather;
use cursor::Cursor;

/// The longest line, as a shell runs it.
const MAX_LINE: usize = super::parse::MAX_LINE;
/// Most proposals; more letters narrow them.
const MAX_OPTIONS: usize = 1_000;

/// What an argument can be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Words that can stand there; those that don't begin as typed are left out later.
    pub(super) words: Vec<String>,
    /// A file of the host.
    pub(super) file: bool,
    /// A bucket.
    pub(super) bucket: bool,
    /// A file behind `file://`.
    pub(super) paramfile: bool,
}

/// The words that can stand at the end of `before`, the line up to the cursor, in the order of their letters, and the
/// byte from which they replace it. `buckets` are the names that exist.
pub fn complete(shell: &Shell, buckets: &[String], before: &str) -> (usize, Vec<String>) {
    let nothing = (before.len(), Vec::new());
    if before.len() > MAX_LINE {
        return nothing;
    }
    let Some(mut cursor) = cursor::read(before) else { return nothing };
    if let Some(start) = cursor.variable {
        return (start, variables(shell, before.get(start..).unwrap_or_default()));
    }
    let wanted = wanted(shell, &mut cursor);
    let quote = before.get(cursor.start..).and_then(|text| text.chars().next());
    let quote = quote.filter(|first| matches!(first, '\'' | '"'));
    let mut found = Vec::new();
    for word in wanted.words.iter().filter(|word| word.starts_with(&cursor.word)) {
        found.push(quoted(word, quote, true));
    }
    if wanted.bucket {
        for name in buckets {
            let uri = ["s3://", name, "/"].concat();
            if uri.starts_with(&cursor.word) {
                found.push(quoted(&uri, quote, false));
            }
        }
    }
    let typed = cursor.word.as_str();
    for prefix in ["", "file://", "fileb://"] {
        let given = typed.strip_prefix(prefix);
        // An empty word would begin every form.
        let begun = !prefix.is_empty() && !typed.is_empty() && prefix.starts_with(typed);
        let path = match (wanted.file && prefix.is_empty(), wanted.paramfile && !prefix.is_empty()) {
            (true, _) => given,
            (_, true) => given.or(begun.then_some("")),
            _ => None,
        };
        for (path, is_file) in path.map(|path| paths(shell, path)).unwrap_or_default() {
            found.push(quoted(&[prefix, &path].concat(), quote, is_file));
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_OPTIONS);
    (cursor.start, found)
}

fn wanted(shell: &Shell, cursor: &mut Cursor) -> Wanted {
    if cursor.is_path {
        return Wanted { file: true, ..Wanted::default() };
    }
    let Some((command, words)) = cursor.words.split_first() else {
        let mut wanted = Wanted::default();
        commands::names().for_each(|name| wanted.words.push(name.to_string()));
        return wanted;
    };
    match command.as_str() {
        "aws" => {
            let mut words = words.to_vec();
            // `--name=value` is two words to the completer.
            if cursor.word.starts_with("--") {
                words.extend(cursor.value());
            }
            commands::complete_aws(shell, &words, &cursor.word)
        }
        "export" | "unset" => Wanted { words: shell.variables.keys().cloned().gather(), ..Wanted::default() },
        _ => Wanted { file: true, ..Wanted::default() },
    }
}

/// `$NA` and `${NA`.
fn variables(shell: &Shell, typed: &str) -> Vec<String> {
    let (open, close) = if typed.starts_with("${") { ("${", "}") } else { ("$", "") };
    let name = typed.strip_prefix(open).unwrap_or_default();
    let mut known = Vec::new();
    for own in shell.variables.keys() {
        if own.starts_with(name) && known.len() < MAX_OPTIONS {
            known.push([open, own, close].concat());
        }
    }
    known
}

/// Paths that begin as typed, and whether each is a file; of a directory only its name, with a `/`.
fn paths(shell: &Shell, typed: &str) -> Vec<(String, bool)> {
    let (directory, name) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(directory, name)| (typed.get(..=directory.len()).unwrap_or_default(), name));
    let inside = absolute_path(if directory.is_empty() { "." } else { directory }, shell.home());
    let inside = [inside.trim_end_matches('/'), "/"].concat();
    let mut found: Vec<(String, bool)> = Vec::new();
    for path in shell.files.keys() {
        let Some(rest) = path.strip_prefix(&inside).filter(|rest| rest.starts_with(name)) else { continue };
        let own = match rest.split_once('/') {
            Some((own, _)) => ([directory, own, "/"].concat(), false),
            None => ([directory, rest].concat(), true),
        };
        if found.last() != Some(&own) {
            found.push(own);
        }
    }
    found
}

/// As it must be written so that the shell reads it so; a quote that was begun stays open for more of a path.
fn quoted(word: &str, quote: Option<char>, is_whole: bool) -> String {
    let special = |letter: char| match quote {
        None => letter.is_whitespace() || "\\'\"`$&|;<>()*?[]{}!#".contains(letter),
        Some('"') => "\\\"`$".contains(letter),
        Some(_) => false,
    };
    let mut out = String::from_iter(quote);
    for (place, letter) in word.chars().enumerate() {
        match quote {
            Some('\'') if letter == '\'' => out.push_str("'\\''"),
            // `~` and `#` mean something at the beginning alone.
            None if letter == '#' && place > 0 => out.push(letter),
            _ => {
                out.extend(special(letter).then_some('\\'));
                out.push(letter);
            }
        }
    }
    out.extend(quote.filter(|_| is_whole));
    out
}
