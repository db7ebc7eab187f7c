//! GetObject. AWS page: S3 API Reference, "GetObject".

use super::object_call;
use crate::client::{Client, ClientError};

/// The bytes of an object.
pub fn get_object(client: &mut Client<'_>, bucket: &str, key: &str) -> Result<Vec<u8>, Box<ClientError>> {
    let mut call = object_call("GetObject", "GET", bucket, key)?;
    call.headers.push(("x-amz-checksum-mode".to_string(), "ENABLED".to_string()));
    Ok(client.send(&call)?.body.to_vec())
}
