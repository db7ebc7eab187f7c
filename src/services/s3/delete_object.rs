//! DeleteObject: removes an object; 204 also where there was none.
//!
//! AWS page: S3 API Reference, "DeleteObject".

use super::{S3Request, no_content, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    bucket: &str,
    key: &str,
) -> Result<Response, AwsError> {
    permit(call, request, bucket, Some(key), "s3:DeleteObject", Context::default())?;
    if let Some(bucket) = call.cloud.buckets.get_mut(bucket) {
        bucket.objects.remove(key);
    }
    Ok(no_content())
}
