//! GetPublicAccessBlock, PutPublicAccessBlock, DeletePublicAccessBlock: the four settings of a bucket.
//!
//! AWS pages: S3 API Reference, one of each name. Deleting needs the permission to put; the account's settings stay.

use super::payload::payload;
use super::{NAMESPACE, S3Request, bucket, bucket_mut, done, no_content, ok};
use crate::authorization::PublicAccessBlock;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML, S3_NO_PUBLIC_ACCESS_BLOCK};
use crate::services::protocol::{Xml, rest_xml};

pub(super) fn get(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let block = bucket(call.cloud, &request.bucket)?.public_access_block;
    let block =
        block.ok_or_else(|| S3_NO_PUBLIC_ACCESS_BLOCK.error().field("BucketName", &request.bucket))?;
    Ok(write(&block, NAMESPACE))
}

pub(super) fn put(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let block = read(&payload(request)?.bytes)?;
    bucket_mut(call.cloud, &request.bucket)?.public_access_block = Some(block);
    Ok(done())
}

pub(super) fn delete(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    bucket_mut(call.cloud, &request.bucket)?.public_access_block = None;
    Ok(no_content())
}

/// The settings as S3 and S3 Control write them.
pub(super) fn write(block: &PublicAccessBlock, namespace: &str) -> Response {
    let mut xml = Xml::new("PublicAccessBlockConfiguration", Some(namespace));
    for (setting, on) in [
        ("BlockPublicAcls", block.block_public_acls),
        ("IgnorePublicAcls", block.ignore_public_acls),
        ("BlockPublicPolicy", block.block_public_policy),
        ("RestrictPublicBuckets", block.restrict_public_buckets),
    ] {
        xml.leaf(setting, if on { "true" } else { "false" });
    }
    ok(xml)
}

/// Settings left out are off.
///
/// # Errors
/// MalformedXML.
pub(super) fn read(body: &[u8]) -> Result<PublicAccessBlock, AwsError> {
    let root = rest_xml::document(body, "PublicAccessBlockConfiguration")?;
    let flag = |setting: &'static str| match root.child_text(setting).as_deref().map(str::trim) {
        None | Some("false" | "FALSE") => Ok(false),
        Some("true" | "TRUE") => Ok(true),
        Some(_) => Err(S3_MALFORMED_XML.error()),
    };
    Ok(PublicAccessBlock {
        block_public_acls: flag("BlockPublicAcls")?,
        ignore_public_acls: flag("IgnorePublicAcls")?,
        block_public_policy: flag("BlockPublicPolicy")?,
        restrict_public_buckets: flag("RestrictPublicBuckets")?,
    })
}
