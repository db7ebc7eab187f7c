//! GetBucketPolicyStatus: whether the policy makes the bucket public.
//!
//! AWS page: S3 API Reference, "GetBucketPolicyStatus".

use super::{NAMESPACE, S3Request, bucket, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_SUCH_BUCKET_POLICY};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:GetBucketPolicyStatus", Context::default())?;
    let policy = bucket(call.cloud, name)?.policy.as_ref();
    let policy = policy.ok_or_else(|| S3_NO_SUCH_BUCKET_POLICY.error().field("BucketName", name))?;
    let public = policy.document.as_ref().is_some_and(|document| document.is_public());
    let mut xml = Xml::new("PolicyStatus", Some(NAMESPACE));
    xml.leaf("IsPublic", if public { "TRUE" } else { "FALSE" });
    Ok(Response::new(200, "application/xml", xml.finish()))
}
