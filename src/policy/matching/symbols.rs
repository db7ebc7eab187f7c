//! Patterns for which looking for pieces takes more than the length of the text: all places of the pattern that the text
//! read so far can reach, 64 of them a step.
//!
//! The bits of a set are places of the pattern; a byte of the text moves those that expect it one further. Bytes of
//! UTF-8 are enough, since no character's first byte stands inside another.

use crate::gather::Gather;

/// What a place of a pattern expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// This byte.
    Byte(u8),
    /// Any one character.
    One,
    /// Any one character but a colon.
    OneOfSegment,
    /// Any number of characters.
    Many,
    /// Any number of characters, none of them a colon.
    ManyOfSegment,
}

impl Symbol {
    /// A text in which `*` and `?` are wildcards.
    pub fn of(text: &str) -> impl Iterator<Item = Symbol> {
        text.bytes().map(|byte| match byte {
            b'*' => Symbol::Many,
            b'?' => Symbol::One,
            literal => Symbol::Byte(literal),
        })
    }

    /// The first five segments of an ARN, in which a wildcard stays, but for a `*` at the end of one.
    pub fn of_segments(head: &str) -> impl Iterator<Item = Symbol> {
        let bytes = head.as_bytes();
        bytes.iter().enumerate().map(|(place, byte)| match byte {
            b'*' if matches!(bytes.get(place + 1), Some(b':') | None) => Symbol::Many,
            b'*' => Symbol::ManyOfSegment,
            b'?' => Symbol::OneOfSegment,
            literal => Symbol::Byte(*literal),
        })
    }

    fn is_many(self) -> bool {
        matches!(self, Symbol::Many | Symbol::ManyOfSegment)
    }

    /// Whether this byte moves on from the place, or for any number of characters stays there.
    fn takes(self, byte: u8) -> bool {
        match self {
            Symbol::Byte(own) => own == byte,
            Symbol::One => !is_inner(byte),
            Symbol::OneOfSegment => !is_inner(byte) && byte != b':',
            Symbol::Many => true,
            Symbol::ManyOfSegment => byte != b':',
        }
    }
}

/// Whether it is a further byte of a character.
fn is_inner(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Whether `text` as a whole matches the symbols.
pub(super) fn symbols_match(symbols: impl Iterator<Item = Symbol>, text: &str) -> bool {
    let mut places: Vec<Symbol> = Vec::new();
    for symbol in symbols {
        match places.last_mut() {
            // Several in a row are the widest of them.
            Some(last) if last.is_many() && symbol.is_many() => {
                if symbol == Symbol::Many {
                    *last = symbol;
                }
            }
            _ => places.push(symbol),
        }
    }
    let many = set(&places, Symbol::is_many);
    // A character of several bytes stays where its first one led.
    let mut inner = set(&places, |symbol| matches!(symbol, Symbol::One | Symbol::OneOfSegment));
    shift(&mut inner);
    let mut takes: Vec<Option<Vec<u64>>> = vec![None; 256];
    let mut reached = vec![0; many.len()];
    reached.iter_mut().take(1).for_each(|word| *word = 1);
    if many.first().is_some_and(|word| word & 1 == 1) {
        reached.iter_mut().take(1).for_each(|word| *word = 0b11);
    }
    for byte in text.bytes() {
        let Some(known) = takes.get_mut(usize::from(byte)) else { return false };
        let takes = known.get_or_insert_with(|| set(&places, |symbol| symbol.takes(byte)));
        let stays = if is_inner(byte) { u64::MAX } else { 0 };
        let (mut moved_on, mut passed_on, mut any) = (0, 0, 0);
        for (((word, takes), many), inner) in reached.iter_mut().zip(takes.iter()).zip(&many).zip(&inner) {
            let taken = *word & takes;
            let moved = taken & !many;
            let now = (taken & many) | (*word & inner & stays) | (moved << 1) | moved_on;
            // Any number of characters may be none.
            let passed = now & many;
            *word = now | (passed << 1) | passed_on;
            (moved_on, passed_on) = (moved >> 63, passed >> 63);
            any |= *word;
        }
        if any == 0 {
            return false;
        }
    }
    let end = places.len();
    reached.get(end / 64).is_some_and(|word| (word >> (end % 64)) & 1 == 1)
}

/// The places whose symbols are so, and room for the end.
fn set(places: &[Symbol], is: impl Fn(Symbol) -> bool) -> Vec<u64> {
    let bits = |symbols: &[Symbol]| {
        symbols.iter().enumerate().fold(0, |word, (place, symbol)| word | (u64::from(is(*symbol)) << place))
    };
    let mut words: Vec<u64> = places.chunks(64).map(bits).gather();
    words.resize(places.len() / 64 + 1, 0);
    words
}

/// Every place one further.
fn shift(set: &mut [u64]) {
    let mut carried = 0;
    for word in set {
        let next = *word >> 63;
        *word = (*word << 1) | carried;
        carried = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_several_bytes_are_one() {
        let matches = |pattern: &str, text: &str| symbols_match(Symbol::of(pattern), text);
        assert!(
            matches("?", "한") && matches("*?", "한글") && matches("a?*b", "a한글b") && !matches("??", "한")
        );
        assert!(matches("", "") && !matches("", "a") && matches("**", "") && matches("한*", "한"));
        let long = "a?".repeat(200);
        assert!(matches(&long, &"ab".repeat(200)) && !matches(&long, &"ab".repeat(199)));
    }

    #[test]
    fn wildcards_of_segments_stay_there_but_at_their_ends() {
        let matches = |pattern: &str, text: &str| symbols_match(Symbol::of_segments(pattern), text);
        assert!(matches("a*b:c", "axb:c") && !matches("a*b:c", "a:b:c") && !matches("a?b", "a:b"));
        assert!(matches("a*:c", "ax:y:c") && matches("a*", "a:b:c"));
    }
}
