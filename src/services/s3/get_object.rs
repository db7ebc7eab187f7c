//! GetObject: an object, or a range of it.
//!
//! AWS page: S3 API Reference, "GetObject". Left out on purpose: parts by number.

use super::conditions::{Condition, Range, range};
use super::{S3Request, object};
use crate::cloud::Object;
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_INVALID_RANGE, S3_RESPONSE_HEADERS};

/// Every parameter that is modelled.
pub(super) const PARAMETERS: [&str; 7] = [
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "versionId",
];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let (found, condition) = object::read(call, request)?;
    answer(request, found, condition)
}

/// The answer of GetObject and, but for the body, of HeadObject.
pub(super) fn answer(
    request: &S3Request<'_>,
    found: &Object,
    condition: Condition,
) -> Result<Response, AwsError> {
    let replaces = request.query.iter().any(|(name, _)| name.starts_with("response-"));
    if replaces && request.caller.credential.is_none() {
        return Err(S3_RESPONSE_HEADERS.error());
    }
    if condition == Condition::NotModified {
        return Ok(object::headers(Response::empty(304), request, found));
    }
    let kind = request.parameter("response-content-type").unwrap_or(&found.content_type);
    let size = found.body.len();
    match range(request.http, size) {
        Range::Whole => {
            let response = Response::new(200, kind, found.body.clone());
            Ok(object::with_checksum(object::headers(response, request, found), request, found))
        }
        Range::Part(first, last) => {
            let part = Body::from(found.body.get(first..=last).unwrap_or_default());
            let range = format!("bytes {first}-{last}/{size}");
            let response = Response::new(206, kind, part).with_header("Content-Range", range);
            Ok(object::headers(response, request, found))
        }
        Range::Unsatisfiable(asked) => Err(S3_INVALID_RANGE
            .error()
            .field("RangeRequested", asked)
            .field("ActualObjectSize", size.to_string())),
    }
}
