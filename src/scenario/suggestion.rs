//! "Did you mean": the known name that is closest to a mistyped one.

use crate::gather::Gather;

/// Longer names aren't compared: a suggestion for them helps nobody and costs time.
const MAX_LENGTH: usize = 64;

/// The closest of `known` within a third of the name's length, ignoring case; the first of equals.
pub(crate) fn closest<'a>(name: &str, known: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let lower: Vec<char> = name.to_ascii_lowercase().chars().gather();
    let mut limit = (lower.len() / 3).clamp(1, 3);
    let mut found = None;
    for other in known.take(1000).filter(|other| other.len() <= MAX_LENGTH) {
        let letters: Vec<char> = other.to_ascii_lowercase().chars().gather();
        // Only what is closer than all before counts.
        if let Some(far) = distance(&lower, &letters, limit) {
            found = Some(other);
            match far.checked_sub(1) {
                Some(closer) => limit = closer,
                None => break,
            }
        }
    }
    found
}

/// How many letters are changed, left out, added or exchanged with their neighbour; `None`: more than `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).gather();
    for (line, left) in a.iter().enumerate() {
        let mut next = vec![line + 1];
        for (place, right) in b.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let change = at(&row, place) + usize::from(left != right);
            let mut best = change.min(at(&row, place + 1) + 1).min(at(&next, place) + 1);
            let neighbours = line.checked_sub(1).and_then(|line| a.get(line)) == Some(right)
                && place.checked_sub(1).and_then(|place| b.get(place)) == Some(left);
            if neighbours {
                best = best.min(at(&before, place.saturating_sub(1)) + 1);
            }
            next.push(best);
        }
        // Two rows in which all is too far: nothing nearer can follow.
        let is_far = |row: &[usize]| row.iter().all(|far| *far > limit);
        if is_far(&next) && is_far(&row) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|far| *far <= limit)
}

#[cfg(test)]
mod tests {
    #[test]
    fn suggests_what_is_near_alone() {
        let closest = |name: &str| {
            super::closest(name, &mut ["AssumeRolePolicyDocument", "RoleName", "Path"].into_iter())
        };
        assert_eq!(closest("RolName"), Some("RoleName"));
        assert_eq!(closest("rolename"), Some("RoleName"));
        assert_eq!(closest("Ptah"), Some("Path"));
        assert_eq!(closest("AssumeRolePolicy"), None);
        assert_eq!(closest("Bucket"), None);
        assert_eq!(closest(&"x".repeat(100_000)), None);
    }
}
