//! PutObject. AWS pages: S3 API Reference, "PutObject"; S3 User Guide, "Checking object integrity in Amazon S3": over TLS
//! the CLI sends the body in one chunk, with its checksum behind it.

use super::object_call;
use crate::checksum::compute;
use crate::client::{Client, ClientError};
use crate::http::Headers;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the CLI computes where nothing else is asked for.
const ALGORITHM: &str = "crc64nvme";

/// Uploads an object, with the headers that the command line asks for.
pub fn put_object(
    client: &mut Client<'_>,
    bucket: &str,
    key: &str,
    body: &str,
    headers: &Headers,
) -> Result<(), ClientError> {
    let mut call = object_call("PutObject", "PUT", bucket, key)?;
    call.headers.clone_from(headers);
    let trailer = ["x-amz-checksum-", ALGORITHM].concat();
    for (name, value) in [
        ("Content-Encoding", "aws-chunked".to_string()),
        ("x-amz-sdk-checksum-algorithm", ALGORITHM.to_ascii_uppercase()),
        ("x-amz-trailer", trailer.clone()),
        ("x-amz-decoded-content-length", body.len().to_string()),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_string()),
    ] {
        call.headers.push((name.to_string(), value));
    }
    if !body.is_empty() {
        call.body = [&format!("{:x}", body.len()), "\r\n", body, "\r\n"].concat();
    }
    let checksum = STANDARD.encode(compute(ALGORITHM, body.as_bytes()));
    for part in ["0\r\n", &trailer, ":", &checksum, "\r\n\r\n"] {
        call.body.push_str(part);
    }
    client.send(&call).map(|_| ())
}
