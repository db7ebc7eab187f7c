//! GetPublicAccessBlock: the four settings of the bucket.
//!
//! AWS page: S3 API Reference, "GetPublicAccessBlock".

use super::{NAMESPACE, S3Request, bucket, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_NO_PUBLIC_ACCESS_BLOCK};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:GetBucketPublicAccessBlock", Context::default())?;
    let block = bucket(call.cloud, name)?.public_access_block;
    let block = block.ok_or_else(|| S3_NO_PUBLIC_ACCESS_BLOCK.error().field("BucketName", name))?;
    let mut xml = Xml::new("PublicAccessBlockConfiguration", Some(NAMESPACE));
    for (setting, on) in [
        ("BlockPublicAcls", block.block_public_acls),
        ("IgnorePublicAcls", block.ignore_public_acls),
        ("BlockPublicPolicy", block.block_public_policy),
        ("RestrictPublicBuckets", block.restrict_public_buckets),
    ] {
        xml.leaf(setting, if on { "true" } else { "false" });
    }
    Ok(Response::new(200, "application/xml", xml.finish()))
}
