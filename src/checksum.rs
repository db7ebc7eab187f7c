//! Checksums of what is uploaded to S3, which clients send and services compute again.
//!
//! AWS page: S3 User Guide, "Checking object integrity in Amazon S3". Entry: [`compute`].

mod md5;
mod sha1;

pub use md5::md5;
pub use sha1::{hmac_sha1, sha1};

use sha2::Digest;

/// Polynomials in their reflected form, with all bits of the register.
const CRC32: (u64, u64) = (0xEDB8_8320, 0xFFFF_FFFF);
const CRC32C: (u64, u64) = (0x82F6_3B78, 0xFFFF_FFFF);
const CRC64NVME: (u64, u64) = (0x9A6C_9329_AC4B_C9B5, u64::MAX);

/// The checksum's bytes, by the algorithm's name as headers write it; none for an algorithm that isn't known.
pub fn compute(algorithm: &str, bytes: &[u8]) -> Vec<u8> {
    let short = |crc: u64| crc.to_be_bytes().get(4..).map(<[u8]>::to_vec).unwrap_or_default();
    match algorithm {
        "crc32" => short(crc(bytes, CRC32)),
        "crc32c" => short(crc(bytes, CRC32C)),
        "crc64nvme" => crc(bytes, CRC64NVME).to_be_bytes().to_vec(),
        "sha1" => sha1(bytes).to_vec(),
        "sha256" => sha2::Sha256::digest(bytes).to_vec(),
        _ => Vec::new(),
    }
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

/// Goes through the blocks of a message, which ends in a one, zeros and its length in bits.
fn blocks(message: &[u8], bits: [u8; 8], step: &mut dyn FnMut(&[u8; 64])) {
    let (whole, rest) = message.as_chunks();
    let mut last = rest.to_vec();
    last.push(0x80);
    last.resize(if rest.len() < 56 { 56 } else { 120 }, 0);
    last.extend(bits);
    whole.iter().chain(last.as_chunks().0).for_each(step);
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
