//! CopyObject: reads one object and stores it as another.
//!
//! AWS page: S3 API Reference, "CopyObject": s3:GetObject on the source and s3:PutObject on the destination.
//! Left out on purpose: access points as sources.

use super::conditions::{self, Condition};
use super::operation::not_modelled;
use super::put_object::{Makes, prepare, store};
use super::{NAMESPACE, S3Request, argument, checksum, expected_owner, object, ok, permit_on};
use crate::authorization::Context;
use crate::cloud::Object;
use crate::gather::Gather;
use crate::http::{Response, decode};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_COPY_SOURCE, S3_COPY_TO_ITSELF, S3_DIRECTIVE, S3_PRECONDITION};
use crate::services::protocol::Xml;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let replaces = directive(request, "x-amz-metadata-directive")?;
    let replaces_tags = directive(request, "x-amz-tagging-directive")?;
    let other = ["x-amz-storage-class", "x-amz-server-side-encryption"];
    let (from, key, _) = names(request)?;
    let itself = from == request.bucket && key == request.key;
    if itself && !replaces && !other.iter().any(|header| request.header(header).is_some()) {
        return Err(S3_COPY_TO_ITSELF.error());
    }
    let source = source(call, request)?;
    if !source.tags.is_empty() && !replaces_tags {
        permit_on(call, request, (&from, &key), "s3:GetObjectTagging", Context::default())?;
    }
    let mut copy = prepare(call, request, Makes::Object)?;
    if !replaces {
        let class = copy.headers.into_iter().filter(|(name, _)| name == "x-amz-storage-class");
        let kept = source.headers.iter().filter(|(name, _)| name != "x-amz-storage-class").cloned();
        copy.headers = kept.chain(class).gather();
        copy.content_type = source.content_type.clone();
    }
    if !replaces_tags {
        copy.tags = source.tags.clone();
    }
    let wanted = request.header("x-amz-checksum-algorithm").map(checksum::algorithm).transpose()?;
    let own = checksum::of(&source);
    let checksum = match wanted {
        Some(algorithm) if algorithm != own.algorithm => checksum::full(&algorithm, &source.body),
        _ => own,
    };
    copy.etag = super::payload::etag(&source.body, "");
    copy.body = source.body;
    let mut xml = Xml::new("CopyObjectResult", Some(NAMESPACE));
    xml.leaf("LastModified", &copy.modified.iso8601_millis());
    xml.leaf("ETag", &copy.etag);
    checksum::elements(&mut xml, &checksum);
    copy.checksum = Some(checksum);
    store(call, request, copy)?;
    Ok(ok(xml).with_header("x-amz-server-side-encryption", "AES256"))
}

/// Whether the request replaces, or copies.
fn directive(request: &S3Request<'_>, header: &'static str) -> Result<bool, AwsError> {
    match request.header(header) {
        None | Some("COPY") => Ok(false),
        Some("REPLACE") => Ok(true),
        Some(other) => Err(argument(S3_DIRECTIVE.error(), header, other)),
    }
}

/// The object that is copied, for whoever may read it.
///
/// # Errors
/// As of GetObject; PreconditionFailed where a condition on the source doesn't hold.
pub(super) fn source(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Object, AwsError> {
    let (bucket, key, version) = names(request)?;
    expected_owner(call.cloud, request, "x-amz-source-expected-bucket-owner", &bucket)?;
    let source = object::found(call, request, (&bucket, &key), version.as_deref())?;
    let failed = match conditions::check(request, source, "x-amz-copy-source-") {
        Condition::Holds => return Ok(source.clone()),
        Condition::Failed(header) => header,
        Condition::NotModified => "If-None-Match",
    };
    let condition = ["x-amz-copy-source-", &failed.to_ascii_lowercase()].concat();
    Err(S3_PRECONDITION.error().field("Condition", condition))
}

/// Bucket, key and version id of `x-amz-copy-source`.
fn names(request: &S3Request<'_>) -> Result<(String, String, Option<String>), AwsError> {
    let header = request.header("x-amz-copy-source").unwrap_or_default();
    if header.starts_with("arn:") {
        return Err(not_modelled("x-amz-copy-source: access point"));
    }
    let (path, version) = match header.split_once("?versionId=") {
        Some((path, version)) => (path, Some(version.to_string())),
        None => (header, None),
    };
    let path = decode(path.strip_prefix('/').unwrap_or(path));
    match path.split_once('/') {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
            Ok((bucket.to_string(), key.to_string(), version))
        }
        _ => Err(argument(S3_COPY_SOURCE.error(), "x-amz-copy-source", header)),
    }
}
