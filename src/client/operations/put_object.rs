//! PutObject. AWS page: S3 API Reference, "PutObject".

use super::object_call;
use crate::client::{Client, ClientError, upload};
use crate::http::Headers;

/// Uploads an object, with the headers that the command line asks for.
pub fn put_object(
    client: &mut Client<'_>,
    bucket: &str,
    key: &str,
    body: &str,
    headers: &Headers,
) -> Result<(), Box<ClientError>> {
    let mut call = object_call("PutObject", "PUT", bucket, key)?;
    call.headers.clone_from(headers);
    upload::in_trailer(&mut call, body);
    client.send(&call).map(|_| ())
}
