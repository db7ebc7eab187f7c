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
pub use head_object::head_object;
pub use list_buckets::{BucketEntry, list_buckets};
pub use list_objects_v2::{ListObjectsV2, ObjectEntry, Page, list_objects_v2};
pub use put_object::put_object;

use super::messages::empty_key;
use super::{Call, ClientError};

/// A call about one object; `Err` where the key is empty.
fn object_call(
    operation: &'static str,
    method: &'static str,
    bucket: &str,
    key: &str,
) -> Result<Call, Box<ClientError>> {
    if key.is_empty() {
        return Err(ClientError::ParamValidation { report: empty_key() }.into());
    }
    let (bucket, key) = (Some(bucket.to_string()), Some(key.to_string()));
    Ok(Call { operation, method, bucket, key, ..Call::default() })
}
