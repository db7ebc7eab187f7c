//! Where services stand: regions, their S3 prefix lists, one address for each service.
//!
//! AWS pages: VPC User Guide, "AWS-managed prefix lists"; RFC 2544 for 198.18.0.0/15, a range that nobody
//! routes. Simplified: on AWS each service has many public ranges that change; here S3 has one /24 in each
//! region (198.18.N.0/24, N the region's place below), and every other service one address in 198.19.N.0/24.
//! Prefix list ids are AWS's own where they are publicly known; elsewhere a rule that names one is reported.

use crate::cloud::REGIONS;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Services other than S3 whose names resolve; the place is the last byte of the address.
const SERVICES: [&str; 7] =
    ["sts", "iam", "ec2", "organizations", "cloudtrail", "s3-control", "access-analyzer"];

/// Codes of all regions.
pub fn regions() -> impl Iterator<Item = &'static str> {
    REGIONS.iter().map(|(name, _)| *name)
}

/// The id of S3's managed prefix list in a region, `pl-...`, where it is known.
pub fn prefix_list(region: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(name, _)| *name == region).and_then(|(_, id)| *id)
}

/// Whether any region's S3 prefix list has this id.
pub(super) fn is_known_prefix_list(id: &str) -> bool {
    REGIONS.iter().any(|(_, known)| *known == Some(id))
}

/// The address of a service in a region; `None` where the name doesn't exist.
pub fn service_address(service: &str, region: &str) -> Option<Ipv4Addr> {
    let place = place(region)?;
    if service == "s3" {
        return Some(Ipv4Addr::new(198, 18, place, 10));
    }
    let number = SERVICES.iter().position(|name| *name == service)?;
    Some(Ipv4Addr::new(198, 19, place, u8::try_from(number).ok()?.checked_add(10)?))
}

/// The addresses of S3 in a region, those that its prefix list holds.
pub(super) fn s3_range(region: &str) -> Option<Ipv4Net> {
    Ipv4Net::new(Ipv4Addr::new(198, 18, place(region)?, 0), 24).ok()
}

fn place(region: &str) -> Option<u8> {
    REGIONS.iter().position(|(name, _)| *name == region).and_then(|place| u8::try_from(place).ok())
}
