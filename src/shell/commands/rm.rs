//! `rm [-f] [-r] PATH...`

use super::{Answer, Invocation};
use crate::client::absolute_path;
use crate::shell::messages::missing_operand;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (mut force, mut recursive, mut paths) = (false, false, Vec::new());
    for word in invocation.arguments {
        match word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            None => paths.push(word.as_str()),
            Some(letters) if letters.chars().all(|letter| "frR".contains(letter)) => {
                force |= letters.contains('f');
                recursive |= letters.contains(['r', 'R']);
            }
            Some(_) => return Answer::not_modelled("rm", word),
        }
    }
    if paths.is_empty() && !force {
        return Answer::error(1, missing_operand("rm"));
    }
    let mut answer = Answer::default();
    for path in paths {
        let shell = &mut invocation.shell;
        let absolute = absolute_path(path, shell.home());
        let fault = if shell.files.remove(&absolute).is_some() {
            continue;
        } else if !shell.is_directory(path) {
            if force {
                continue;
            }
            "No such file or directory"
        } else if recursive {
            let inside = absolute.trim_end_matches('/').to_string() + "/";
            shell.files.retain(|file, _| !file.starts_with(&inside));
            continue;
        } else {
            "Is a directory"
        };
        answer.exit_code = 1;
        answer.stderr.push_str(&format!("rm: cannot remove '{path}': {fault}\n"));
    }
    answer
}
