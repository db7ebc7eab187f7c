//! DeletePublicAccessBlock: turns the bucket's settings off; the account's stay. It needs the permission to put them.
//!
//! AWS page: S3 API Reference, "DeletePublicAccessBlock".

use super::{S3Request, no_content, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:PutBucketPublicAccessBlock", Context::default())?;
    if let Some(bucket) = call.cloud.buckets.get_mut(name) {
        bucket.public_access_block = None;
    }
    Ok(no_content())
}
