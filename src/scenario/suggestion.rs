//! "Did you mean": the known name that is closest to a mistyped one.

/// Longer names aren't compared: a suggestion for them helps nobody and costs time.
const MAX_LENGTH: usize = 64;

/// The closest of `known` within a third of the name's length, ignoring case; the first of equals.
pub(crate) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let limit = (name.chars().count() / 3).clamp(1, 3);
    let lower = name.to_ascii_lowercase();
    let near = known.into_iter().take(1000).filter(|other| other.len() <= MAX_LENGTH);
    let rated = near.map(|other| (distance(&lower, &other.to_ascii_lowercase()), other));
    let (found, other) = rated.min_by_key(|(far, _)| *far)?;
    (found <= limit).then_some(other)
}

/// How many letters are changed, left out, added or exchanged with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
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
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_is_near_alone() {
        let known = ["AssumeRolePolicyDocument", "RoleName", "Path"];
        assert_eq!(closest("RolName", known), Some("RoleName"));
        assert_eq!(closest("rolename", known), Some("RoleName"));
        assert_eq!(closest("Ptah", known), Some("Path"));
        assert_eq!(closest("AssumeRolePolicy", known), None);
        assert_eq!(closest("Bucket", known), None);
        assert_eq!(closest(&"x".repeat(100_000), known), None);
    }
}
