//! What the signing key signs.
//!
//! AWS page: IAM User Guide, "Elements of an AWS API request signature", step 3.

use super::CredentialScope;
use super::canonical_request::payload_hash;
use crate::clock::Timestamp;

/// The algorithm's name in headers and in the string to sign.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Algorithm, instant, scope and hash of the canonical request; a line each.
pub fn string_to_sign(at: Timestamp, scope: &CredentialScope, canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}\n{scope}\n{}", at.amz_date(), payload_hash(canonical_request.as_bytes()))
}
