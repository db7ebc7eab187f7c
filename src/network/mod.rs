//! The route of a packet: security groups, route table, gateways and endpoints, or the hop that drops it.
//!
//! AWS pages: VPC User Guide, "Configure route tables" and "Control traffic to your AWS resources using
//! security groups"; AWS PrivateLink Guide, "Gateway endpoints for Amazon S3" and "Access an AWS service using
//! an interface VPC endpoint". Entries: [`resolve`] a name, then [`route`] a connection to it.
//! Left out on purpose: network ACLs, peering, transit gateways, IPv6, endpoint-specific DNS names, and the
//! way back of an answer, which stateful security groups let pass. One thing of it matters and is kept:
//! the hop limit of the metadata service's answers, [`answer_arrives`].

mod addresses;
mod gateway_endpoint;
mod interface_endpoint;
mod internet_gateway;
mod nat_gateway;
mod outcome;
mod resolve;
mod route;
mod route_table;
mod security_group;

pub use addresses::{prefix_list, regions, service_address};
pub use outcome::*;
pub use resolve::resolve;
pub use route::{answer_arrives, route};
