//! GetBucketPolicyStatus: whether the policy makes the bucket public.
//!
//! AWS page: S3 API Reference, "GetBucketPolicyStatus".

use super::{NAMESPACE, S3Request, bucket, ok};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_BUCKET_POLICY};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let policy = bucket(call.cloud, &request.bucket)?.policy.as_ref();
    let policy =
        policy.ok_or_else(|| S3_NO_SUCH_BUCKET_POLICY.error().field("BucketName", &request.bucket))?;
    let public = policy.document.as_ref().is_some_and(|document| document.is_public());
    let mut xml = Xml::new("PolicyStatus", Some(NAMESPACE));
    xml.leaf("IsPublic", if public { "TRUE" } else { "FALSE" });
    Ok(ok(xml))
}
