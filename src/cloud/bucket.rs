//! Buckets. AWS page: S3 API Reference, "Data Types".

use super::{Object, Origin, Upload};
use crate::authorization::PublicAccessBlock;
use crate::clock::Timestamp;
use crate::policy::Policy;
use crate::sorted::SortedMap;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// A bucket.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// Who owns objects that others write, and whether there are ACLs.
    pub ownership: ObjectOwnership,
    /// Tags of the bucket.
    pub tags: SortedMap<String, String>,
    /// Objects by key, in the byte order of the key.
    pub objects: BTreeMap<String, Object>,
    /// Multipart uploads under way, by key and upload id.
    pub uploads: BTreeMap<(String, String), Upload>,
}

/// S3 Object Ownership.
///
/// AWS page: S3 User Guide, "Controlling ownership of objects and disabling ACLs for your bucket".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ObjectOwnership {
    /// ACLs are off: the default of new buckets.
    #[default]
    BucketOwnerEnforced,
    /// The bucket's owner owns what comes with `bucket-owner-full-control`.
    BucketOwnerPreferred,
    /// Whoever writes an object owns it.
    ObjectWriter,
    /// The setting was deleted: as ObjectWriter.
    Absent,
}

impl ObjectOwnership {
    /// The names that a setting has.
    pub const NAMES: [&str; 3] = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
    const ALL: [Self; 3] = [Self::BucketOwnerEnforced, Self::BucketOwnerPreferred, Self::ObjectWriter];

    /// Its name; `None` where the setting was deleted.
    pub fn name(self) -> Option<&'static str> {
        Self::ALL.iter().zip(Self::NAMES).find(|(setting, _)| **setting == self).map(|(_, name)| name)
    }

    /// The setting of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == Some(name))
    }
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
