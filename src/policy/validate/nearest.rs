//! The name that was probably meant.

use crate::gather::Gather;

/// The nearest of `names` if it is near enough: a quarter of the letters may differ, at least one.
/// A letter too many, too few, another one, or two swapped count one each; case doesn't count.
pub fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text: Vec<char> = text.to_ascii_lowercase().chars().take(MAX_LENGTH).gather();
    let limit = 1 + text.len() / 4;
    let near = |name: &'a str| {
        let other: Vec<char> = name.to_ascii_lowercase().chars().take(MAX_LENGTH).gather();
        if text.len().abs_diff(other.len()) > limit {
            return None;
        }
        Some((distance(&text, &other), name)).filter(|(distance, _)| *distance <= limit)
    };
    names.filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Longer names aren't compared further.
const MAX_LENGTH: usize = 128;

/// Optimal string alignment.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).gather();
    for (row, left) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, right) in b.iter().enumerate() {
            let of = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let replaced = of(&last, column) + usize::from(left != right);
            let mut best = replaced.min(of(&last, column + 1) + 1).min(of(&current, column) + 1);
            let swapped =
                row > 0 && column > 0 && a.get(row - 1) == Some(right) && b.get(column - 1) == Some(left);
            if swapped {
                best = best.min(of(&before, column - 1) + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["GetObject", "GetObjectAcl", "PutObject", "ListBucket"];
        let find = |text| nearest(text, names.into_iter());
        assert_eq!(find("GetObjects"), Some("GetObject"));
        assert_eq!(find("getobejct"), Some("GetObject"));
        assert_eq!(find("PutObjct"), Some("PutObject"));
        assert_eq!(find("Frobnicate"), None);
        assert_eq!(find(""), None);
    }
}
