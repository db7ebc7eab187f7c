//! `base64 [-d] [-w COLUMNS] [FILE]`

use super::{Answer, Invocation};
use crate::base64::STANDARD;
use crate::gather::Gather;
use crate::shell::messages::INVALID_BASE64;

pub(super) fn run(invocation: &mut Invocation<'_>) -> Answer {
    let (mut decode, mut width, mut names) = (false, 76_usize, Vec::new());
    let mut words = invocation.arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-d" | "--decode" => decode = true,
            "-w" | "-w0" | "--wrap=0" => {
                let number =
                    if word == "-w" { words.next().map(String::as_str).unwrap_or_default() } else { "0" };
                match number.parse() {
                    Ok(number) => width = number,
                    Err(_) => return Answer::not_modelled("base64", word),
                }
            }
            option if option.starts_with('-') && option != "-" => {
                return Answer::not_modelled("base64", option);
            }
            name => names.push(name.to_string()),
        }
    }
    match invocation.inputs("base64", &names).pop() {
        Some(Ok(text)) if decode => decoded(&text),
        Some(Ok(text)) => Answer::text(wrap(&STANDARD.encode(text), width)),
        Some(Err(complaint)) => Answer::error(1, complaint),
        None => Answer::default(),
    }
}

/// Bytes that aren't text become U+FFFD: this shell's outputs are text.
fn decoded(text: &str) -> Answer {
    let compact: String = text.split_whitespace().gather();
    match STANDARD.decode(compact) {
        Ok(bytes) => Answer::text(String::from_utf8_lossy(&bytes)),
        Err(_) => Answer::error(1, INVALID_BASE64),
    }
}

fn wrap(text: &str, width: usize) -> String {
    if width == 0 {
        return text.to_string();
    }
    let letters: Vec<char> = text.chars().gather();
    letters.chunks(width).map(|line| line.iter().copied().gather::<String>() + "\n").gather()
}
