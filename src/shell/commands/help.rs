//! `help`: what exists here.

use super::{Answer, Invocation, names};
use crate::gather::Gather;
use crate::shell::Notice;

pub(super) fn run(_: &mut Invocation<'_>) -> Answer {
    let lines = names().map(|name| [name, "\n"].concat());
    Answer { stdout: lines.gather(), notices: vec![Notice::new("cli.help", &[])], ..Answer::default() }
}
