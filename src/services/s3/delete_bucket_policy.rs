//! DeleteBucketPolicy: 204, also where there was none.
//!
//! AWS page: S3 API Reference, "DeleteBucketPolicy".

use super::{S3Request, bucket, no_content, of_own_account, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:DeleteBucketPolicy", Context::default())?;
    of_own_account(request, bucket(call.cloud, name)?)?;
    if let Some(bucket) = call.cloud.buckets.get_mut(name) {
        (bucket.policy, bucket.policy_origin, bucket.policy_text) = (None, None, None);
    }
    Ok(no_content())
}
