//! Bytes as letters. Own code: the crate for it is ten times its size in wasm.
//!
//! Standard: RFC 4648, sections 4 and 5. Reading is strict: padding where it belongs, no bits left over.

/// The alphabet with `+` and `/`, padded.
pub const STANDARD: Alphabet = Alphabet { last: *b"+/", padded: true };
/// The alphabet of names and URLs, padded.
pub const URL_SAFE: Alphabet = Alphabet { last: *b"-_", padded: true };
/// The alphabet of names and URLs.
pub const URL_SAFE_NO_PAD: Alphabet = Alphabet { last: *b"-_", padded: false };

/// How six bits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alphabet {
    /// What stands for 62 and 63.
    last: [u8; 2],
    padded: bool,
}

/// A text that isn't base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid;

impl Alphabet {
    /// The bytes as text.
    pub fn encode(&self, bytes: impl AsRef<[u8]>) -> String {
        self.text(bytes.as_ref())
    }

    /// The bytes of a text.
    ///
    /// # Errors
    /// Letters of another alphabet, wrong padding, or bits that no byte needs.
    pub fn decode(&self, text: impl AsRef<[u8]>) -> Result<Vec<u8>, Invalid> {
        self.bytes(text.as_ref()).ok_or(Invalid)
    }

    fn text(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for chunk in bytes.chunks(3) {
            let bits = (0..3).fold(0, |bits, place| bits << 8 | u32::from(*chunk.get(place).unwrap_or(&0)));
            for place in 0..4 {
                match place <= chunk.len() {
                    true => text.push(char::from(self.letter((bits >> (18 - 6 * place) & 63) as u8))),
                    false if self.padded => text.push('='),
                    false => {}
                }
            }
        }
        text
    }

    fn bytes(self, text: &[u8]) -> Option<Vec<u8>> {
        let letters = text.iter().rposition(|letter| *letter != b'=').map_or(0, |last| last + 1);
        let missing = letters.wrapping_neg() % 4;
        if missing == 3 || text.len() - letters != if self.padded { missing } else { 0 } {
            return None;
        }
        let mut bytes = Vec::with_capacity(letters / 4 * 3 + 2);
        let (mut bits, mut count) = (0_u32, 0);
        for letter in text.get(..letters)? {
            bits = bits << 6 | u32::from(self.value(*letter)?);
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        (bits == 0).then_some(bytes)
    }

    fn letter(self, value: u8) -> u8 {
        match value {
            0..26 => b'A' + value,
            26..52 => b'a' - 26 + value,
            52..62 => b'0'.wrapping_sub(52).wrapping_add(value),
            62 => self.last[0],
            _ => self.last[1],
        }
    }

    fn value(self, letter: u8) -> Option<u8> {
        match letter {
            b'A'..=b'Z' => Some(letter - b'A'),
            b'a'..=b'z' => Some(letter - b'a' + 26),
            b'0'..=b'9' => Some(letter - b'0' + 52),
            _ => self.last.iter().position(|last| *last == letter).map(|place| 62 + place as u8),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_as_the_standard_does() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ];
        for (bytes, text) in vectors {
            assert_eq!(STANDARD.encode(bytes), text);
            assert_eq!(STANDARD.decode(text), Ok(bytes.as_bytes().to_vec()));
            let bare = text.trim_end_matches('=');
            assert_eq!(URL_SAFE_NO_PAD.encode(bytes), bare);
            assert_eq!(URL_SAFE_NO_PAD.decode(bare), Ok(bytes.as_bytes().to_vec()));
        }
        assert_eq!(STANDARD.encode([0xfb, 0xff]), "+/8=");
        assert_eq!(URL_SAFE.encode([0xfb, 0xff]), "-_8=");
    }

    #[test]
    fn every_byte_reads_back() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        for alphabet in [STANDARD, URL_SAFE, URL_SAFE_NO_PAD] {
            for length in 0..bytes.len() {
                let bytes = &bytes[..length];
                assert_eq!(alphabet.decode(alphabet.encode(bytes)).as_deref(), Ok(bytes));
            }
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "=", "====", "Zg==Zg==", "Zm 9v", "Zm9v\n", "-_8=",
            "Zé==",
        ] {
            assert_eq!(STANDARD.decode(text), Err(Invalid), "{text}");
        }
        for text in ["Zg==", "Z", "Zh", "+/8"] {
            assert_eq!(URL_SAFE_NO_PAD.decode(text), Err(Invalid), "{text}");
        }
    }
}
