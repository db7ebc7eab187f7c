//! Identifiers, keys and tokens, derived from the scenario's seed: the same names always give the same ids.
//!
//! AWS page: IAM User Guide, "IAM identifiers" (unique id prefixes). Entry: [`Entropy`].
//! Left out on purpose: real randomness, which would make two runs of one scenario differ.

use crate::gather::Gather;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The source of every id: a keyed function of names, never a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entropy {
    seed: u64,
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Entropy {
    /// Entropy of the scenario's `seed`.
    pub fn new(seed: u64) -> Self {
        Entropy { seed }
    }

    /// 32 bytes that depend on the seed and on every name and its place.
    pub fn bytes(&self, names: &[&str]) -> [u8; 32] {
        let mut out = [0; 32];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.seed.to_be_bytes()) {
            for name in names {
                mac.update(&(name.len() as u64).to_be_bytes());
                mac.update(name.as_bytes());
            }
            out.copy_from_slice(&mac.finalize().into_bytes());
        }
        out
    }

    /// `prefix` and `digits` (at most 64) lowercase hexadecimal digits, such as `i-0ab...` (17 digits).
    pub fn hex(&self, prefix: &str, digits: usize, names: &[&str]) -> String {
        let bytes = self.bytes(names);
        let mut text = String::from(prefix);
        let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        text.extend(nibbles.take(digits).filter_map(|nibble| char::from_digit(u32::from(nibble), 16)));
        text
    }

    /// An EC2 resource id: prefix, `-`, `0`, 16 hexadecimal digits.
    pub fn ec2(&self, prefix: &str, names: &[&str]) -> String {
        self.hex(&format!("{prefix}-0"), 16, names)
    }

    /// An IAM unique id (`AROA`, `AIDA`, `AIPA`, `ANPA`, `AGPA`): prefix and 17 characters.
    pub fn unique_id(&self, prefix: &str, names: &[&str]) -> String {
        self.base32(prefix, 17, names)
    }

    /// An access key id (`AKIA`, `ASIA`): prefix and 16 characters.
    pub fn access_key_id(&self, prefix: &str, names: &[&str]) -> String {
        self.base32(prefix, 16, names)
    }

    /// A secret access key: 40 characters of base64's alphabet.
    pub fn secret_access_key(&self, names: &[&str]) -> String {
        let mut bytes = self.bytes(&[&["secret"], names].concat()).to_vec();
        bytes.truncate(30);
        crate::base64::STANDARD.encode(bytes)
    }

    /// A session token: opaque, a few hundred characters of base64, as STS issues them.
    pub fn session_token(&self, names: &[&str]) -> String {
        let mut bytes = b"\x21\x0a\x09origin_ec".to_vec();
        for part in ["1", "2", "3", "4", "5", "6", "7", "8"] {
            bytes.extend_from_slice(&self.bytes(&[&["token", part], names].concat()));
        }
        crate::base64::STANDARD.encode(bytes)
    }

    /// An account id: twelve digits, none of them first a zero.
    pub fn account_id(&self, names: &[&str]) -> String {
        let bytes = self.bytes(&[&["account"], names].concat());
        let number = bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        (100_000_000_000 + number % 900_000_000_000).to_string()
    }

    /// A request id of the query services: a UUID in lower case.
    pub fn uuid(&self, names: &[&str]) -> String {
        let digits: Vec<char> = self.hex("", 32, names).chars().gather();
        let mut text = String::new();
        for (place, digit) in digits.into_iter().enumerate() {
            if [8, 12, 16, 20].contains(&place) {
                text.push('-');
            }
            text.push(digit);
        }
        text
    }

    fn base32(&self, prefix: &str, length: usize, names: &[&str]) -> String {
        let mut text = String::from(prefix);
        let bytes = self.bytes(&[&[prefix], names].concat());
        let letters = bytes.iter().filter_map(|byte| BASE32.get(usize::from(byte & 31)));
        text.extend(letters.take(length).map(|letter| char::from(*letter)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_seed_and_names_alone() {
        let one = Entropy::new(1);
        assert_eq!(one.ec2("i", &["111122223333", "App"]), one.ec2("i", &["111122223333", "App"]));
        assert_ne!(one.ec2("i", &["a", "bc"]), one.ec2("i", &["ab", "c"]));
        assert_ne!(one.unique_id("AROA", &["a"]), Entropy::new(2).unique_id("AROA", &["a"]));
        assert_eq!(one.ec2("i", &["a"]).len(), 19);
        assert_eq!(one.unique_id("AROA", &["a"]).len(), 21);
        assert_eq!(one.access_key_id("ASIA", &["a"]).len(), 20);
        assert_eq!(one.secret_access_key(&["a"]).len(), 40);
        assert!(one.session_token(&["a"]).starts_with("IQoJb3JpZ2luX2Vj"));
        assert_eq!(one.account_id(&["a"]).len(), 12);
        assert_eq!(one.uuid(&["a"]).len(), 36);
    }
}
