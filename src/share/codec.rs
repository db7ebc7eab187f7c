//! Bytes to the characters of a link and back: base64url(CRC-32, raw deflate with a preset dictionary).
//!
//! Standards: RFC 1951 (deflate), RFC 4648 section 5 (base64url, no padding). Without the checksum a changed
//! character can give another text that is still JSON.

use crate::base64::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Text that scenarios are likely to hold. Links depend on every byte: a new dictionary is a new form.
const DICTIONARY: &[u8] = include_bytes!("dictionary_1.txt");

/// Most bytes that a link unpacks to.
const MAX_PLAIN: usize = 256 * 1024;

/// Compression level of miniz_oxide: its best.
const LEVEL: i32 = 10;

/// The characters for `plain`.
pub(super) fn pack(plain: &[u8]) -> String {
    let flags = create_comp_flags_from_zip_params(LEVEL, -15, 0);
    let mut compressor = CompressorOxide::new(flags);
    // The library can't preset a dictionary: compress it first and drop that output.
    compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut packed = crc32(plain).to_be_bytes().to_vec();
    compress_to_output(&mut compressor, plain, TDEFLFlush::Finish, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    URL_SAFE_NO_PAD.encode(packed)
}

/// The text of a link's characters; `None` if anything about them is not as [`pack`] made it.
pub(super) fn unpack(link: &str) -> Option<String> {
    let packed = URL_SAFE_NO_PAD.decode(link).ok()?;
    let (checksum, deflated) = packed.split_first_chunk::<4>()?;
    // Decoding starts with the dictionary as a stored block, which sets the window.
    let length = u16::try_from(DICTIONARY.len()).ok()?;
    let mut stream = vec![0];
    stream.extend_from_slice(&length.to_le_bytes());
    stream.extend_from_slice(&(!length).to_le_bytes());
    stream.extend_from_slice(DICTIONARY);
    stream.extend_from_slice(deflated);
    let mut plain = decompress_to_vec_with_limit(&stream, DICTIONARY.len() + MAX_PLAIN).ok()?;
    let plain = plain.split_off(DICTIONARY.len().min(plain.len()));
    if crc32(&plain).to_be_bytes() != *checksum {
        return None;
    }
    String::from_utf8(plain).ok()
}

/// CRC-32 of ISO 3309, as zip and PNG have it; bit by bit, because the usual tables weigh 16 KB.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_as_the_standard_says() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn gives_back_what_it_packed() {
        for plain in ["", "a", "{\"Effect\":\"Allow\"}", &"한".repeat(5000)] {
            assert_eq!(unpack(&pack(plain.as_bytes())).as_deref(), Some(plain));
        }
    }

    #[test]
    fn refuses_what_would_fill_the_memory() {
        assert_eq!(unpack(&pack(&vec![b'a'; MAX_PLAIN + 1])), None);
    }
}
