//! DeleteBucket: removes an empty bucket. Multipart uploads under way go with it.
//!
//! AWS page: S3 API Reference, "DeleteBucket".

use super::{S3Request, bucket, no_content};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_BUCKET_NOT_EMPTY};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    if !bucket(call.cloud, &request.bucket)?.objects.is_empty() {
        return Err(S3_BUCKET_NOT_EMPTY.error().field("BucketName", &request.bucket));
    }
    call.cloud.buckets.remove(&request.bucket);
    Ok(no_content())
}
