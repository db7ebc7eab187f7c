//! Which operation a request means: method, resource, sub-resource.
//!
//! AWS page: S3 API Reference, "Operations". What isn't in this table answers NotImplemented.

use super::address::Resource;
use super::*;
use crate::http::Request;
use crate::services::errors::{AwsError, S3_METHOD, S3_NOT_IMPLEMENTED};

/// Answers one operation.
pub(super) type Handle = fn(&mut Call<'_>, &S3Request<'_>) -> Result<Response, AwsError>;

/// An operation that is modelled.
#[derive(Debug)]
pub(super) struct Operation {
    method: &'static str,
    level: Level,
    /// Parameters and headers (`x-amz-...`) that tell it from the others of its method.
    marks: &'static [&'static str],
    /// AWS's name of it.
    pub name: &'static str,
    /// The action that is asked first, of the bucket or object, without keys of its own; empty where `handle` asks.
    pub action: &'static str,
    /// Further parameters that it reads.
    parameters: &'static [&'static str],
    pub handle: Handle,
}

/// What an operation is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Service,
    Bucket,
    Object,
}

use Level::{Bucket as B, Object as O, Service as S};

const fn op(
    method: &'static str,
    level: Level,
    marks: &'static [&'static str],
    name: &'static str,
    action: &'static str,
    parameters: &'static [&'static str],
    handle: Handle,
) -> Operation {
    Operation { method, level, marks, name, action, parameters, handle }
}

/// The operations with which readers begin; they stand in the first part of the program.
pub(super) static NEAR: [Operation; 3] = [
    op("GET", B, &["list-type"], "ListObjectsV2", "", &list_objects_v2::PARAMETERS, list_objects_v2::handle),
    op("GET", O, &[], "GetObject", "", &get_object::PARAMETERS, get_object::handle),
    op("HEAD", O, &[], "HeadObject", "", &get_object::PARAMETERS, head_object::handle),
];

/// All of them. The first that fits is meant.
pub(super) static OPERATIONS: [Operation; 39] = [
    op("GET", S, &[], "ListBuckets", "", &list_buckets::PARAMETERS, list_buckets::handle),
    op("HEAD", B, &[], "HeadBucket", "s3:ListBucket", &[], head_bucket::handle),
    op("PUT", B, &["policy"], "PutBucketPolicy", "s3:PutBucketPolicy", &[], put_bucket_policy::handle),
    op(
        "PUT",
        B,
        &["publicAccessBlock"],
        "PutPublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
        &[],
        public_access_block::put,
    ),
    op(
        "PUT",
        B,
        &["ownershipControls"],
        "PutBucketOwnershipControls",
        ownership_controls::PUT,
        &[],
        ownership_controls::put,
    ),
    op("PUT", B, &["tagging"], "PutBucketTagging", "s3:PutBucketTagging", &[], bucket_tagging::put),
    op("PUT", B, &[], "CreateBucket", "", &[], create_bucket::handle),
    op(
        "DELETE",
        B,
        &["policy"],
        "DeleteBucketPolicy",
        "s3:DeleteBucketPolicy",
        &[],
        delete_bucket_policy::handle,
    ),
    op(
        "DELETE",
        B,
        &["publicAccessBlock"],
        "DeletePublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
        &[],
        public_access_block::delete,
    ),
    op(
        "DELETE",
        B,
        &["ownershipControls"],
        "DeleteBucketOwnershipControls",
        ownership_controls::PUT,
        &[],
        ownership_controls::delete,
    ),
    op("DELETE", B, &["tagging"], "DeleteBucketTagging", "s3:PutBucketTagging", &[], bucket_tagging::delete),
    op("DELETE", B, &[], "DeleteBucket", "s3:DeleteBucket", &[], delete_bucket::handle),
    op("POST", B, &["delete"], "DeleteObjects", "", &[], delete_objects::handle),
    op(
        "GET",
        B,
        &["location"],
        "GetBucketLocation",
        "s3:GetBucketLocation",
        &[],
        get_bucket_location::handle,
    ),
    op("GET", B, &["policy"], "GetBucketPolicy", "s3:GetBucketPolicy", &[], get_bucket_policy::handle),
    op(
        "GET",
        B,
        &["policyStatus"],
        "GetBucketPolicyStatus",
        "s3:GetBucketPolicyStatus",
        &[],
        get_bucket_policy_status::handle,
    ),
    op(
        "GET",
        B,
        &["publicAccessBlock"],
        "GetPublicAccessBlock",
        "s3:GetBucketPublicAccessBlock",
        &[],
        public_access_block::get,
    ),
    op(
        "GET",
        B,
        &["ownershipControls"],
        "GetBucketOwnershipControls",
        "s3:GetBucketOwnershipControls",
        &[],
        ownership_controls::get,
    ),
    op("GET", B, &["tagging"], "GetBucketTagging", "s3:GetBucketTagging", &[], bucket_tagging::get),
    op(
        "GET",
        B,
        &["encryption"],
        "GetBucketEncryption",
        "s3:GetEncryptionConfiguration",
        &[],
        get_bucket_encryption::handle,
    ),
    op(
        "GET",
        B,
        &["versioning"],
        "GetBucketVersioning",
        "s3:GetBucketVersioning",
        &[],
        get_bucket_versioning::handle,
    ),
    op(
        "GET",
        B,
        &["versions"],
        "ListObjectVersions",
        "",
        &list_object_versions::PARAMETERS,
        list_object_versions::handle,
    ),
    op(
        "GET",
        B,
        &["uploads"],
        "ListMultipartUploads",
        "",
        &list_multipart_uploads::PARAMETERS,
        list_multipart_uploads::handle,
    ),
    op("GET", B, &["list-type"], "ListObjectsV2", "", &list_objects_v2::PARAMETERS, list_objects_v2::handle),
    op("GET", B, &[], "ListObjects", "", &list_objects::PARAMETERS, list_objects::handle),
    op("GET", O, &["tagging"], "GetObjectTagging", "s3:GetObjectTagging", &[], object_tagging::get),
    op("GET", O, &["uploadId"], "ListParts", "", &list_parts::PARAMETERS, list_parts::handle),
    op("GET", O, &[], "GetObject", "", &get_object::PARAMETERS, get_object::handle),
    op("HEAD", O, &[], "HeadObject", "", &get_object::PARAMETERS, head_object::handle),
    op("PUT", O, &["tagging"], "PutObjectTagging", "", &[], object_tagging::put),
    op("PUT", O, &["uploadId", COPY_SOURCE], "UploadPartCopy", "", &["partNumber"], upload_part_copy::handle),
    op("PUT", O, &["uploadId"], "UploadPart", "", &["partNumber"], upload_part::handle),
    op("PUT", O, &[COPY_SOURCE], "CopyObject", "", &[], copy_object::handle),
    op("PUT", O, &[], "PutObject", "", &[], put_object::handle),
    op("POST", O, &["uploads"], "CreateMultipartUpload", "", &[], create_multipart_upload::handle),
    op("POST", O, &["uploadId"], "CompleteMultipartUpload", "", &[], complete_multipart_upload::handle),
    op(
        "DELETE",
        O,
        &["tagging"],
        "DeleteObjectTagging",
        "s3:DeleteObjectTagging",
        &[],
        object_tagging::delete,
    ),
    op(
        "DELETE",
        O,
        &["uploadId"],
        "AbortMultipartUpload",
        "s3:AbortMultipartUpload",
        &[],
        abort_multipart_upload::handle,
    ),
    op("DELETE", O, &[], "DeleteObject", "", &["versionId"], delete_object::handle),
];

const COPY_SOURCE: &str = "x-amz-copy-source";

/// The operation.
///
/// # Errors
/// NotImplemented for what isn't modelled: operations, sub-resources, parameters.
pub(super) fn operation(
    request: &Request,
    resource: &Resource,
    query: &[(String, String)],
    operations: &'static [Operation],
) -> Result<&'static Operation, AwsError> {
    let method = request.method.as_str();
    if !["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"].contains(&method) {
        return Err(S3_METHOD.error().field("Method", method).field("ResourceType", "SERVICE"));
    }
    let level = match resource {
        Resource::Service => S,
        Resource::Bucket(_) => B,
        Resource::Object(..) => O,
    };
    let marked = |mark: &&str| match *mark {
        COPY_SOURCE => request.header(COPY_SOURCE).is_some(),
        mark => query.iter().any(|(name, _)| name == mark),
    };
    let found = operations
        .iter()
        .find(|one| one.method == method && one.level == level && one.marks.iter().all(marked));
    let found = found.ok_or_else(|| {
        not_modelled(&[method, " ", LEVELS.get(level as usize).copied().unwrap_or("")].concat())
    })?;
    let known = |name: &str| {
        found.marks.contains(&name)
            || found.parameters.contains(&name)
            || ALWAYS.contains(&name)
            || name.to_ascii_lowercase().starts_with("x-amz-")
    };
    match query.iter().find(|(name, _)| !known(name)) {
        Some((name, _)) => Err(not_modelled(&[method, " ?", name].concat())),
        None => Ok(found),
    }
}

const LEVELS: [&str; 3] = ["/", "bucket", "object"];
/// The name of the operation, which some clients add; and Signature Version 2, which authentication refuses.
const ALWAYS: [&str; 4] = ["x-id", "AWSAccessKeyId", "Signature", "Expires"];

/// NotImplemented, with what was asked for.
pub(super) fn not_modelled(what: &str) -> AwsError {
    S3_NOT_IMPLEMENTED.error().field("Header", what).for_want_of(["s3: ", what].concat())
}

/// Asked for by any request that is allowed: NotImplemented.
const HEADERS_NOT_MODELLED: [&str; 13] = [
    "x-amz-bucket-object-lock-enabled",
    "x-amz-bypass-governance-retention",
    "x-amz-copy-source-server-side-encryption-customer-algorithm",
    "x-amz-if-match-last-modified-time",
    "x-amz-if-match-size",
    "x-amz-mfa",
    "x-amz-object-lock-legal-hold",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-website-redirect-location",
    "x-amz-write-offset-bytes",
];

/// Refuses headers that ask for what isn't modelled.
pub(super) fn refuse_headers(request: &S3Request<'_>) -> Result<(), AwsError> {
    if let Some(name) = HEADERS_NOT_MODELLED.iter().find(|name| request.header(name).is_some()) {
        return Err(not_modelled(name));
    }
    match request.header("x-amz-server-side-encryption") {
        None | Some("AES256") => Ok(()),
        Some(other) => Err(not_modelled(&["x-amz-server-side-encryption: ", other].concat())),
    }
}
