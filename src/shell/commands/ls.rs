//! `ls [-a] [-1] [PATH]...`: one name a line, as in a pipe. Directories are those that hold files.

use super::{Answer, Invocation};
use crate::client::absolute_path;
use crate::gather::Gather;
use crate::sorted::SortedSet;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (mut all, mut paths) = (false, Vec::new());
    for word in invocation.arguments {
        match word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            None => paths.push(word.as_str()),
            Some(letters) if letters.chars().all(|letter| "aA1".contains(letter)) => {
                all |= letters.contains(['a', 'A']);
            }
            Some(_) => return Answer::not_modelled("ls", word),
        }
    }
    let several = paths.len() > 1;
    if paths.is_empty() {
        paths.push(".");
    }
    let mut answer = Answer::default();
    for path in paths {
        let shell = &invocation.shell;
        if shell.file(path).is_some() {
            answer.stdout.push_str(&format!("{path}\n"));
        } else if shell.is_directory(path) {
            if several {
                let gap = if answer.stdout.is_empty() { "" } else { "\n" };
                answer.stdout.push_str(&format!("{gap}{path}:\n"));
            }
            let names = entries(shell.files.keys(), &absolute_path(path, shell.home()), all);
            answer.stdout.extend(names.into_iter().map(|name| format!("{name}\n")));
        } else {
            answer.stderr.push_str(&format!("ls: cannot access '{path}': No such file or directory\n"));
            answer.exit_code = 2;
        }
    }
    answer
}

/// Names directly inside a directory.
fn entries<'a>(files: impl Iterator<Item = &'a String>, directory: &str, all: bool) -> SortedSet<&'a str> {
    let inside = format!("{}/", directory.trim_end_matches('/'));
    files
        .filter_map(|file| file.strip_prefix(&inside)?.split('/').next())
        .filter(|name| all || !name.starts_with('.'))
        .gather()
}
