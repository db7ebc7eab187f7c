//! DeleteObject. AWS page: S3 API Reference, "DeleteObject".

use super::object_call;
use crate::client::{Client, ClientError};

/// Deletes an object; one that doesn't exist is no error.
pub fn delete_object(client: &mut Client<'_>, bucket: &str, key: &str) -> Result<(), Box<ClientError>> {
    client.send(&object_call("DeleteObject", "DELETE", bucket, key)?).map(|_| ())
}
