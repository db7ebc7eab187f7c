//! DeleteObject: removes an object; 204 also where there was none.
//!
//! AWS pages: S3 API Reference, "DeleteObject"; S3 User Guide, "How to perform conditional deletes". Without versions the
//! only version id is `null`.

use super::operation::not_modelled;
use super::{S3Request, bucket_mut, conditions, no_content, object, permit_on};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_VERSION};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let version = request.parameter("versionId");
    object::check_version(version)?;
    if request.header("if-none-match").is_some() {
        return Err(not_modelled("DELETE if-none-match"));
    }
    delete(call, request, &request.key, version, request.header("if-match"))?;
    Ok(no_content())
}

/// Removes an object, for whoever may delete it, if it is the one that `if_match` names.
///
/// # Errors
/// AccessDenied; NoSuchVersion; PreconditionFailed; NoSuchKey where an object is expected.
pub(super) fn delete(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    key: &str,
    version: Option<&str>,
    if_match: Option<&str>,
) -> Result<(), AwsError> {
    let target = (request.bucket.as_str(), key);
    let mut keys = Context::default();
    match if_match {
        Some(value) => keys.set("s3:if-match", value, "origin.request"),
        None => keys.absent("s3:if-match", "origin.absent.not-sent"),
    }
    match version {
        None => permit_on(call, request, target, "s3:DeleteObject", keys)?,
        Some(_) => permit_on(call, request, target, "s3:DeleteObjectVersion", object::version_key(version))?,
    }
    // Who compares an ETag learns it.
    if if_match.is_some_and(|value| value != "*") {
        permit_on(call, request, target, "s3:GetObject", Context::default())?;
    }
    if version.is_some_and(|version| version != "null") {
        return Err(S3_NO_SUCH_VERSION.error());
    }
    let objects = &mut bucket_mut(call.cloud, &request.bucket)?.objects;
    conditions::check_match(if_match, key, objects.get(key))?;
    objects.remove(key);
    Ok(())
}
