//! HeadBucket: whether the bucket is there and may be listed, and its region.
//!
//! AWS page: S3 API Reference, "HeadBucket".

use super::{S3Request, bucket};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let region = bucket(call.cloud, &request.bucket)?.region.as_str();
    Ok(Response::empty(200)
        .with_header("Content-Type", "application/xml")
        .with_header("x-amz-bucket-region", region)
        .with_header("x-amz-access-point-alias", "false"))
}
