//! Checksums of objects and parts.
//!
//! AWS page: S3 User Guide, "Checking object integrity in Amazon S3". Left out on purpose: the algorithms of
//! 2026 (SHA-512, MD5, XXHash), which answer NotImplemented.

use super::operation::not_modelled;
use crate::cloud::{Checksum, ChecksumType, Object};
use crate::http::Response;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Digest;

/// Algorithms as headers write them, and as XML does.
const ALGORITHMS: [(&str, &str); 5] = [
    ("crc32", "ChecksumCRC32"),
    ("crc32c", "ChecksumCRC32C"),
    ("crc64nvme", "ChecksumCRC64NVME"),
    ("sha1", "ChecksumSHA1"),
    ("sha256", "ChecksumSHA256"),
];
/// What S3 computes where no checksum is sent.
pub(super) const DEFAULT: &str = "crc64nvme";
pub(super) const PREFIX: &str = "x-amz-checksum-";
/// Polynomials in their reflected form, with all bits of the register.
const CRC32: (u64, u64) = (0xEDB8_8320, 0xFFFF_FFFF);
const CRC32C: (u64, u64) = (0x82F6_3B78, 0xFFFF_FFFF);
const CRC64NVME: (u64, u64) = (0x9A6C_9329_AC4B_C9B5, u64::MAX);

/// The name of an algorithm in XML.
pub(super) fn element(algorithm: &str) -> &'static str {
    ALGORITHMS.iter().find(|(name, _)| *name == algorithm).map_or("Checksum", |(_, element)| element)
}

/// An algorithm as a header names it, in small letters.
///
/// # Errors
/// NotImplemented for those that aren't modelled.
pub(super) fn algorithm(name: &str) -> Result<String, AwsError> {
    let lower = name.to_ascii_lowercase();
    match ALGORITHMS.iter().any(|(known, _)| *known == lower) {
        true => Ok(lower),
        false => Err(not_modelled(&["checksum algorithm ", name].concat())),
    }
}

/// The checksum's bytes; none for an algorithm that isn't modelled.
pub(super) fn compute(algorithm: &str, bytes: &[u8]) -> Vec<u8> {
    let short = |crc: u64| crc.to_be_bytes().get(4..).map(<[u8]>::to_vec).unwrap_or_default();
    match algorithm {
        "crc32" => short(crc(bytes, CRC32)),
        "crc32c" => short(crc(bytes, CRC32C)),
        "crc64nvme" => crc(bytes, CRC64NVME).to_be_bytes().to_vec(),
        "sha1" => sha1::Sha1::digest(bytes).to_vec(),
        "sha256" => sha2::Sha256::digest(bytes).to_vec(),
        _ => Vec::new(),
    }
}

/// A checksum over all bytes.
pub(super) fn full(algorithm: &str, bytes: &[u8]) -> Checksum {
    let value = STANDARD.encode(compute(algorithm, bytes));
    Checksum { algorithm: algorithm.to_string(), value, kind: ChecksumType::FullObject }
}

/// The object's own checksum, else the one that S3 makes.
pub(super) fn of(object: &Object) -> Checksum {
    object.checksum.clone().unwrap_or_else(|| full(DEFAULT, &object.body))
}

pub(super) fn kind(kind: ChecksumType) -> &'static str {
    match kind {
        ChecksumType::FullObject => "FULL_OBJECT",
        ChecksumType::Composite => "COMPOSITE",
    }
}

/// Headers that tell a checksum.
pub(super) fn headers(response: Response, checksum: &Checksum) -> Response {
    response
        .with_header(&[PREFIX, &checksum.algorithm].concat(), checksum.value.as_str())
        .with_header("x-amz-checksum-type", kind(checksum.kind))
}

/// Elements that tell a checksum.
pub(super) fn elements(xml: &mut Xml, checksum: &Checksum) {
    xml.leaf(element(&checksum.algorithm), &checksum.value);
    xml.leaf("ChecksumType", kind(checksum.kind));
}

/// A cyclic redundancy check in its reflected form, a byte at a time.
fn crc(bytes: &[u8], (polynomial, all): (u64, u64)) -> u64 {
    let step =
        |register: u64, _| if register & 1 == 1 { (register >> 1) ^ polynomial } else { register >> 1 };
    let mut table = [0; 256];
    for (byte, entry) in (0..256).zip(&mut table) {
        *entry = (0..8).fold(byte, step);
    }
    let next = |register: u64, byte: &u8| {
        let place = usize::from((register as u8) ^ byte);
        (register >> 8) ^ table.get(place).copied().unwrap_or_default()
    };
    bytes.iter().fold(all, next) ^ all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_follow_their_standards() {
        assert_eq!(crc(b"123456789", CRC32C), 0xE306_9283);
        assert_eq!(crc(b"123456789", CRC64NVME), 0xAE8B_1486_0A79_9888);
        assert_eq!(compute("crc32", b"123456789"), 0xCBF4_3926_u32.to_be_bytes());
    }
}
