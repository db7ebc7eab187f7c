//! Which operation a request means: method, resource, sub-resource.
//!
//! AWS page: S3 API Reference, "Operations". What isn't in these tables answers NotImplemented.

use super::address::Resource;
use super::{list_buckets, list_objects, list_objects_v2};
use crate::http::Request;
use crate::services::errors::{AwsError, S3_METHOD, S3_NOT_IMPLEMENTED};

/// Operations that are modelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operation {
    ListBuckets(list_buckets::Input),
    ListObjects(String, list_objects_v2::Input),
    ListObjectsV2(String, list_objects_v2::Input),
    OnBucket(OnBucket, String),
    OnObject(OnObject, String, String),
}

/// Operations on a bucket that read nothing of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnBucket {
    HeadBucket,
    CreateBucket,
    DeleteBucket,
    DeleteObjects,
    GetBucketLocation,
    GetBucketPolicy,
    PutBucketPolicy,
    DeleteBucketPolicy,
    GetBucketPolicyStatus,
    GetPublicAccessBlock,
    PutPublicAccessBlock,
    DeletePublicAccessBlock,
}

/// Operations on an object that read nothing of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnObject {
    Get,
    Head,
    Put,
    Copy,
    Delete,
}

/// Method, sub-resource, operation, AWS's name of it.
const ON_BUCKET: [(&str, &str, OnBucket, &str); 12] = [
    ("HEAD", "", OnBucket::HeadBucket, "HeadBucket"),
    ("PUT", "", OnBucket::CreateBucket, "CreateBucket"),
    ("DELETE", "", OnBucket::DeleteBucket, "DeleteBucket"),
    ("POST", "delete", OnBucket::DeleteObjects, "DeleteObjects"),
    ("GET", "location", OnBucket::GetBucketLocation, "GetBucketLocation"),
    ("GET", "policy", OnBucket::GetBucketPolicy, "GetBucketPolicy"),
    ("PUT", "policy", OnBucket::PutBucketPolicy, "PutBucketPolicy"),
    ("DELETE", "policy", OnBucket::DeleteBucketPolicy, "DeleteBucketPolicy"),
    ("GET", "policyStatus", OnBucket::GetBucketPolicyStatus, "GetBucketPolicyStatus"),
    ("GET", "publicAccessBlock", OnBucket::GetPublicAccessBlock, "GetPublicAccessBlock"),
    ("PUT", "publicAccessBlock", OnBucket::PutPublicAccessBlock, "PutPublicAccessBlock"),
    ("DELETE", "publicAccessBlock", OnBucket::DeletePublicAccessBlock, "DeletePublicAccessBlock"),
];

/// Method, operation, AWS's name of it. CopyObject is the PutObject that names a source.
const ON_OBJECT: [(&str, OnObject, &str); 5] = [
    ("GET", OnObject::Get, "GetObject"),
    ("HEAD", OnObject::Head, "HeadObject"),
    ("PUT", OnObject::Put, "PutObject"),
    ("DELETE", OnObject::Delete, "DeleteObject"),
    ("", OnObject::Copy, "CopyObject"),
];

impl Operation {
    /// AWS's name of the operation.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::ListBuckets(_) => "ListBuckets",
            Operation::ListObjects(..) => "ListObjects",
            Operation::ListObjectsV2(..) => "ListObjectsV2",
            Operation::OnBucket(on, _) => {
                ON_BUCKET.iter().find(|(_, _, own, _)| own == on).map_or("", |(.., name)| name)
            }
            Operation::OnObject(on, ..) => {
                ON_OBJECT.iter().find(|(_, own, _)| own == on).map_or("", |(.., name)| name)
            }
        }
    }

    /// The name of the bucket, which must be there.
    pub fn bucket(&self) -> Option<&str> {
        match self {
            Operation::ListBuckets(_) | Operation::OnBucket(OnBucket::CreateBucket, _) => None,
            Operation::ListObjects(bucket, _)
            | Operation::ListObjectsV2(bucket, _)
            | Operation::OnBucket(_, bucket)
            | Operation::OnObject(_, bucket, _) => Some(bucket),
        }
    }
}

/// The operation.
///
/// # Errors
/// NotImplemented for what isn't modelled: operations, sub-resources, parameters.
pub(super) fn operation(request: &Request, resource: Resource) -> Result<Operation, AwsError> {
    let pairs = request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    let method = request.method.as_str();
    let allow = |known: &[&str]| match pairs.iter().find(|(name, _)| !is_known(name, known)) {
        Some((name, _)) => Err(not_modelled(format!("{method} ?{name}"))),
        None => Ok(()),
    };
    if !["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"].contains(&method) {
        return Err(S3_METHOD.error().field("Method", method).field("ResourceType", "SERVICE"));
    }
    match resource {
        Resource::Service if method == "GET" => {
            allow(&list_buckets::Input::PARAMETERS)?;
            Ok(Operation::ListBuckets(list_buckets::Input::parse(&pairs)?))
        }
        Resource::Service => Err(not_modelled(format!("{method} /"))),
        Resource::Bucket(bucket) => {
            let sub = ON_BUCKET
                .iter()
                .find(|(own, sub, ..)| *own == method && (pairs.iter().any(|(name, _)| name == sub)));
            if let Some((_, sub, on, _)) = sub {
                allow(&[sub])?;
                return Ok(Operation::OnBucket(*on, bucket));
            }
            if method == "GET" {
                return listing(bucket, &pairs, &allow);
            }
            allow(&[])?;
            let plain = ON_BUCKET.iter().find(|(own, sub, ..)| *own == method && sub.is_empty());
            let (.., on, _) = plain.ok_or_else(|| not_modelled(format!("{method} bucket")))?;
            Ok(Operation::OnBucket(*on, bucket))
        }
        Resource::Object(bucket, key) => {
            allow(&[])?;
            let found = ON_OBJECT.iter().find(|(own, ..)| *own == method);
            let (_, on, _) = found.ok_or_else(|| not_modelled(format!("{method} object")))?;
            let copies = *on == OnObject::Put && request.header("x-amz-copy-source").is_some();
            Ok(Operation::OnObject(if copies { OnObject::Copy } else { *on }, bucket, key))
        }
    }
}

/// Either version of ListObjects.
fn listing(
    bucket: String,
    pairs: &[(String, String)],
    allow: &dyn Fn(&[&str]) -> Result<(), AwsError>,
) -> Result<Operation, AwsError> {
    if pairs.contains(&("list-type".to_string(), "2".to_string())) {
        allow(&list_objects_v2::Input::PARAMETERS)?;
        return Ok(Operation::ListObjectsV2(bucket, list_objects_v2::Input::parse(pairs)?));
    }
    allow(&list_objects::PARAMETERS)?;
    Ok(Operation::ListObjects(bucket, list_objects_v2::Input::parse(pairs)?))
}

/// Signature Version 2 in the query: authentication tells that it isn't supported.
const VERSION_2: [&str; 3] = ["AWSAccessKeyId", "Signature", "Expires"];

fn is_known(name: &str, known: &[&str]) -> bool {
    name == "x-id"
        || VERSION_2.contains(&name)
        || name.to_ascii_lowercase().starts_with("x-amz-")
        || known.contains(&name)
}

/// NotImplemented, with what was asked for.
pub(super) fn not_modelled(what: String) -> AwsError {
    S3_NOT_IMPLEMENTED.error().field("Header", what.as_str()).for_want_of(format!("s3: {what}"))
}

/// NotImplemented for the first of these headers that the request has.
pub(super) fn refuse_headers(request: &Request, names: &[&str]) -> Result<(), AwsError> {
    match names.iter().find(|name| request.header(name).is_some()) {
        Some(name) => Err(not_modelled(name.to_string())),
        None => Ok(()),
    }
}
