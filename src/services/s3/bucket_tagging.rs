//! GetBucketTagging, PutBucketTagging, DeleteBucketTagging: the tags of a bucket.
//!
//! AWS pages: S3 API Reference, one of each name. Deleting needs the permission to put.

use super::payload::payload;
use super::{S3Request, bucket, bucket_mut, no_content, tag_set};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_TAG_SET};

pub(super) fn get(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let tags = &bucket(call.cloud, &request.bucket)?.tags;
    match tags.is_empty() {
        true => Err(S3_NO_SUCH_TAG_SET.error().field("BucketName", &request.bucket)),
        false => Ok(tag_set::write(tags)),
    }
}

pub(super) fn put(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let tags = tag_set::read(&payload(request)?.bytes, tag_set::OF_BUCKET)?;
    bucket_mut(call.cloud, &request.bucket)?.tags = tags;
    Ok(no_content())
}

pub(super) fn delete(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    bucket_mut(call.cloud, &request.bucket)?.tags.clear();
    Ok(no_content())
}
