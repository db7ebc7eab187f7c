//! Action and NotAction: `service:Name`, without regard to case, `*` and `?` anywhere.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Action".

use super::symbols::{Symbol, symbols_match};
use std::cmp::Ordering;

/// Bytes of pattern times bytes of action up to which going back to the last `*` is quick.
const SMALL: usize = 1 << 14;

/// One entry of Action or NotAction.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionPattern {
    text: Box<str>,
    /// Bytes of the service prefix, if it is written out.
    service: Option<u16>,
    form: Form,
}

/// How much of the matching machinery the pattern needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `*`
    Everything,
    /// No wildcard.
    Exact,
    /// One `*`, at the end.
    Prefix,
    /// Anything else.
    Wild,
}

impl ActionPattern {
    /// An entry as written.
    pub(crate) fn new(text: &str) -> Self {
        let wildcard = text.bytes().position(|byte| matches!(byte, b'*' | b'?'));
        let form = match wildcard {
            None => Form::Exact,
            Some(_) if text == "*" => Form::Everything,
            Some(place) if place + 1 == text.len() && text.ends_with('*') => Form::Prefix,
            Some(_) => Form::Wild,
        };
        let colon = text.bytes().position(|byte| byte == b':');
        let service = colon.filter(|colon| wildcard.is_none_or(|wildcard| *colon < wildcard));
        ActionPattern { text: text.into(), service: service.and_then(|end| u16::try_from(end).ok()), form }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it matches an action such as `s3:GetObject`.
    pub fn matches(&self, action: &str) -> bool {
        let pattern = self.text.as_bytes();
        let action = action.as_bytes();
        match self.form {
            Form::Everything => true,
            Form::Exact => pattern.eq_ignore_ascii_case(action),
            Form::Prefix => {
                let length = pattern.len().saturating_sub(1);
                match (pattern.get(..length), action.get(..length)) {
                    (Some(prefix), Some(start)) => prefix.eq_ignore_ascii_case(start),
                    _ => false,
                }
            }
            Form::Wild if pattern.len().saturating_mul(action.len()) > SMALL => {
                let lower = String::from_utf8_lossy(action).to_ascii_lowercase();
                symbols_match(Symbol::of(&self.text.to_ascii_lowercase()), &lower)
            }
            Form::Wild => wild(pattern, action),
        }
    }

    /// Whether it has no wildcard.
    pub(crate) fn is_exact(&self) -> bool {
        self.form == Form::Exact
    }

    /// The service prefix, if it is written out.
    pub(crate) fn service(&self) -> Option<&str> {
        self.text.get(..usize::from(self.service?))
    }
}

/// Orders texts without regard to the case of ASCII letters.
pub(crate) fn compare_ignoring_case(left: &str, right: &str) -> Ordering {
    let mut pairs = left.bytes().zip(right.bytes());
    match pairs.find(|(a, b)| !a.eq_ignore_ascii_case(b)) {
        Some((a, b)) => a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()),
        None => left.len().cmp(&right.len()),
    }
}

/// Greedy matching that remembers the last `*` alone.
fn wild(pattern: &[u8], action: &[u8]) -> bool {
    let (mut p, mut a) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while a < action.len() {
        let wanted = pattern.get(p).copied();
        let found = action.get(a).copied();
        let same = matches!((wanted, found), (Some(w), Some(f)) if w == b'?' || w.eq_ignore_ascii_case(&f));
        if wanted == Some(b'*') {
            star = Some((p, a));
            p += 1;
        } else if same {
            p += 1;
            a += 1;
        } else if let Some((place, start)) = star {
            star = Some((place, start + 1));
            p = place + 1;
            a = start + 1;
        } else {
            return false;
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_case_and_reads_wildcards() {
        for (pattern, expected) in [
            ("*", true),
            ("S3:getobject", true),
            ("s3:Get*", true),
            ("s3:*", true),
            ("s?:G*t", true),
            ("*:GetObject", true),
            ("s3:Get", false),
            ("s3:GetObject?", false),
            ("s3:Put*", false),
            ("*Bucket*", false),
        ] {
            assert_eq!(ActionPattern::new(pattern).matches("s3:GetObject"), expected, "{pattern}");
        }
    }

    #[test]
    fn knows_its_service() {
        assert_eq!(ActionPattern::new("s3:Get*").service(), Some("s3"));
        assert_eq!(ActionPattern::new("s*:Get").service(), None);
        assert_eq!(ActionPattern::new("*").service(), None);
    }
}
