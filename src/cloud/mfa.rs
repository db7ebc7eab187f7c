//! Virtual MFA devices and the codes that they show.
//!
//! AWS page: IAM API Reference, "VirtualMFADevice"; RFC 6238 (TOTP) and RFC 4226 (HOTP) for the codes.

use super::Origin;
use crate::checksum::hmac_sha1;
use crate::clock::Timestamp;
use crate::ids::Entropy;
use crate::sorted::SortedMap;

/// Seconds for which a device shows one code.
const PERIOD: i64 = 30;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A virtual MFA device.
#[derive(Debug, Clone, PartialEq)]
pub struct MfaDevice {
    /// Where it comes from.
    pub origin: Origin,
    /// SerialNumber: `arn:aws:iam::ACCOUNT:mfa/NAME`.
    pub serial_number: String,
    /// The secret that device and AWS share, 40 bytes.
    pub seed: Vec<u8>,
    /// The user's name; empty: the root user. `None`: nobody's.
    pub user: Option<String>,
    /// EnableDate.
    pub enabled: Option<Timestamp>,
    /// The period of the last code that was accepted: a code is good once.
    pub used: i64,
    /// Tag keys and values.
    pub tags: SortedMap<String, String>,
}

impl MfaDevice {
    /// A device that nobody has yet; its seed is derived from `names`.
    pub fn new(origin: Origin, serial_number: String, entropy: Entropy, names: &[&str]) -> Self {
        let mut seed = entropy.bytes(&[&["mfa-seed"], names].concat()).to_vec();
        seed.extend_from_slice(entropy.bytes(&[&["mfa-seed-2"], names].concat()).get(..8).unwrap_or(&[]));
        MfaDevice {
            origin,
            serial_number,
            seed,
            user: None,
            enabled: None,
            used: i64::MIN,
            tags: SortedMap::new(),
        }
    }

    /// The seed as an authenticator takes it: 64 characters of Base32.
    pub fn base32_seed(&self) -> String {
        let mut text = String::new();
        for five in self.seed.chunks(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for place in (0..8).rev() {
                let digit = usize::try_from(bits >> (place * 5) & 31).unwrap_or(0);
                text.push(BASE32.get(digit).map_or('A', |letter| char::from(*letter)));
            }
        }
        text
    }

    /// The six digits that the device shows at that instant.
    pub fn code(&self, at: Timestamp) -> String {
        code(&self.seed, period(at))
    }

    /// The period of a code that the device shows now, has shown just before or shows next, and that hasn't been used.
    pub fn accepts(&self, shown: &str, at: Timestamp) -> Option<i64> {
        let now = period(at);
        (now - 1..=now + 1).find(|period| *period > self.used && code(&self.seed, *period) == shown)
    }

    /// The later period of two codes that follow each other, near to now: what a device must show to be enabled.
    pub fn accepts_two(&self, first: &str, second: &str, at: Timestamp) -> Option<i64> {
        let now = period(at);
        let pair = |at: &i64| code(&self.seed, *at) == first && code(&self.seed, at + 1) == second;
        (now - 2..=now + 1).find(pair).map(|at| at + 1)
    }
}

fn period(at: Timestamp) -> i64 {
    at.epoch_seconds().div_euclid(PERIOD)
}

fn code(seed: &[u8], period: i64) -> String {
    let digest = hmac_sha1(seed, &period.to_be_bytes());
    let place = usize::from(digest.last().copied().unwrap_or(0) & 15);
    let four = digest.get(place..place + 4).unwrap_or(&[]);
    let value = four.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", value % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of the eight digits.
        let cases = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, shown) in cases {
            assert_eq!(code(b"12345678901234567890", seconds / PERIOD), shown, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_near_its_time() {
        let mut device = MfaDevice::new(Origin::default(), String::new(), Entropy::new(1), &["a"]);
        let at = Timestamp(1_767_776_400_000);
        let shown = device.code(at);
        let period = device.accepts(&shown, at.plus_seconds(20)).unwrap();
        assert_eq!(device.accepts(&shown, at.plus_seconds(61)), None);
        device.used = period;
        assert_eq!(device.accepts(&shown, at), None);
        assert!(device.accepts(&device.code(at.plus_seconds(30)), at).is_some());
        let next = device.code(at.plus_seconds(30));
        assert!(device.accepts_two(&shown, &next, at).is_some());
        assert_eq!(device.accepts_two(&next, &shown, at), None);
        assert_eq!(device.base32_seed().len(), 64);
    }
}
