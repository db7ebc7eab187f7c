//! HeadObject. AWS page: S3 API Reference, "HeadObject": without a body, an error is its status alone.

use super::object_call;
use crate::client::{Client, ClientError};

/// Asks whether an object is there and may be read.
pub fn head_object(client: &mut Client<'_>, bucket: &str, key: &str) -> Result<(), Box<ClientError>> {
    client.send(&object_call("HeadObject", "HEAD", bucket, key)?).map(|_| ())
}
