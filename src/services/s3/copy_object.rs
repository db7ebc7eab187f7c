//! CopyObject: reads one object and stores it as another.
//!
//! AWS page: S3 API Reference, "CopyObject": s3:GetObject on the source and s3:PutObject on the destination.
//! Left out on purpose: conditions on the source, versions, which answer NotImplemented.

use super::operation::not_modelled;
use super::{NAMESPACE, S3Request, object, permit, put_object};
use crate::http::{Response, decode};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_COPY_SOURCE, S3_COPY_TO_ITSELF};
use crate::services::protocol::Xml;
use crate::trace::{NodeKind, NodeRef};

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: &str,
) -> Result<Response, AwsError> {
    put_object::check(call.request, key)?;
    let replaces = match call.request.header("x-amz-metadata-directive") {
        None | Some("COPY") => false,
        Some("REPLACE") => true,
        Some(other) => return Err(not_modelled(format!("x-amz-metadata-directive: {other}"))),
    };
    let (from, source) = source(call)?;
    if (from.as_str(), source.as_str()) == (name, key) && !replaces {
        return Err(S3_COPY_TO_ITSELF.error());
    }
    let reading = S3Request {
        caller: request.caller.clone(),
        region: request.region,
        node: NodeRef::new(NodeKind::Bucket, from.as_str()),
    };
    let mut copy = object::copied(call, &reading, &from, &source)?;
    permit(call, request, name, Some(key), "s3:PutObject", put_object::keys(call.request))?;
    copy.modified = call.cloud.now;
    if replaces {
        copy.headers = put_object::kept(call.request);
        copy.content_type = call.request.header("content-type").unwrap_or(&copy.content_type).to_string();
    }
    let mut xml = Xml::new("CopyObjectResult", Some(NAMESPACE));
    xml.leaf("LastModified", &copy.modified.iso8601_millis());
    xml.leaf("ETag", &copy.etag);
    if let Some(bucket) = call.cloud.buckets.get_mut(name) {
        bucket.objects.insert(key.to_string(), copy);
    }
    Ok(Response::new(200, "application/xml", xml.finish())
        .with_header("x-amz-server-side-encryption", "AES256"))
}

/// Bucket and key of `x-amz-copy-source`.
fn source(call: &Call<'_>) -> Result<(String, String), AwsError> {
    let header = call.request.header("x-amz-copy-source").unwrap_or_default();
    if header.contains('?') {
        return Err(not_modelled("x-amz-copy-source: versionId".to_string()));
    }
    if header.starts_with("arn:") {
        return Err(not_modelled("x-amz-copy-source: access point".to_string()));
    }
    let path = decode(header.strip_prefix('/').unwrap_or(header));
    match path.split_once('/') {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => Ok((bucket.into(), key.into())),
        _ => Err(S3_COPY_SOURCE
            .error()
            .field("ArgumentName", "x-amz-copy-source")
            .field("ArgumentValue", header)),
    }
}
