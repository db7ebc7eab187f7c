//! `help`: what exists here.

use super::{Answer, COMMANDS, Invocation};
use crate::shell::Notice;

pub(super) fn run(_: &mut Invocation<'_>) -> Answer {
    let names = COMMANDS.iter().map(|(name, _)| format!("{name}\n"));
    Answer { stdout: names.collect(), notices: vec![Notice::new("cli.help", &[])], ..Answer::default() }
}
