//! Conditional requests (`If-Match`, `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since`) and ranges.
//!
//! AWS pages: S3 API Reference, "GetObject" and "CopyObject"; S3 User Guide, "How to prevent object overwrites with
//! conditional writes"; RFC 9110, sections 13 and 14.

use super::S3Request;
use super::object::no_such_key;
use super::operation::not_modelled;
use crate::clock::Timestamp;
use crate::cloud::Object;
use crate::http::Request;
use crate::services::errors::{AwsError, S3_PRECONDITION};

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

/// Compares the conditions of a read with the object; `prefix` is that of a copy's source, or nothing.
pub(super) fn check(request: &S3Request<'_>, object: &Object, prefix: &str) -> Condition {
    let header = |name: &str| request.header(&[prefix, name].concat());
    let named = |name: &str| header(name).map(|value| names(value, object));
    // Whole seconds, as HTTP's dates are. A date that isn't one is no condition.
    let newer = |name: &str| {
        let since = Timestamp::parse_http_date(header(name)?)?;
        Some(object.modified.epoch_seconds() > since.epoch_seconds())
    };
    match (named("if-match"), newer("if-unmodified-since")) {
        (Some(false), _) => return Condition::Failed("If-Match"),
        (None, Some(true)) => return Condition::Failed("If-Unmodified-Since"),
        _ => {}
    }
    match (named("if-none-match"), newer("if-modified-since")) {
        (Some(true), _) | (None, Some(false)) => Condition::NotModified,
        _ => Condition::Holds,
    }
}

/// Compares the conditions of a write with the object that it would replace.
///
/// # Errors
/// PreconditionFailed; NoSuchKey where an object is expected; NotImplemented for what S3 doesn't implement itself.
pub(super) fn check_write(request: &S3Request<'_>, object: Option<&Object>) -> Result<(), AwsError> {
    match (request.header("if-none-match"), object) {
        (Some("*"), Some(_)) => return Err(S3_PRECONDITION.error().field("Condition", "If-None-Match")),
        (Some("*") | None, _) => {}
        (Some(other), _) => return Err(not_modelled(&["if-none-match: ", other].concat())),
    }
    check_match(request.header("if-match"), &request.key, object)
}

/// Compares what a write or delete expects with the object that is there.
///
/// # Errors
/// PreconditionFailed; NoSuchKey where an object is expected.
pub(super) fn check_match(
    expected: Option<&str>,
    key: &str,
    object: Option<&Object>,
) -> Result<(), AwsError> {
    match (expected, object) {
        (Some(_), None) => Err(no_such_key(key)),
        (Some(value), Some(object)) if !names(value, object) => {
            Err(S3_PRECONDITION.error().field("Condition", "If-Match"))
        }
        _ => Ok(()),
    }
}

fn names(value: &str, object: &Object) -> bool {
    let etag = object.etag.trim_matches('"');
    value.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_matches('"') == etag)
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
    request.header("range").map_or(Range::Whole, |header| bytes(header, size))
}

/// Reads `bytes=a-b`, `a-` or `-n`.
pub(super) fn bytes(header: &str, size: usize) -> Range {
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
