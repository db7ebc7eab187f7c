//! HeadObject. AWS page: S3 API Reference, "HeadObject": without a body, an error is its status alone.

use super::object_call;
use crate::client::{Client, ClientError};
use crate::clock::Timestamp;

/// What is known of an object without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectHead {
    /// Content-Length.
    pub size: u64,
    /// Last-Modified.
    pub modified: Option<Timestamp>,
}

/// Asks for an object's headers.
pub fn head_object(client: &mut Client<'_>, bucket: &str, key: &str) -> Result<ObjectHead, Box<ClientError>> {
    let response = client.send(&object_call("HeadObject", "HEAD", bucket, key)?)?;
    Ok(ObjectHead {
        size: response.header("Content-Length").and_then(|text| text.parse().ok()).unwrap_or(0),
        modified: response.header("Last-Modified").and_then(Timestamp::parse_http_date),
    })
}
