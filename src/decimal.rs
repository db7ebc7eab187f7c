//! Decimal numbers of any size, compared digit by digit, so that none loses precision.
//!
//! Entry: [`Decimal`]. Left out on purpose: arithmetic, exponents.

use std::cmp::Ordering;

/// A decimal number in its shortest form.
#[derive(Debug, Clone, Copy)]
pub struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Digits with at most a sign and a fraction: no exponent, no bare point.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Decimal { negative: negative && !zero, whole, fraction })
    }

    /// Compares by value.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then_with(|| self.whole.cmp(other.whole));
        whole.then_with(|| self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_as_numbers() {
        for (left, right, expected) in [
            ("9", "10", Ordering::Less),
            ("010", "10.0", Ordering::Equal),
            ("-1", "0", Ordering::Less),
            ("-0", "0", Ordering::Equal),
            ("-2.5", "-2.25", Ordering::Less),
            ("1.25", "1.3", Ordering::Less),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
        ] {
            let pair = Decimal::parse(left).zip(Decimal::parse(right));
            assert_eq!(pair.map(|(a, b)| a.compare(&b)), Some(expected), "{left} {right}");
        }
        for wrong in ["", "-", "1.", ".5", "1e3", "ten", "1*", "0x1"] {
            assert!(Decimal::parse(wrong).is_none(), "{wrong}");
        }
    }
}
