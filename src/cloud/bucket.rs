//! Buckets and objects. AWS page: S3 API Reference, "Data Types".

use super::Origin;
use crate::authorization::PublicAccessBlock;
use crate::clock::Timestamp;
use crate::policy::Policy;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
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
    /// The policy's JSON as GetBucketPolicy answers it, intrinsics resolved.
    pub policy_text: Option<Arc<str>>,
    /// S3 Block Public Access of the bucket; `None`: no settings of its own.
    pub public_access_block: Option<PublicAccessBlock>,
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
    /// Headers that were sent with it and come back with it, names in lower case: `x-amz-meta-...`, `cache-control`.
    pub headers: Vec<(String, String)>,
    /// The checksum that was sent with it: `x-amz-checksum-crc32` and its value.
    pub checksum: Option<(String, String)>,
    /// LastModified.
    pub modified: Timestamp,
    /// Content-Type.
    pub content_type: String,
}

impl Bucket {
    /// Whether a bucket can be called so.
    ///
    /// AWS page: S3 User Guide, "General purpose bucket naming rules".
    /// 3 to 63 lower-case letters, digits, `.` and `-`, not an address, without reserved beginnings and endings.
    pub fn is_name(name: &str) -> bool {
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
        let outer = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        (3..=63).contains(&name.len())
            && name.chars().all(inner)
            && name.starts_with(outer)
            && name.ends_with(outer)
            && !name.contains("..")
            && name.parse::<Ipv4Addr>().is_err()
            && !["xn--", "sthree-", "amzn-s3-demo-"].iter().any(|reserved| name.starts_with(reserved))
            && !["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].iter().any(|end| name.ends_with(end))
    }
}

#[cfg(test)]
mod tests {
    use super::Bucket;

    #[test]
    fn bucket_names_follow_the_rules() {
        for right in ["abc", "a.b-c", "123", "my-sts-demo-bucket-1234567890"] {
            assert!(Bucket::is_name(right), "{right}");
        }
        for wrong in ["ab", "Abc", "a_b", "-ab", "ab-", "a..b", "192.168.5.4", "xn--a", "a-s3alias"] {
            assert!(!Bucket::is_name(wrong), "{wrong}");
        }
    }
}
