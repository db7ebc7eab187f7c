//! `echo [-n] [-e] [WORD]...`, bash's own.

use super::{Answer, Invocation};

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let mut words = invocation.arguments;
    let (mut newline, mut escapes) = (true, false);
    while let Some((first, rest)) = words.split_first() {
        let is_option =
            first.len() > 1 && first.starts_with('-') && first.chars().skip(1).all(|c| "neE".contains(c));
        if !is_option {
            break;
        }
        for letter in first.chars().skip(1) {
            match letter {
                'n' => newline = false,
                letter => escapes = letter == 'e',
            }
        }
        words = rest;
    }
    let mut text = words.join(" ");
    if escapes {
        text = unescape(&text);
    }
    if newline {
        text.push('\n');
    }
    Answer::text(text)
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('\\') | None => out.push('\\'),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
        }
    }
    out
}
