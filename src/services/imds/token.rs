//! Session tokens of IMDSv2: stateless, good for one instance until they expire.
//!
//! AWS page: EC2 User Guide, "How Instance Metadata Service Version 2 works".

use crate::base64::URL_SAFE;
use crate::clock::Timestamp;
use crate::ids::Entropy;

/// What a token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Of this instance, not expired.
    Good,
    /// Of this instance, expired.
    Expired,
    /// Not a token of this instance.
    Wrong,
}

const HEAD: [u8; 4] = [1, 0, 4, 0];
/// Head, expiry, 28 bytes of the code: 56 characters as on AWS.
const LENGTH: usize = 40;

/// A token of that instance, good until `expires`.
pub(super) fn issue(entropy: &Entropy, instance: &str, expires: Timestamp) -> String {
    let mut bytes = HEAD.to_vec();
    bytes.extend_from_slice(&expires.0.to_be_bytes());
    let code = entropy.bytes(&["imds-token", instance, &expires.0.to_string()]);
    bytes.extend_from_slice(&code);
    bytes.truncate(LENGTH);
    URL_SAFE.encode(bytes)
}

/// Judges a token that a request carries.
pub(super) fn check(entropy: &Entropy, instance: &str, now: Timestamp, token: &str) -> Check {
    let Ok(bytes) = URL_SAFE.decode(token) else {
        return Check::Wrong;
    };
    let expiry = bytes.get(HEAD.len()..HEAD.len() + 8).and_then(|part| <[u8; 8]>::try_from(part).ok());
    let Some(expires) = expiry.map(|part| Timestamp(i64::from_be_bytes(part))) else {
        return Check::Wrong;
    };
    if issue(entropy, instance, expires) != token {
        Check::Wrong
    } else if now >= expires {
        Check::Expired
    } else {
        Check::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_one_instance_until_it_expires() {
        let entropy = Entropy::new(1);
        let token = issue(&entropy, "i-1", Timestamp(1000));
        assert_eq!(token.len(), 56);
        assert_eq!(check(&entropy, "i-1", Timestamp(999), &token), Check::Good);
        assert_eq!(check(&entropy, "i-1", Timestamp(1000), &token), Check::Expired);
        assert_eq!(check(&entropy, "i-2", Timestamp(0), &token), Check::Wrong);
        assert_eq!(check(&Entropy::new(2), "i-1", Timestamp(0), &token), Check::Wrong);
        for wrong in ["", "x", "AAAA", "é"] {
            assert_eq!(check(&entropy, "i-1", Timestamp(0), wrong), Check::Wrong);
        }
    }
}
