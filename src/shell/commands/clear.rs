//! `clear`: the control sequence that empties a terminal (ECMA-48).

use super::{Answer, Invocation};

pub(super) fn run(_: &mut Invocation<'_>) -> Answer {
    Answer::text("\u{1b}[H\u{1b}[2J\u{1b}[3J")
}
