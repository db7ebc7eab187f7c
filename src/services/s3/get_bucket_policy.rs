//! GetBucketPolicy: the policy's JSON.
//!
//! AWS page: S3 API Reference, "GetBucketPolicy".

use super::{S3Request, bucket, of_own_account};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_BUCKET_POLICY};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let bucket = bucket(call.cloud, &request.bucket)?;
    of_own_account(request, bucket)?;
    let text = bucket.policy_text.as_deref();
    let text = text.ok_or_else(|| S3_NO_SUCH_BUCKET_POLICY.error().field("BucketName", &request.bucket))?;
    Ok(Response::new(200, "application/json", text))
}
