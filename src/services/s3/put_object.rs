//! PutObject: stores an object, in the place of the one with the same key.
//!
//! AWS pages: S3 API Reference, "PutObject"; S3 User Guide, "Controlling ownership of objects" (new buckets have
//! no ACLs). Left out on purpose: KMS keys, object lock, archive classes, ACLs, which answer NotImplemented.

use super::operation::not_modelled;
use super::payload::{etag, payload};
use super::{
    S3Request, bucket, bucket_mut, checksum, conditions, permit, public_access_block, request_keys, tag_set,
};
use crate::authorization::Context;
use crate::cloud::{Checksum, ChecksumType, Object, ObjectOwnership};
use crate::gather::Gather;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_ACL, S3_KEY_TOO_LONG, S3_PUBLIC_ACL, S3_STORAGE_CLASS};

/// The longest key, in bytes.
const MAX_KEY: usize = 1024;
const DEFAULT_TYPE: &str = "binary/octet-stream";
/// Headers that come back with the object, besides `x-amz-meta-...`.
const KEPT: [&str; 5] =
    ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];
const STORAGE_CLASS: &str = "x-amz-storage-class";
/// Storage classes whose objects can be read at once, and those that can't.
const CLASSES: [&str; 6] =
    ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "REDUCED_REDUNDANCY", "GLACIER_IR"];
const ARCHIVES: [&str; 2] = ["GLACIER", "DEEP_ARCHIVE"];
/// What the request's headers set.
const KEYS: [&str; 14] = [
    "s3:x-amz-acl",
    "s3:x-amz-copy-source",
    "s3:x-amz-grant-full-control",
    "s3:x-amz-grant-read",
    "s3:x-amz-grant-read-acp",
    "s3:x-amz-grant-write",
    "s3:x-amz-grant-write-acp",
    "s3:x-amz-metadata-directive",
    "s3:x-amz-server-side-encryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:x-amz-server-side-encryption-customer-algorithm",
    "s3:x-amz-storage-class",
    "s3:if-match",
    "s3:if-none-match",
];

/// Whether a request with the action s3:PutObject makes an object, or what will be part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Makes {
    Object,
    Part,
}

/// The keys of the action s3:PutObject.
///
/// AWS page: S3 User Guide, "Enforce conditional writes on Amazon S3 buckets" (s3:ObjectCreationOperation).
pub(super) fn keys(request: &S3Request<'_>, makes: Makes) -> Context {
    let mut keys = Context::default();
    request_keys(&mut keys, &request.fields, &KEYS);
    let creates = if makes == Makes::Object { "true" } else { "false" };
    keys.set("s3:ObjectCreationOperation", creates, "origin.request");
    keys
}

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let object = prepare(call, request, Makes::Object)?;
    let payload = payload(request)?;
    let checksum = payload
        .checksum
        .map(|(algorithm, value)| Checksum { algorithm, value, kind: ChecksumType::FullObject })
        .unwrap_or_else(|| checksum::full(checksum::DEFAULT, &payload.bytes));
    let etag = etag(&payload.bytes, "");
    let response = checksum::headers(done_with(&etag), &checksum);
    store(call, request, Object { etag, checksum: Some(checksum), body: payload.bytes, ..object })?;
    Ok(response)
}

/// 200 without a body, of something that was stored.
pub(super) fn done_with(etag: &str) -> Response {
    super::done().with_header("ETag", etag).with_header("x-amz-server-side-encryption", "AES256")
}

/// Puts the object into the bucket, if the request's conditions hold.
///
/// # Errors
/// PreconditionFailed, NoSuchKey.
pub(super) fn store(call: &mut Call<'_>, request: &S3Request<'_>, object: Object) -> Result<(), AwsError> {
    let bucket = bucket_mut(call.cloud, &request.bucket)?;
    conditions::check_write(request, bucket.objects.get(&request.key))?;
    bucket.objects.insert(request.key.clone(), object);
    Ok(())
}

/// The object as the headers describe it, without its bytes, for whoever may write it.
///
/// # Errors
/// KeyTooLongError, InvalidTag; AccessDenied; AccessControlListNotSupported, InvalidStorageClass, NotImplemented.
pub(super) fn prepare(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    makes: Makes,
) -> Result<Object, AwsError> {
    if request.key.len() > MAX_KEY {
        let error = S3_KEY_TOO_LONG.error().field("Size", request.key.len().to_string());
        return Err(error.field("MaxSizeAllowed", MAX_KEY.to_string()));
    }
    let tags = tag_set::of_header(request)?;
    let mut keys = keys(request, makes);
    tag_set::request_keys(&mut keys, tags.as_ref());
    permit(call, request, "s3:PutObject", keys.clone())?;
    if tags.is_some() {
        permit(call, request, "s3:PutObjectTagging", keys.clone())?;
    }
    check_acl(call, request, keys)?;
    check_class(request)?;
    Ok(Object {
        modified: call.cloud.now,
        content_type: request.header("content-type").unwrap_or(DEFAULT_TYPE).to_string(),
        headers: kept(request),
        tags: tags.unwrap_or_default(),
        ..Object::default()
    })
}

/// Where ACLs are off, only the one that changes nothing is accepted. Where they are on, the same, and the default.
fn check_acl(call: &mut Call<'_>, request: &S3Request<'_>, keys: Context) -> Result<(), AwsError> {
    let grants = request.fields.iter().any(|(name, _)| name.starts_with("x-amz-grant-"));
    let acl = request.header("x-amz-acl");
    if acl.is_none() && !grants {
        return Ok(());
    }
    permit(call, request, "s3:PutObjectAcl", keys)?;
    let bucket = bucket(call.cloud, &request.bucket)?;
    let block = public_access_block(call.cloud, bucket);
    match acl {
        Some("bucket-owner-full-control") if !grants => Ok(()),
        _ if bucket.ownership == ObjectOwnership::BucketOwnerEnforced => Err(S3_ACL.error()),
        Some("private") if !grants => Ok(()),
        Some("public-read" | "public-read-write" | "authenticated-read") if block.block_public_acls => {
            let resource = crate::arn::object(&request.bucket, &request.key);
            let principal = request.caller.principal.arn.as_str();
            let action = "s3:PutObject";
            Err(S3_PUBLIC_ACL.with(&[("principal", principal), ("action", action), ("resource", &resource)]))
        }
        other => Err(not_modelled(&["x-amz-acl: ", other.unwrap_or("grants")].concat())),
    }
}

fn check_class(request: &S3Request<'_>) -> Result<(), AwsError> {
    match request.header(STORAGE_CLASS) {
        Some(class) if ARCHIVES.contains(&class) => Err(not_modelled(&[STORAGE_CLASS, ": ", class].concat())),
        Some(class) if !CLASSES.contains(&class) => {
            Err(S3_STORAGE_CLASS.error().field("StorageClassRequested", class))
        }
        _ => Ok(()),
    }
}

/// The storage class of an object or upload.
pub(super) fn class(object: &Object) -> &str {
    object.headers.iter().find(|(name, _)| name == STORAGE_CLASS).map_or("STANDARD", |(_, class)| class)
}

/// The headers that come back with the object.
fn kept(request: &S3Request<'_>) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    for (name, value) in &request.fields {
        let other_class = name == STORAGE_CLASS && value != "STANDARD";
        if !name.starts_with("x-amz-meta-") && !KEPT.contains(&name.as_str()) && !other_class {
            continue;
        }
        let mut value = value.clone();
        if name == "content-encoding" {
            // The coding of the transfer isn't the object's.
            let codings: Vec<&str> =
                value.split(',').map(str::trim).filter(|one| *one != "aws-chunked").gather();
            value = codings.join(",");
        }
        if !value.is_empty() {
            kept.push((name.clone(), value));
        }
    }
    kept
}
