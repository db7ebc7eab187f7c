//! How a request reached a service: facts of the route, from which the network's context keys come.

use crate::policy::Policy;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The way a request took, as the service sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The address that the service sees (aws:SourceIp, or aws:VpcSourceIp behind an endpoint).
    pub source_ip: Ipv4Addr,
    /// Whether it came over TLS.
    pub secure_transport: bool,
    /// The VPC endpoint that it passed.
    pub endpoint: Option<EndpointPassage>,
    /// The instance whose link-local metadata address was asked, and the IP hops in between (0: the instance itself).
    pub metadata: Option<(String, u8)>,
}

/// A passage through a VPC endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct EndpointPassage {
    /// aws:SourceVpce.
    pub endpoint_id: String,
    /// aws:SourceVpc.
    pub vpc_id: String,
    /// aws:VpceAccount.
    pub account: String,
    /// The VPC's region.
    pub region: String,
    /// The endpoint's policy; `None`: full access.
    pub policy: Option<Arc<Policy>>,
}
