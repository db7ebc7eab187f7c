//! The bytes that a request brings, without their transfer coding, and checked against their checksums.
//!
//! AWS pages: S3 User Guide, "Checking object integrity in Amazon S3"; S3 API Reference, "Signature Calculations
//! for the Authorization Header: Transferring Payload in Multiple Chunks". Entry: [`payload`].
//! Left out on purpose: chunks that are signed each, SHA-1, checksums that S3 makes where none is sent.

use super::operation::not_modelled;
use crate::http::Request;
use crate::services::errors::{
    AwsError, S3_BAD_CHECKSUM, S3_BAD_MD5, S3_CHECKSUM_FORM, S3_INCOMPLETE_BODY, S3_MD5_FORM,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Digest;
use std::borrow::Cow;

const UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const PREFIX: &str = "x-amz-checksum-";
/// Polynomials in their reflected form, with all bits of the register.
const CRC32: (u64, u64) = (0xEDB8_8320, 0xFFFF_FFFF);
const CRC32C: (u64, u64) = (0x82F6_3B78, 0xFFFF_FFFF);
const CRC64NVME: (u64, u64) = (0x9A6C_9329_AC4B_C9B5, u64::MAX);

/// What a request brings.
pub(super) struct Payload<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Header and value of the checksum that was sent, and holds.
    pub checksum: Option<(String, String)>,
}

/// Name and value.
type Field = (String, String);

/// The body's bytes.
///
/// # Errors
/// BadDigest, InvalidDigest, InvalidRequest, IncompleteBody; NotImplemented for signed chunks and SHA-1.
pub(super) fn payload(request: &Request) -> Result<Payload<'_>, AwsError> {
    let (bytes, trailers) = match request.header("x-amz-content-sha256") {
        Some(UNSIGNED_TRAILER) => {
            let (bytes, trailers) = chunks(&request.body.0).ok_or_else(|| S3_INCOMPLETE_BODY.error())?;
            let told = request.header("x-amz-decoded-content-length");
            if told.is_some_and(|told| told.parse() != Ok(bytes.len())) {
                return Err(S3_INCOMPLETE_BODY.error());
            }
            (Cow::Owned(bytes), trailers)
        }
        Some(streaming) if streaming.starts_with("STREAMING-") => {
            return Err(not_modelled(format!("x-amz-content-sha256: {streaming}")));
        }
        _ => (Cow::Borrowed(request.body.0.as_slice()), Vec::new()),
    };
    check_md5(request, &bytes)?;
    let all = request.headers.iter().chain(&trailers);
    let sent = all.map(|(name, value)| (name.to_ascii_lowercase(), value)).find_map(|(name, value)| {
        let algorithm = name.strip_prefix(PREFIX)?.to_string();
        (!matches!(algorithm.as_str(), "algorithm" | "mode" | "type"))
            .then(|| (name, algorithm, value.clone()))
    });
    let Some((name, algorithm, value)) = sent else { return Ok(Payload { bytes, checksum: None }) };
    let computed = checksum(&algorithm, &bytes).ok_or_else(|| not_modelled(name.clone()))?;
    let told = STANDARD.decode(&value).ok().filter(|told| told.len() == computed.len());
    match told {
        None => Err(S3_CHECKSUM_FORM.with(&[("name", &name)])),
        Some(told) if told != computed => {
            Err(S3_BAD_CHECKSUM.with(&[("algorithm", &algorithm.to_ascii_uppercase())]))
        }
        Some(_) => Ok(Payload { bytes, checksum: Some((name, value)) }),
    }
}

/// Whether the request vouches for its body in one way or another.
pub(super) fn is_vouched_for(request: &Request) -> bool {
    request.header("content-md5").is_some()
        || request.headers.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with(PREFIX))
        || request.header("x-amz-trailer").is_some()
}

/// Quoted MD5 in hexadecimal digits.
pub(super) fn etag(bytes: &[u8]) -> String {
    let digits: String = md5::Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

fn check_md5(request: &Request, bytes: &[u8]) -> Result<(), AwsError> {
    let Some(header) = request.header("content-md5") else { return Ok(()) };
    let told = STANDARD.decode(header).ok().filter(|told| told.len() == 16);
    let told = told.ok_or_else(|| S3_MD5_FORM.error().field("Content-MD5", header))?;
    let computed = md5::Md5::digest(bytes);
    if told == computed.as_slice() {
        return Ok(());
    }
    let error = S3_BAD_MD5.error().field("ExpectedDigest", header);
    Err(error.field("CalculatedDigest", STANDARD.encode(computed)))
}

fn checksum(algorithm: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match algorithm {
        "crc32" => crc(bytes, CRC32).to_be_bytes().get(4..).map(<[u8]>::to_vec),
        "crc32c" => crc(bytes, CRC32C).to_be_bytes().get(4..).map(<[u8]>::to_vec),
        "crc64nvme" => Some(crc(bytes, CRC64NVME).to_be_bytes().to_vec()),
        "sha256" => Some(sha2::Sha256::digest(bytes).to_vec()),
        _ => None,
    }
}

/// A cyclic redundancy check in its reflected form, a byte at a time.
fn crc(bytes: &[u8], (polynomial, all): (u64, u64)) -> u64 {
    let step =
        |register: u64, _| if register & 1 == 1 { (register >> 1) ^ polynomial } else { register >> 1 };
    let table: Vec<u64> = (0..256).map(|byte| (0..8).fold(byte, step)).collect();
    let next = |register: u64, byte: &u8| {
        let place = usize::from((register as u8) ^ byte);
        (register >> 8) ^ table.get(place).copied().unwrap_or_default()
    };
    bytes.iter().fold(all, next) ^ all
}

/// The bytes in `aws-chunked` coding, and the trailers after them.
fn chunks(body: &[u8]) -> Option<(Vec<u8>, Vec<Field>)> {
    let (mut bytes, mut rest) = (Vec::new(), body);
    loop {
        let (line, after) = line(rest)?;
        let size = usize::from_str_radix(line.split(';').next()?, 16).ok()?;
        if size == 0 {
            return Some((bytes, trailers(after)?));
        }
        let (chunk, after) = after.split_at_checked(size)?;
        bytes.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n")?;
    }
}

fn trailers(mut rest: &[u8]) -> Option<Vec<Field>> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (text, after) = line(rest)?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':')?;
        found.push((name.trim().to_string(), value.trim().to_string()));
        rest = after;
    }
    Some(found)
}

/// The text up to the line break, and what stands after it.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(2).position(|two| two == b"\r\n")?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((std::str::from_utf8(line).ok()?, rest.get(2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_follow_their_standards() {
        assert_eq!(crc(b"123456789", CRC32C), 0xE306_9283);
        assert_eq!(crc(b"123456789", CRC64NVME), 0xAE8B_1486_0A79_9888);
        assert_eq!(checksum("crc32", b"123456789"), Some(0xCBF4_3926_u32.to_be_bytes().to_vec()));
    }

    #[test]
    fn chunks_are_put_together() {
        let (bytes, trailers) =
            chunks(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-amz-checksum-crc32:A=\r\n\r\n").unwrap();
        assert_eq!(bytes, b"abcde");
        assert_eq!(trailers, [("x-amz-checksum-crc32".to_string(), "A=".to_string())]);
        for wrong in ["", "3\r\nab", "3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "ffffffffffffffff\r\na"] {
            assert_eq!(chunks(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
