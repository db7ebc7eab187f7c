//! Checksums of objects and parts.
//!
//! AWS page: S3 User Guide, "Checking object integrity in Amazon S3". Left out on purpose: the algorithms of
//! 2026 (SHA-512, MD5, XXHash), which answer NotImplemented.

use super::operation::not_modelled;
use crate::base64::STANDARD;
use crate::checksum::compute;
use crate::cloud::{Checksum, ChecksumType, Object};
use crate::http::Response;
use crate::services::errors::AwsError;
use crate::services::protocol::Xml;

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

/// The algorithm, if this field is a checksum.
pub(super) fn named((name, _): &(String, String)) -> Option<&str> {
    name.strip_prefix(PREFIX).filter(|rest| !matches!(*rest, "algorithm" | "mode" | "type"))
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
