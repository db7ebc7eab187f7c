//! AbortMultipartUpload: drops an upload and its parts.
//!
//! AWS page: S3 API Reference, "AbortMultipartUpload".

use super::upload_part::{names, upload};
use super::{S3Request, bucket_mut, no_content};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    upload(call, request)?;
    bucket_mut(call.cloud, &request.bucket)?.uploads.remove(&names(request));
    Ok(no_content())
}
