//! HeadBucket: whether the bucket is there and may be listed, and its region.
//!
//! AWS page: S3 API Reference, "HeadBucket".

use super::{S3Request, bucket, permit};
use crate::authorization::Context;
use crate::http::{Body, Response};
use crate::services::call::Call;
use crate::services::errors::AwsError;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:ListBucket", Context::default())?;
    let region = bucket(call.cloud, name)?.region.clone();
    let headers = vec![
        ("Content-Type".to_string(), "application/xml".to_string()),
        ("x-amz-bucket-region".to_string(), region),
        ("x-amz-access-point-alias".to_string(), "false".to_string()),
    ];
    Ok(Response { status: 200, headers, body: Body::default() })
}
