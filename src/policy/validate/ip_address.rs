//! IP addresses and ranges of conditions.
//!
//! AWS pages: IAM User Guide, "IP address condition operators"; "AWS global condition context keys", aws:SourceIp.

use super::issue::{
    IMPROVE_IP_RANGE, PRIVATE_IP_ADDRESS, PRIVATE_IP_ADDRESS_SUBSET, PRIVATE_NOT_IP_ADDRESS,
    PRIVATE_NOT_IP_ADDRESS_SUBSET, TYPE_MISMATCH_IP_RANGE,
};
use super::report::Report;
use super::{Document, Family, variable};
use crate::gather::Gather;
use ipnet::IpNet;
use std::net::IpAddr;

/// Addresses of private networks: RFC 1918, and RFC 4193 for version 6.
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/// Each value under an IP address operator.
pub fn check(document: &Document<'_>, report: &mut Report) {
    let private: Vec<IpNet> = PRIVATE.iter().filter_map(|range| range.parse().ok()).gather();
    for condition in document.statements.iter().flat_map(|statement| &statement.conditions) {
        let Some(operator) = condition.operator.filter(|operator| operator.family == Family::IpAddress)
        else {
            continue;
        };
        let (mut inside, mut outside) = (0, 0);
        for value in condition.values.iter().filter(|value| variable::first(&value.text).is_none()) {
            let Some(range) = range(&value.text) else {
                report
                    .add(TYPE_MISMATCH_IP_RANGE, &value.place)
                    .with("operator", condition.operator_text)
                    .with("value", &*value.text);
                continue;
            };
            if range.trunc() != range {
                let entry = report.add(IMPROVE_IP_RANGE, &value.place);
                entry.with("value", &*value.text).with("addr", range.trunc().to_string());
            }
            let count =
                if private.iter().any(|net| net.contains(&range)) { &mut inside } else { &mut outside };
            *count += 1;
        }
        if !condition.is("aws:SourceIp") || inside == 0 {
            continue;
        }
        let issue = match (operator.negated(), outside) {
            (false, 0) => PRIVATE_IP_ADDRESS,
            (false, _) => PRIVATE_IP_ADDRESS_SUBSET,
            (true, 0) => PRIVATE_NOT_IP_ADDRESS,
            (true, _) => PRIVATE_NOT_IP_ADDRESS_SUBSET,
        };
        report.add(issue, &condition.values_place);
    }
}

/// A range, or one address.
fn range(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}
