//! The route of a packet: security groups, route table, gateways and endpoints, or the hop that drops it.
//!
//! AWS page: VPC User Guide, "Configure route tables" and "Gateway endpoints for Amazon S3". Entry: `route`.
//! Left out on purpose: network ACLs, peering, transit gateways, IPv6.

mod outcome;

pub use outcome::*;
