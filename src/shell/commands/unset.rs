//! `unset NAME...`: a name that isn't set, or can't be, is no error.

use super::{Answer, Invocation};

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    for name in invocation.arguments.iter().filter(|word| *word != "-v") {
        if name.starts_with('-') {
            return Answer::not_modelled("unset", name);
        }
        invocation.shell.variables.remove(name);
        invocation.shell.exported.remove(name);
    }
    Answer::default()
}
