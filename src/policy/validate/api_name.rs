//! API operations whose permission has another name: a common mistake.
//!
//! AWS page: S3 User Guide, "Required permissions for Amazon S3 API operations".

/// S3 operations and the permission that they need first.
const S3: [(&str, &str); 16] = [
    ("CompleteMultipartUpload", "PutObject"),
    ("CopyObject", "PutObject"),
    ("CreateMultipartUpload", "PutObject"),
    ("DeleteObjects", "DeleteObject"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("GetBucketReplication", "GetReplicationConfiguration"),
    ("HeadBucket", "ListBucket"),
    ("HeadObject", "GetObject"),
    ("ListBuckets", "ListAllMyBuckets"),
    ("ListMultipartUploads", "ListBucketMultipartUploads"),
    ("ListObjects", "ListBucket"),
    ("ListObjectsV2", "ListBucket"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListParts", "ListMultipartUploadParts"),
    ("UploadPart", "PutObject"),
];

/// The permission behind an API operation of that name, if the names differ.
pub fn permission(service: &str, operation: &str) -> Option<&'static str> {
    let table = if service.eq_ignore_ascii_case("s3") { S3.as_slice() } else { &[] };
    table.iter().find(|(name, _)| name.eq_ignore_ascii_case(operation)).map(|(_, permission)| *permission)
}
