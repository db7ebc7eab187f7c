//! CopyObject. AWS page: S3 API Reference, "CopyObject".

use super::object_call;
use crate::client::{Client, ClientError, encode_key};
use crate::http::Headers;

/// Copies an object, with the headers that the command line asks for.
pub fn copy_object(
    client: &mut Client<'_>,
    (from, source): (&str, &str),
    (to, key): (&str, &str),
    headers: &Headers,
) -> Result<(), Box<ClientError>> {
    let mut call = object_call("CopyObject", "PUT", to, key)?;
    call.headers.clone_from(headers);
    let source = [from, "/", &encode_key(source)].concat();
    call.headers.push(("x-amz-copy-source".to_string(), source));
    client.send(&call).map(|_| ())
}
