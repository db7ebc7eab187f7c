//! PutObject: stores an object, in the place of the one with the same key.
//!
//! AWS pages: S3 API Reference, "PutObject"; S3 User Guide, "Controlling ownership of objects" (new buckets have
//! no ACLs). Left out on purpose: tags, storage classes, KMS keys, object lock, which answer NotImplemented.

use super::operation::{not_modelled, refuse_headers};
use super::payload::{etag, payload};
use super::{S3Request, bucket, permit};
use crate::authorization::Context;
use crate::cloud::Object;
use crate::http::{Request, Response};
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_ACL, S3_KEY_TOO_LONG, S3_PRECONDITION};

/// The longest key, in bytes.
const MAX_KEY: usize = 1024;
const DEFAULT_TYPE: &str = "binary/octet-stream";
/// Headers that ask for something that isn't modelled.
const NOT_MODELLED: [&str; 12] = [
    "if-match",
    "x-amz-expected-bucket-owner",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write-acp",
    "x-amz-object-lock-mode",
    "x-amz-request-payer",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-tagging",
    "x-amz-website-redirect-location",
];
/// Headers that come back with the object, besides `x-amz-meta-...`.
const KEPT: [&str; 5] =
    ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

pub(super) fn handle(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: &str,
) -> Result<Response, AwsError> {
    check(call.request, key)?;
    permit(call, request, name, Some(key), "s3:PutObject", keys(call.request))?;
    let payload = payload(call.request)?;
    let exists = bucket(call.cloud, name)?.objects.contains_key(key);
    if exists && call.request.header("if-none-match").is_some() {
        return Err(S3_PRECONDITION.error().field("Condition", "If-None-Match"));
    }
    let object = Object {
        etag: etag(&payload.bytes),
        modified: call.cloud.now,
        content_type: call.request.header("content-type").unwrap_or(DEFAULT_TYPE).to_string(),
        headers: kept(call.request),
        checksum: payload.checksum,
        body: payload.bytes.into_owned(),
    };
    let mut response = Response { status: 200, headers: Vec::new(), body: Default::default() }
        .with_header("Content-Length", "0")
        .with_header("ETag", object.etag.as_str())
        .with_header("x-amz-server-side-encryption", "AES256");
    if let Some((name, value)) = &object.checksum {
        response =
            response.with_header(name, value.as_str()).with_header("x-amz-checksum-type", "FULL_OBJECT");
    }
    if let Some(bucket) = call.cloud.buckets.get_mut(name) {
        bucket.objects.insert(key.to_string(), object);
    }
    Ok(response)
}

/// What is refused whoever asks.
///
/// # Errors
/// KeyTooLongError; AccessControlListNotSupported; NotImplemented.
pub(super) fn check(request: &Request, key: &str) -> Result<(), AwsError> {
    refuse_headers(request, &NOT_MODELLED)?;
    if key.len() > MAX_KEY {
        let error = S3_KEY_TOO_LONG.error().field("Size", key.len().to_string());
        return Err(error.field("MaxSizeAllowed", MAX_KEY.to_string()));
    }
    for (header, known) in [
        ("x-amz-server-side-encryption", "AES256"),
        ("x-amz-storage-class", "STANDARD"),
        ("if-none-match", "*"),
    ] {
        if let Some(value) = request.header(header).filter(|value| *value != known) {
            return Err(not_modelled(format!("{header}: {value}")));
        }
    }
    // Without ACLs only the one that changes nothing is accepted.
    match request.header("x-amz-acl") {
        None | Some("bucket-owner-full-control") => Ok(()),
        Some(_) => Err(S3_ACL.error()),
    }
}

/// The keys that the request's headers set.
pub(super) fn keys(request: &Request) -> Context {
    let mut keys = Context::default();
    for (key, header) in [
        ("s3:x-amz-acl", "x-amz-acl"),
        ("s3:x-amz-copy-source", "x-amz-copy-source"),
        ("s3:x-amz-metadata-directive", "x-amz-metadata-directive"),
        ("s3:x-amz-server-side-encryption", "x-amz-server-side-encryption"),
        ("s3:x-amz-storage-class", "x-amz-storage-class"),
        ("s3:if-none-match", "if-none-match"),
    ] {
        match request.header(header) {
            Some(value) => keys.set(key, value, "origin.request"),
            None => keys.absent(key, "origin.absent.not-sent"),
        }
    }
    keys
}

/// The headers that come back with the object.
pub(super) fn kept(request: &Request) -> Vec<(String, String)> {
    let named = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let kept = named.filter(|(name, _)| name.starts_with("x-amz-meta-") || KEPT.contains(&name.as_str()));
    // The coding of the transfer isn't the object's.
    kept.map(|(name, value)| match name.as_str() {
        "content-encoding" => {
            let codings: Vec<&str> =
                value.split(',').map(str::trim).filter(|one| *one != "aws-chunked").collect();
            (name, codings.join(","))
        }
        _ => (name, value),
    })
    .filter(|(_, value)| !value.is_empty())
    .collect()
}
