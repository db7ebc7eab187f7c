//! The key that signs: derived from the secret for one day, region and service.
//!
//! AWS page: IAM User Guide, "Elements of an AWS API request signature", step 4.

use super::CredentialScope;
use super::canonical_request::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC over HMAC: secret, date, region, service, `aws4_request`.
pub fn signing_key(secret: &str, scope: &CredentialScope) -> [u8; 32] {
    let start = format!("AWS4{secret}");
    let date = hmac_sha256(start.as_bytes(), scope.date.as_bytes());
    let region = hmac_sha256(&date, scope.region.as_bytes());
    let service = hmac_sha256(&region, scope.service.as_bytes());
    hmac_sha256(&service, b"aws4_request")
}

/// The signature in 64 hexadecimal digits.
pub(super) fn signature(key: &[u8; 32], string_to_sign: &str) -> String {
    hex(&hmac_sha256(key, string_to_sign.as_bytes()))
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    // A key of any length is valid for HMAC, so this never fails.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) {
        mac.update(message);
        out.copy_from_slice(&mac.finalize().into_bytes());
    }
    out
}
