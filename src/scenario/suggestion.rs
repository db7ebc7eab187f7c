//! "Did you mean": the known name that is closest to a mistyped one.

/// Longer names aren't compared: a suggestion for them helps nobody and costs time.
const MAX_LENGTH: usize = 64;

/// The closest of `known` within a third of the name's length, ignoring case; the first of equals.
pub(crate) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let limit = (name.chars().count() / 3).clamp(1, 3);
    let lower = name.to_lowercase();
    let near = known.into_iter().take(1000).filter(|other| other.len() <= MAX_LENGTH);
    let rated = near.map(|other| (distance(&lower, &other.to_lowercase()), other));
    let (found, other) = rated.min_by_key(|(far, _)| *far)?;
    (found <= limit).then_some(other)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.chars().enumerate() {
        let mut next = vec![line + 1];
        for (place, right) in b.iter().enumerate() {
            let swap = row.get(place).copied().unwrap_or(0) + usize::from(left != *right);
            let insert = row.get(place + 1).copied().unwrap_or(0) + 1;
            let delete = next.last().copied().unwrap_or(0) + 1;
            next.push(swap.min(insert).min(delete));
        }
        row = next;
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
        assert_eq!(closest("AssumeRolePolicy", known), None);
        assert_eq!(closest("Bucket", known), None);
        assert_eq!(closest(&"x".repeat(100_000), known), None);
    }
}
