//! IpAddress and NotIpAddress: CIDR ranges; a bare address is a range of one. IPv4 is never in an IPv6 range.

use super::Meaning;
use ipnet::IpNet;
use std::net::IpAddr;

pub(super) fn read(text: &str) -> Meaning {
    range(text).map_or(Meaning::Invalid, Meaning::Network)
}

pub(super) fn matches(wanted: &Meaning, value: &str) -> bool {
    match (wanted, value.parse::<IpAddr>()) {
        (Meaning::Network(wanted), Ok(found)) => wanted.contains(&found),
        _ => false,
    }
}

/// `203.0.113.0/24`, or one address.
pub(crate) fn range(text: &str) -> Option<IpNet> {
    match text.parse::<IpAddr>() {
        Ok(address) => Some(IpNet::from(address)),
        Err(_) => text.parse().ok(),
    }
}
