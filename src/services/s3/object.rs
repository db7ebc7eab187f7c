//! What reads of an object share: permission, existence, headers.

use super::conditions::{self, Condition};
use super::{S3Request, argument, bucket, checksum, permit_on};
use crate::authorization::Context;
use crate::cloud::Object;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_KEY, S3_PRECONDITION, S3_VERSION_ID};

/// The object that the request is for, for whoever may read it.
///
/// # Errors
/// As [`found`]; PreconditionFailed.
pub(super) fn read<'a>(
    call: &'a mut Call<'_>,
    request: &S3Request<'_>,
) -> Result<(&'a Object, Condition), AwsError> {
    let version = request.parameter("versionId");
    let object = found(call, request, (&request.bucket, &request.key), version)?;
    let condition = conditions::check(request, object, "");
    if let Condition::Failed(header) = condition {
        return Err(S3_PRECONDITION.error().field("Condition", header));
    }
    Ok((object, condition))
}

/// An object, for whoever may read it.
///
/// # Errors
/// AccessDenied; NoSuchKey, which only callers with s3:ListBucket are told, others are denied; InvalidArgument.
pub(super) fn found<'a>(
    call: &'a mut Call<'_>,
    request: &S3Request<'_>,
    (name, key): (&str, &str),
    version: Option<&str>,
) -> Result<&'a Object, AwsError> {
    let (action, list) = match version {
        None => ("s3:GetObject", "s3:ListBucket"),
        Some(_) => ("s3:GetObjectVersion", "s3:ListBucketVersions"),
    };
    permit_on(call, request, (name, key), action, version_key(version))?;
    check_version(version)?;
    if !bucket(call.cloud, name)?.objects.contains_key(key) {
        permit_on(call, request, (name, ""), list, Context::default())?;
    }
    bucket(call.cloud, name)?.objects.get(key).ok_or_else(|| no_such_key(key))
}

/// Without versions the only version id is `null`.
///
/// # Errors
/// InvalidArgument for another.
pub(super) fn check_version(version: Option<&str>) -> Result<(), AwsError> {
    match version.filter(|version| *version != "null") {
        Some(other) => Err(argument(S3_VERSION_ID.error(), "versionId", other)),
        None => Ok(()),
    }
}

/// s3:VersionId, of the actions on a version alone.
pub(super) fn version_key(version: Option<&str>) -> Context {
    let mut keys = Context::default();
    if let Some(version) = version {
        keys.set("s3:VersionId", version, "origin.request");
    }
    keys
}

pub(super) fn no_such_key(key: &str) -> AwsError {
    S3_NO_SUCH_KEY.error().field("Key", key)
}

/// The checksum, for whoever asks for it.
pub(super) fn with_checksum(response: Response, request: &S3Request<'_>, object: &Object) -> Response {
    match request.header("x-amz-checksum-mode") {
        Some("ENABLED") => checksum::headers(response, &checksum::of(object)),
        _ => response,
    }
}

/// The headers of an object's answer, but those that the query of a signed request replaces.
pub(super) fn headers(mut response: Response, request: &S3Request<'_>, object: &Object) -> Response {
    for (name, value) in &object.headers {
        if request.parameter(&["response-", name].concat()).is_none() {
            response = response.with_header(name, value.as_str());
        }
    }
    for (name, value) in &request.query {
        match name.strip_prefix("response-") {
            Some("content-type") | None => {}
            Some(header) => response = response.with_header(header, value.as_str()),
        }
    }
    if !object.tags.is_empty() {
        response = response.with_header("x-amz-tagging-count", object.tags.len().to_string());
    }
    response
        .with_header("Last-Modified", object.modified.http_date())
        .with_header("ETag", object.etag.as_str())
        .with_header("x-amz-server-side-encryption", "AES256")
        .with_header("Accept-Ranges", "bytes")
}
