//! What GetObject and HeadObject share: permission, existence, headers.

use super::conditions::{self, Condition};
use super::operation::not_modelled;
use super::{S3Request, bucket, permit};
use crate::authorization::Context;
use crate::cloud::Object;
use crate::http::{Request, Response};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_KEY, S3_PRECONDITION};

/// Headers that ask for something that isn't modelled.
const NOT_MODELLED: [&str; 6] = [
    "if-modified-since",
    "if-unmodified-since",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-expected-bucket-owner",
    "x-amz-request-payer",
];

/// The object, for whoever may read it.
///
/// # Errors
/// AccessDenied; NoSuchKey, which only callers with s3:ListBucket are told, others are denied; PreconditionFailed.
pub(super) fn read<'a>(
    call: &'a mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: &str,
) -> Result<(&'a Object, Condition), AwsError> {
    if let Some(header) = NOT_MODELLED.iter().find(|header| call.request.header(header).is_some()) {
        return Err(not_modelled(header.to_string()));
    }
    let http = call.request;
    let object = found(call, request, name, key)?;
    let condition = conditions::check(http, object);
    if let Condition::Failed(header) = condition {
        return Err(S3_PRECONDITION.error().field("Condition", header));
    }
    Ok((object, condition))
}

/// The object, for whoever may read it.
fn found<'a>(
    call: &'a mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: &str,
) -> Result<&'a Object, AwsError> {
    permit(call, request, name, Some(key), "s3:GetObject", Context::default())?;
    if !bucket(call.cloud, name)?.objects.contains_key(key) {
        permit(call, request, name, None, "s3:ListBucket", Context::default())?;
    }
    let object = bucket(call.cloud, name)?.objects.get(key);
    object.ok_or_else(|| S3_NO_SUCH_KEY.error().field("Key", key))
}

/// A copy of the object, for whoever may read it.
///
/// # Errors
/// As [`read`].
pub(super) fn copied(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: &str,
) -> Result<Object, AwsError> {
    found(call, request, name, key).cloned()
}

/// The checksum, for whoever asks for it.
pub(super) fn checksum(response: Response, request: &Request, object: &Object) -> Response {
    match &object.checksum {
        Some((name, value)) if request.header("x-amz-checksum-mode") == Some("ENABLED") => {
            response.with_header(name, value.as_str()).with_header("x-amz-checksum-type", "FULL_OBJECT")
        }
        _ => response,
    }
}

/// The headers of an object's answer.
pub(super) fn headers(response: Response, object: &Object) -> Response {
    let kept = object.headers.iter();
    kept.fold(response, |response, (name, value)| response.with_header(name, value.as_str()))
        .with_header("Last-Modified", object.modified.http_date())
        .with_header("ETag", object.etag.as_str())
        .with_header("x-amz-server-side-encryption", "AES256")
        .with_header("Accept-Ranges", "bytes")
}

/// 304: the caller has this object already.
pub(super) fn not_modified(object: &Object) -> Response {
    headers(Response { status: 304, headers: Vec::new(), body: Default::default() }, object)
}
