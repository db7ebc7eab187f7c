//! DeleteObject: removes an object; 204 also where there was none.
//!
//! AWS page: S3 API Reference, "DeleteObject". Without versions the only version id is `null`.

use super::{S3Request, bucket_mut, conditions, no_content, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_VERSION_ID};

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let action = match request.parameter("versionId") {
        None => "s3:DeleteObject",
        Some("null") => "s3:DeleteObjectVersion",
        Some(other) => {
            let error = S3_VERSION_ID.error().field("ArgumentName", "versionId");
            return Err(error.field("ArgumentValue", other));
        }
    };
    permit(call, request, action, Context::default())?;
    let bucket = bucket_mut(call.cloud, &request.bucket)?;
    conditions::check_write(request, bucket.objects.get(&request.key))?;
    bucket.objects.remove(&request.key);
    Ok(no_content())
}
