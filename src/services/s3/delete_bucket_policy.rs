//! DeleteBucketPolicy: 204, also where there was none.
//!
//! AWS page: S3 API Reference, "DeleteBucketPolicy".

use super::{S3Request, bucket_mut, no_content, of_own_account};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let bucket = bucket_mut(call.cloud, &request.bucket)?;
    of_own_account(request, bucket)?;
    (bucket.policy, bucket.policy_origin, bucket.policy_text) = (None, None, None);
    Ok(no_content())
}
