//! SHA-1 and its HMAC, of which the codes of MFA devices are made. Own code: a tenth of the crate's size in wasm.
//!
//! Standards: RFC 3174, RFC 2104.

use super::blocks;
use crate::gather::Gather;

/// The digest of a message.
pub fn sha1(message: &[u8]) -> [u8; 20] {
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let bits = (message.len() as u64).wrapping_mul(8);
    blocks(message, bits.to_be_bytes(), &mut |block| {
        let (words, _) = block.as_chunks::<4>();
        // The last sixteen of the eighty.
        let mut window = [0_u32; 16];
        for (own, word) in window.iter_mut().zip(words) {
            *own = u32::from_be_bytes(*word);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for step in 0..80 {
            let before = |back: usize| window.get((step + 16 - back) % 16).copied().unwrap_or_default();
            let word = match step {
                0..16 => before(0),
                _ => (before(3) ^ before(8) ^ before(14) ^ before(0)).rotate_left(1),
            };
            if let Some(own) = window.get_mut(step % 16) {
                *own = word;
            }
            let (mixed, constant) = match step / 20 {
                0 => (b & c | !b & d, 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let sum = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(word);
            (a, b, c, d, e) = (sum.wrapping_add(constant), a, b.rotate_left(30), c, d);
        }
        for (state, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *state = state.wrapping_add(new);
        }
    });
    let mut digest = [0; 20];
    for (place, byte) in digest.iter_mut().zip(state.iter().flat_map(|word| word.to_be_bytes())) {
        *place = byte;
    }
    digest
}

/// The keyed digest of a message; keys longer than a block stand for their digest.
pub fn hmac_sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let mut block = if key.len() > 64 { sha1(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let keyed = |pad: u8, message: &[u8]| {
        let mut bytes: Vec<u8> = block.iter().map(|byte| byte ^ pad).gather();
        bytes.extend_from_slice(message);
        sha1(&bytes)
    };
    keyed(0x5c, &keyed(0x36, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::hex;

    #[test]
    fn digests_are_those_of_rfc_3174_and_rfc_2202() {
        for (message, digest) in [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            ),
        ] {
            assert_eq!(hex(&sha1(message.as_bytes())), digest, "{message}");
        }
        let keyed = |key: &[u8], message: &[u8]| hex(&hmac_sha1(key, message));
        assert_eq!(
            keyed(b"Jefe", b"what do ya want for nothing?"),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(keyed(&[0xaa; 80], long), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    }
}
