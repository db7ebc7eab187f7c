//! What the CLI guesses was meant: the three closest of the words that may stand there.
//!
//! Source: The Python Standard Library, "difflib": two words are as close as twice the letters in their matching
//! blocks is to the letters of both. Blocks: the longest one, then those on either side of it.

use crate::gather::Gather;

/// At most three of `choices` that are close enough, the closest first.
pub(super) fn close_matches(word: &str, choices: &[String]) -> Vec<String> {
    let letters: Vec<char> = word.chars().gather();
    let mut found: Vec<(usize, usize, &String)> = Vec::new();
    for choice in choices {
        let own: Vec<char> = choice.chars().gather();
        let all = own.len() + letters.len();
        // However alike, words of too different lengths can't be close.
        if is_close(own.len().min(letters.len()), all) {
            let same = matching(&own, &letters);
            if is_close(same, all) {
                found.push((same, all, choice));
            }
        }
    }
    crate::sorted::sort_by(&mut found, |(same, all, choice), (other, whole, name)| {
        (other * all).cmp(&(same * whole)).then_with(|| name.cmp(choice))
    });
    found.into_iter().take(3).map(|(_, _, choice)| choice.clone()).gather()
}

/// Whether the ratio is at least 0.8.
fn is_close(same: usize, all: usize) -> bool {
    all > 0 && same * 20 >= all * 8
}

/// The letters in matching blocks.
fn matching(one: &[char], other: &[char]) -> usize {
    // Where the longest block begins in both, the earliest if there are several, and its length.
    let (mut begin, mut start, mut longest) = (0, 0, 0);
    let mut lengths = vec![0; other.len() + 1];
    for (place, letter) in one.iter().enumerate() {
        let mut next = vec![0; other.len() + 1];
        for (at, same) in other.iter().enumerate() {
            if letter == same {
                let length = lengths.get(at).copied().unwrap_or(0) + 1;
                if let Some(own) = next.get_mut(at + 1) {
                    *own = length;
                }
                if length > longest {
                    (begin, start, longest) = (place + 1 - length, at + 1 - length, length);
                }
            }
        }
        lengths = next;
    }
    if longest == 0 {
        return 0;
    }
    let before = |all: &[char], at: usize| all.get(..at).map(<[char]>::to_vec).unwrap_or_default();
    let after = |all: &[char], at: usize| all.get(at + longest..).map(<[char]>::to_vec).unwrap_or_default();
    longest
        + matching(&before(one, begin), &before(other, start))
        + matching(&after(one, begin), &after(other, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Python's `difflib.get_close_matches(word, choices, cutoff=0.8)` answers.
    #[test]
    fn guesses_as_python_does() {
        let choices: Vec<String> = [
            "describe-instances",
            "describe-instance-status",
            "describe-instance-types",
            "describe-addresses",
            "get-role",
            "get-roles",
            "get-user",
            "list-roles",
            "json",
            "text",
            "table",
            "yaml",
            "ls",
            "aab",
            "baa",
            "abab",
        ]
        .map(str::to_string)
        .to_vec();
        for (word, expected) in [
            (
                "describe-instance",
                &["describe-instances", "describe-instance-types", "describe-instance-status"][..],
            ),
            (
                "descrbe-instances",
                &["describe-instances", "describe-instance-types", "describe-instance-status"],
            ),
            ("get-rol", &["get-role", "get-roles"]),
            ("jsn", &["json"]),
            ("lss", &["ls"]),
            ("abaab", &["abab"]),
            ("xml", &[]),
            ("", &[]),
        ] {
            assert_eq!(close_matches(word, &choices), expected, "{word}");
        }
        assert!(close_matches(&"a".repeat(16_000), &choices).is_empty());
    }
}
