//! `head [-n N | -N | -c N] [FILE]...`

use super::{Answer, Invocation};
use crate::gather::Gather;

enum Unit {
    Lines,
    Bytes,
}

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (mut unit, mut count, mut names) = (Unit::Lines, 10, Vec::new());
    let mut words = invocation.arguments.iter();
    while let Some(word) = words.next() {
        let option = match word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            None => {
                names.push(word.clone());
                continue;
            }
            Some(option) => option,
        };
        let (kind, number) = match option.strip_prefix(['n', 'c']) {
            Some("") => (option, words.next().cloned().unwrap_or_default()),
            Some(number) => (option, number.to_string()),
            None => ("n", option.to_string()),
        };
        unit = if kind.starts_with('c') { Unit::Bytes } else { Unit::Lines };
        match number.parse::<usize>() {
            Ok(number) => count = number,
            Err(_) => return Answer::not_modelled("head", word),
        }
    }
    if names.len() > 1 {
        return Answer::not_modelled("head", &names.join(" "));
    }
    match invocation.inputs("head", &names).pop() {
        Some(Ok(text)) => Answer::text(match unit {
            Unit::Lines => text.split_inclusive('\n').take(count).gather::<String>(),
            Unit::Bytes => {
                String::from_utf8_lossy(text.as_bytes().get(..count).unwrap_or(text.as_bytes())).into()
            }
        }),
        Some(Err(complaint)) => Answer::error(1, complaint),
        None => Answer::default(),
    }
}
