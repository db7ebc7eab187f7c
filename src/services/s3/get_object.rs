//! GetObject: an object, or a range of it.
//!
//! AWS page: S3 API Reference, "GetObject".

use super::conditions::{Condition, Range, range};
use super::{S3Request, object};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_INVALID_RANGE};

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    bucket: &str,
    key: &str,
) -> Result<Response, AwsError> {
    let http = call.request;
    let (found, condition) = object::read(call, request, bucket, key)?;
    if condition == Condition::NotModified {
        return Ok(object::not_modified(found));
    }
    let size = found.body.len();
    match range(http, size) {
        Range::Whole => {
            let response = Response::new(200, &found.content_type, found.body.clone());
            Ok(object::checksum(object::headers(response, found), http, found))
        }
        Range::Part(first, last) => {
            let part = found.body.get(first..=last).unwrap_or_default();
            let response = Response::new(206, &found.content_type, part)
                .with_header("Content-Range", format!("bytes {first}-{last}/{size}"));
            Ok(object::headers(response, found))
        }
        Range::Unsatisfiable(asked) => Err(S3_INVALID_RANGE
            .error()
            .field("RangeRequested", asked)
            .field("ActualObjectSize", size.to_string())),
    }
}
