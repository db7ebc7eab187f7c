//! `env`: the exported variables. Left out on purpose: running a command.

use super::{Answer, Invocation};
use crate::gather::Gather;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    if let Some(word) = invocation.arguments.first() {
        return Answer::not_modelled("env", word);
    }
    let lines = invocation.shell.environment().into_iter().map(|(name, value)| format!("{name}={value}\n"));
    Answer::text(lines.gather::<String>())
}
