//! PutPublicAccessBlock: replaces the four settings; those left out are off.
//!
//! AWS page: S3 API Reference, "PutPublicAccessBlock".

use super::payload::payload;
use super::{S3Request, permit};
use crate::authorization::{Context, PublicAccessBlock};
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML};
use crate::services::protocol::rest_xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    permit(call, request, name, None, "s3:PutBucketPublicAccessBlock", Context::default())?;
    let payload = payload(call.request)?;
    let root = rest_xml::document(&payload.bytes, "PublicAccessBlockConfiguration")?;
    let flag = |setting: &'static str| match root.child_text(setting).as_deref().map(str::trim) {
        None | Some("false" | "FALSE") => Ok(false),
        Some("true" | "TRUE") => Ok(true),
        Some(_) => Err(S3_MALFORMED_XML.error()),
    };
    let block = PublicAccessBlock {
        block_public_acls: flag("BlockPublicAcls")?,
        ignore_public_acls: flag("IgnorePublicAcls")?,
        block_public_policy: flag("BlockPublicPolicy")?,
        restrict_public_buckets: flag("RestrictPublicBuckets")?,
    };
    if let Some(bucket) = call.cloud.buckets.get_mut(name) {
        bucket.public_access_block = Some(block);
    }
    let response = Response { status: 200, headers: Vec::new(), body: Default::default() };
    Ok(response.with_header("Content-Length", "0"))
}
