//! Action and resource patterns: `*` any characters, `?` one.

use crate::gather::Gather;

/// Whether a pattern has a wildcard.
pub fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Steps that one comparison may take; no text that an action or ARN may have comes near.
const MAX_STEPS: usize = 1_000_000;

/// Whether everything that `text` (itself a pattern) matches, `pattern` matches too. Compares as written.
pub fn covers(pattern: &str, text: &str) -> bool {
    covers_within(pattern, text, &mut { MAX_STEPS })
}

/// [`covers`], false as soon as the steps are used up.
pub fn covers_within(pattern: &str, text: &str, steps: &mut usize) -> bool {
    let pattern: Vec<char> = pattern.chars().gather();
    let text: Vec<char> = text.chars().gather();
    let (mut at, mut read) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(character) = text.get(read) {
        let Some(left) = steps.checked_sub(1) else { return false };
        *steps = left;
        match pattern.get(at) {
            Some('*') => {
                retry = Some((at, read));
                at += 1;
            }
            // One character can't stand for the many that a `*` of the text means.
            Some(own) if own == character || (*own == '?' && *character != '*') => {
                at += 1;
                read += 1;
            }
            _ => match &mut retry {
                Some((star, from)) => {
                    *from += 1;
                    (at, read) = (*star + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|character| *character == '*')
}

/// [`covers`] without regard to the case of ASCII letters.
pub fn covers_action(pattern: &str, text: &str) -> bool {
    covers(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase())
}

/// The text of a pattern before its first wildcard.
pub fn literal_start(pattern: &str) -> &str {
    pattern.split(['*', '?']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pattern_covers_another() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("iam:Get*", "iam:GetRole", true),
            ("iam:Get*", "iam:GetRole*", true),
            ("iam:Get*", "iam:*CredentialReport", false),
            ("iam:Get?", "iam:Get*", false),
            ("iam:Get?", "iam:Get?", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXcYb", false),
            ("ab", "abc", false),
            ("abc", "ab", false),
        ] {
            assert_eq!(covers(pattern, text), expected, "{pattern} {text}");
        }
        assert!(covers_action("S3:get*", "s3:GetObject"));
    }
}
