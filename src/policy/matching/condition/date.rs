//! DateEquals, DateLessThan and the others: ISO 8601 as W3C profiles it, or seconds since 1970.

use super::Meaning;
use super::operator::Order;
use crate::clock::Timestamp;

/// A year alone has four digits; numbers from here on are seconds.
const FIRST_EPOCH: i64 = 10_000;

pub(super) fn read(text: &str) -> Meaning {
    instant(text).map_or(Meaning::Invalid, Meaning::Instant)
}

pub(super) fn matches(wanted: &Meaning, order: Order, value: &str) -> bool {
    match (wanted, instant(value)) {
        (Meaning::Instant(wanted), Some(found)) => order.accepts(found.cmp(wanted)),
        _ => false,
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(seconds) if seconds >= FIRST_EPOCH || text.len() != 4 => seconds.checked_mul(1000).map(Timestamp),
        _ => Timestamp::parse_iso8601(text),
    }
}
