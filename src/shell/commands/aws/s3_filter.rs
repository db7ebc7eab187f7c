//! `--exclude` and `--include`: patterns over paths, of which the last that matches counts.
//!
//! AWS page: AWS CLI Command Reference, "s3", "Use of Exclude and Include Filters".

use super::Arguments;

/// Whether a path, relative to the directory or prefix that is worked through, stays.
pub(super) fn keeps(arguments: &Arguments, path: &str) -> bool {
    let mut keeps = true;
    for (option, pattern) in &arguments.values {
        let includes = option == "--include";
        if (includes || option == "--exclude") && matches(pattern.as_bytes(), path.as_bytes()) {
            keeps = includes;
        }
    }
    keeps
}

/// Python's fnmatch: `*` for anything, slashes too, `?` for a character, `[ab]`, `[!ab]`, `[a-z]`.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut rest, mut left) = (pattern, text);
    // Where to go on if what follows the last star doesn't fit.
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        let step = match (rest.split_first(), left.split_first()) {
            (Some((b'*', after)), _) => {
                again = Some((after, left));
                rest = after;
                continue;
            }
            (None, None) => return true,
            (Some((first, after)), Some((byte, more))) => {
                one(*first, after, *byte).map(|after| (after, more))
            }
            _ => None,
        };
        match (step, again) {
            (Some((after, more)), _) => (rest, left) = (after, more),
            (None, Some((after, from))) => {
                let Some((_, more)) = from.split_first() else { return false };
                again = Some((after, more));
                (rest, left) = (after, more);
            }
            (None, None) => return false,
        }
    }
}

/// The pattern after its next character, if that fits the byte.
fn one(first: u8, after: &[u8], byte: u8) -> Option<&[u8]> {
    let close = after.iter().skip(1).position(|byte| *byte == b']').map(|place| place + 1);
    match (first, close) {
        (b'?', _) => Some(after),
        (b'[', Some(close)) => {
            let (set, rest) = after.split_at_checked(close)?;
            let (negated, set) = match set.split_first() {
                Some((b'!', set)) => (true, set),
                _ => (false, set),
            };
            let in_range = set
                .windows(3)
                .any(|range| matches!(range, [low, b'-', high] if (*low..=*high).contains(&byte)));
            let is_in = set.contains(&byte) || in_range;
            (is_in != negated).then_some(rest.get(1..)?)
        }
        _ => (first == byte).then_some(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_fnmatch_does() {
        for (pattern, text, fits) in [
            ("*", "a/b", true),
            ("*.txt", "a/b.txt", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[ab", "[ab", true),
            ("a*b*c", "aXbYbc", true),
            ("a*b*c", "aXbY", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern.as_bytes(), text.as_bytes()), fits, "{pattern} {text}");
        }
        // Linear times linear at worst.
        assert!(!matches("*a".repeat(2000).as_bytes(), "b".repeat(2000).as_bytes()));
    }
}
