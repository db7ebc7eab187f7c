//! `unset NAME...`

use super::{Answer, Invocation};
use crate::shell::messages::not_an_identifier;
use crate::shell::parse::is_name;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let mut answer = Answer::default();
    for name in invocation.arguments.iter().filter(|word| *word != "-v") {
        if name.starts_with('-') {
            return Answer::not_modelled("unset", name);
        }
        if !is_name(name) {
            answer.stderr.push_str(&not_an_identifier("unset", name));
            answer.exit_code = 1;
            continue;
        }
        invocation.shell.variables.remove(name);
        invocation.shell.exported.remove(name);
    }
    answer
}
