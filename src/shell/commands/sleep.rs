//! `sleep N`: moves the scenario's clock. Suffixes s, m, h, d as in GNU coreutils.

use super::{Answer, Invocation};
use crate::shell::messages::{invalid_interval, missing_operand};

/// A year: longer than any credential lives.
const MAX_SECONDS: u32 = 366 * 24 * 3600;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    if invocation.arguments.is_empty() {
        return Answer::error(1, missing_operand("sleep"));
    }
    let mut total: u32 = 0;
    for word in invocation.arguments {
        let Some(seconds) = seconds(word) else {
            return Answer::error(1, invalid_interval(word));
        };
        total = total.saturating_add(seconds);
    }
    if total > MAX_SECONDS {
        return Answer::not_modelled("sleep", &invocation.arguments.join(" "));
    }
    invocation.transport.sleep(total);
    Answer::default()
}

fn seconds(word: &str) -> Option<u32> {
    let (number, unit) = match word.char_indices().next_back()? {
        (place, 's') => (word.get(..place)?, 1),
        (place, 'm') => (word.get(..place)?, 60),
        (place, 'h') => (word.get(..place)?, 3600),
        (place, 'd') => (word.get(..place)?, 86400),
        _ => (word, 1),
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<u32>().ok()?.checked_mul(unit)
}
