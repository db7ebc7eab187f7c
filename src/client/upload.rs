//! Checksums of what the client uploads to S3.
//!
//! AWS page: S3 User Guide, "Checking object integrity in Amazon S3": over TLS an object goes in one chunk with its
//! checksum behind it, other bodies have it in a header. Left out on purpose: more than one chunk.

use super::Call;
use crate::base64::STANDARD;
use crate::checksum::compute;

/// What the CLI computes where nothing else is asked for.
const ALGORITHM: &str = "crc64nvme";

fn push(call: &mut Call, name: &str, value: String) {
    call.headers.push((name.to_string(), value));
}

/// The algorithm that a header of the call asks for, else the CLI's, which is written there.
fn algorithm(call: &mut Call) -> String {
    const NAME: &str = "x-amz-sdk-checksum-algorithm";
    let asked =
        call.headers.iter().find(|(name, _)| name == NAME).map(|(_, value)| value.to_ascii_lowercase());
    asked.unwrap_or_else(|| {
        push(call, NAME, ALGORITHM.to_ascii_uppercase());
        ALGORITHM.to_string()
    })
}

/// Makes the body one of one chunk with a trailer.
pub(super) fn in_trailer(call: &mut Call, body: &str) {
    push(call, "Content-Encoding", "aws-chunked".to_string());
    let algorithm = algorithm(call);
    let trailer = ["x-amz-checksum-", &algorithm].concat();
    push(call, "x-amz-trailer", trailer.clone());
    push(call, "x-amz-decoded-content-length", body.len().to_string());
    push(call, "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_string());
    let checksum = STANDARD.encode(compute(&algorithm, body.as_bytes()));
    call.body = match body.len() {
        0 => String::new(),
        length => [&format!("{length:x}"), "\r\n", body, "\r\n"].concat(),
    };
    for part in ["0\r\n", &trailer, ":", &checksum, "\r\n\r\n"] {
        call.body.push_str(part);
    }
}

/// Adds the header for the body as it is.
pub(super) fn in_header(call: &mut Call) {
    let algorithm = algorithm(call);
    let checksum = STANDARD.encode(compute(&algorithm, call.body.as_bytes()));
    push(call, &["x-amz-checksum-", &algorithm].concat(), checksum);
}
