//! Buckets and objects. AWS page: S3 API Reference, "Data Types".

use super::Origin;
use crate::authorization::PublicAccessBlock;
use crate::clock::Timestamp;
use crate::policy::Policy;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Where it comes from.
    pub origin: Origin,
    /// BucketName.
    pub name: String,
    /// The account that owns it.
    pub account: String,
    /// Its region.
    pub region: String,
    /// When it was made.
    pub created: Timestamp,
    /// The bucket policy.
    pub policy: Option<Arc<Policy>>,
    /// Where a BucketPolicy resource comes from, if one holds the policy.
    pub policy_origin: Option<Origin>,
    /// S3 Block Public Access of the bucket.
    pub public_access_block: PublicAccessBlock,
    /// Objects by key, in the byte order of the key.
    pub objects: BTreeMap<String, Object>,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its bytes.
    pub body: Vec<u8>,
    /// Quoted MD5 in hexadecimal digits.
    pub etag: String,
    /// LastModified.
    pub modified: Timestamp,
    /// Content-Type.
    pub content_type: String,
}
