//! Conditional requests (`If-Match`, `If-None-Match`) and ranges.
//!
//! AWS page: S3 API Reference, "GetObject"; RFC 9110, sections 13 and 14.

use crate::cloud::Object;
use crate::http::Request;

/// What the conditions of a request come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// None, or all hold.
    Holds,
    /// The caller has the object already.
    NotModified,
    /// This header's condition doesn't hold.
    Failed(&'static str),
}

/// Compares the conditions with the object.
pub(super) fn check(request: &Request, object: &Object) -> Condition {
    let named = |header: &str| {
        request.header(header).map(|value| {
            let etag = object.etag.trim_matches('"');
            value.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_matches('"') == etag)
        })
    };
    match (named("if-match"), named("if-none-match")) {
        (Some(false), _) => Condition::Failed("If-Match"),
        (_, Some(true)) => Condition::NotModified,
        _ => Condition::Holds,
    }
}

/// What part of an object a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Range {
    /// Everything: no range, or one that S3 ignores.
    Whole,
    /// From the first to the last byte, both included.
    Part(usize, usize),
    /// Nothing of it is there.
    Unsatisfiable(String),
}

/// Reads `Range: bytes=a-b`, `a-` or `-n`. Several ranges, other units and nonsense are ignored.
pub(super) fn range(request: &Request, size: usize) -> Range {
    let Some(header) = request.header("range") else { return Range::Whole };
    let Some((first, last)) = header.trim().strip_prefix("bytes=").and_then(|text| text.split_once('-'))
    else {
        return Range::Whole;
    };
    let end = size.checked_sub(1);
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let (from, to) = match (first.trim(), last.trim()) {
        ("", length) => match number(length) {
            Some(length) => (size.saturating_sub(length), if length == 0 { None } else { end }),
            None => return Range::Whole,
        },
        (first, "") => match number(first) {
            Some(first) => (first, end),
            None => return Range::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => (first, end.map(|end| end.min(last))),
            _ => return Range::Whole,
        },
    };
    match to {
        Some(to) if from <= to => Range::Part(from, to),
        _ => Range::Unsatisfiable(header.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        let of =
            |text: &str, size| range(&Request::new("GET", "https://h/").with_header("Range", text), size);
        let unsatisfiable = |text: &str| Range::Unsatisfiable(text.into());
        assert_eq!(of("bytes=0-9", 100), Range::Part(0, 9));
        assert_eq!(of("bytes=90-", 100), Range::Part(90, 99));
        assert_eq!(of("bytes=90-500", 100), Range::Part(90, 99));
        assert_eq!(of("bytes=-5", 100), Range::Part(95, 99));
        assert_eq!(of("bytes=-500", 100), Range::Part(0, 99));
        assert_eq!(of("bytes=100-", 100), unsatisfiable("bytes=100-"));
        assert_eq!(of("bytes=-0", 100), unsatisfiable("bytes=-0"));
        assert_eq!(of("bytes=0-", 0), unsatisfiable("bytes=0-"));
        for ignored in ["bytes=a-b", "bytes=5-2", "items=0-1", "bytes=0-1,3-4", ""] {
            assert_eq!(of(ignored, 100), Range::Whole, "{ignored}");
        }
    }
}
