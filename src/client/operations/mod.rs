//! What the modelled commands ask of services: the request of each operation, and its answer read.

mod assume_role;
mod copy_object;
mod create_bucket;
mod delete_bucket;
mod delete_object;
mod get_object;
mod head_object;
mod list_buckets;
mod list_objects_v2;
mod put_object;

pub use assume_role::{AssumeRole, assume_role};
pub use copy_object::copy_object;
pub use create_bucket::create_bucket;
pub use delete_bucket::delete_bucket;
pub use delete_object::delete_object;
pub use get_object::get_object;
pub use head_object::{ObjectHead, head_object};
pub use list_buckets::{BucketEntry, list_buckets};
pub use list_objects_v2::{ListObjectsV2, ObjectEntry, Page, list_objects_v2};
pub use put_object::put_object;

use super::messages::empty_key;
use super::{Call, ClientError};
use crate::clock::Timestamp;

/// A call about one object; `Err` where the key is empty.
fn object_call(
    operation: &'static str,
    method: &'static str,
    bucket: &str,
    key: &str,
) -> Result<Call, ClientError> {
    if key.is_empty() {
        return Err(ClientError::ParamValidation { report: empty_key() });
    }
    let (bucket, key) = (Some(bucket.to_string()), Some(key.to_string()));
    Ok(Call { operation, method, bucket, key, ..Call::default() })
}

/// The form of S3's HTTP headers: `Wed, 07 Jan 2026 09:00:00 GMT`.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Timestamp::parse_iso8601(&format!("{year}-{month:02}-{day}T{clock}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_http_dates() {
        let at = Timestamp::parse_iso8601("2026-01-07T09:00:00Z");
        assert_eq!(http_date("Wed, 07 Jan 2026 09:00:00 GMT"), at);
        assert_eq!(http_date("yesterday"), None);
    }
}
