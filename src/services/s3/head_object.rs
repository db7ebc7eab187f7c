//! HeadObject: the headers of GetObject. Its errors have no body, so that a client sees the status alone.
//!
//! AWS page: S3 API Reference, "HeadObject".

use super::conditions::Condition;
use super::{S3Request, object};
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::AwsError;

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
    let whole = Response::new(200, &found.content_type, found.body.clone());
    let head = object::headers(Response { body: Body::default(), ..whole }, found);
    Ok(object::checksum(head, http, found))
}
