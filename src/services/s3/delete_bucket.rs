//! DeleteBucket: removes an empty bucket.
//!
//! AWS page: S3 API Reference, "DeleteBucket".

use super::{S3Request, bucket, no_content, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_BUCKET_NOT_EMPTY};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:DeleteBucket", Context::default())?;
    if !bucket(call.cloud, name)?.objects.is_empty() {
        return Err(S3_BUCKET_NOT_EMPTY.error().field("BucketName", name));
    }
    call.cloud.buckets.remove(name);
    Ok(no_content())
}
