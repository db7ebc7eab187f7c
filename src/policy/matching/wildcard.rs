//! `*` for any number of characters and `?` for exactly one, without recursion or backtracking over `*`.
//!
//! The text between two `*` is looked for once, leftmost, from where the last piece ended; that is enough,
//! since an earlier place never leaves less room. Matching is by characters, so `?` is one even beyond ASCII.
//! Long pieces that can't be looked for in linear time are left to `symbols`.

use super::symbols::{Symbol, symbols_match};

/// Bytes of pattern times bytes of text up to which each place is tried: quicker than preparing anything.
const SMALL: usize = 1 << 14;

/// Whether `text` as a whole matches `pattern`.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    if pattern.len().saturating_mul(text.len()) > SMALL && pattern.contains('?') {
        return symbols_match(Symbol::of(pattern), text);
    }
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = strip(first, text) else {
        return false;
    };
    let Some(mut piece) = pieces.next() else {
        return rest.is_empty();
    };
    for next in pieces {
        let Some(after) = find(piece, rest) else {
            return false;
        };
        rest = after;
        piece = next;
    }
    ends_with(piece, rest)
}

/// One part of a pattern whose wildcards are marked, since literal text may hold `*` and `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// This text.
    Text(&'a str),
    /// Any one character.
    One,
    /// Any number of characters.
    Many,
}

impl Token<'_> {
    fn symbols(&self) -> impl Iterator<Item = Symbol> {
        let (text, wildcard) = match self {
            Token::Text(text) => (*text, None),
            Token::One => ("", Some(Symbol::One)),
            Token::Many => ("", Some(Symbol::Many)),
        };
        text.bytes().map(Symbol::Byte).chain(wildcard)
    }
}

/// Whether `text` as a whole matches the tokens.
pub(crate) fn tokens_match(tokens: &[Token<'_>], text: &str) -> bool {
    let length: usize =
        tokens.iter().map(|token| if let Token::Text(text) = token { text.len() } else { 1 }).sum();
    if length.saturating_mul(text.len()) > SMALL {
        return symbols_match(tokens.iter().flat_map(Token::symbols), text);
    }
    let mut pieces = tokens.split(|token| *token == Token::Many);
    let first = pieces.next().unwrap_or(&[]);
    let Some(mut rest) = strip_tokens(first, text) else {
        return false;
    };
    let Some(mut piece) = pieces.next() else {
        return rest.is_empty();
    };
    for next in pieces {
        let Some(after) = places(rest).find_map(|place| strip_tokens(piece, place)) else {
            return false;
        };
        rest = after;
        piece = next;
    }
    let length: usize =
        piece.iter().map(|token| if let Token::Text(text) = token { text.chars().count() } else { 1 }).sum();
    last(rest, length).is_some_and(|tail| strip_tokens(piece, tail).is_some_and(str::is_empty))
}

/// What follows the piece at the beginning of `text`.
fn strip<'t>(piece: &str, text: &'t str) -> Option<&'t str> {
    if !piece.contains('?') {
        return text.strip_prefix(piece);
    }
    let mut characters = text.chars();
    for wanted in piece.chars() {
        let found = characters.next()?;
        if wanted != '?' && wanted != found {
            return None;
        }
    }
    Some(characters.as_str())
}

/// What follows the first place of the piece in `text`.
fn find<'t>(piece: &str, text: &'t str) -> Option<&'t str> {
    if !piece.contains('?') {
        let place = text.find(piece)?;
        return text.get(place + piece.len()..);
    }
    places(text).find_map(|place| strip(piece, place))
}

fn ends_with(piece: &str, text: &str) -> bool {
    if !piece.contains('?') {
        return text.ends_with(piece);
    }
    last(text, piece.chars().count()).is_some_and(|tail| strip(piece, tail).is_some_and(str::is_empty))
}

fn strip_tokens<'t>(piece: &[Token<'_>], text: &'t str) -> Option<&'t str> {
    let mut rest = text;
    for token in piece {
        rest = match token {
            Token::Text(wanted) => rest.strip_prefix(wanted)?,
            _ => {
                let mut characters = rest.chars();
                characters.next()?;
                characters.as_str()
            }
        };
    }
    Some(rest)
}

/// The text from each of its characters on, and the empty end.
fn places(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(place, _)| place).chain(std::iter::once(text.len()));
    ends.filter_map(|place| text.get(place..))
}

/// The last `length` characters; `None` if there are fewer.
fn last(text: &str, length: usize) -> Option<&str> {
    if length == 0 {
        return Some("");
    }
    let (place, _) = text.char_indices().rev().nth(length - 1)?;
    text.get(place..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_agree() {
        let cases = [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "a\nb", true),
            ("a*", "a", true),
            ("*a", "ba", true),
            ("*a", "ab", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("ab*ba", "aba", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("?", "한", true),
            ("??", "한", false),
            ("*?b", "ab", true),
            ("*?b", "b", false),
            ("*a?c*", "xxaacabc", true),
            ("a*?", "a", false),
            ("*x?", "xyx", false),
            ("*.csv", "a.csv.csv", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
            assert_eq!(symbols_match(Symbol::of(pattern), text), expected, "symbols of {pattern}: {text}");
            let tokens: Vec<Token<'_>> = pattern
                .split_inclusive(['*', '?'])
                .flat_map(|part| {
                    let wild = match part.chars().last() {
                        Some('*') => Some(Token::Many),
                        Some('?') => Some(Token::One),
                        _ => None,
                    };
                    let literal = part.trim_end_matches(['*', '?']);
                    [(!literal.is_empty()).then_some(Token::Text(literal)), wild].into_iter().flatten()
                })
                .collect();
            assert_eq!(tokens_match(&tokens, text), expected, "tokens of {pattern}: {text}");
        }
    }

    #[test]
    fn long_pieces_between_stars_come_to_an_end() {
        let text = "a".repeat(50_000);
        for pattern in ["a?".repeat(5_000), format!("*{}b*", "a?".repeat(5_000)), "*a?b".repeat(5_000)] {
            assert!(!matches(&pattern, &text));
            let half = "a".repeat(5_000);
            let tokens = [
                Token::Many,
                Token::Text(&half),
                Token::Text(&half),
                Token::One,
                Token::Text("b"),
                Token::Many,
            ];
            assert!(!tokens_match(&tokens, &text));
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_few() {
        let pattern = format!("{}b", "*a".repeat(2_000));
        assert!(!matches(&pattern, &"a".repeat(100_000)));
    }
}
