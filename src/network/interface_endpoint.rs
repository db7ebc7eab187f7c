//! Interface endpoints with private DNS: the service's own name leads to an address in the VPC.
//!
//! AWS page: AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint". Private DNS needs
//! DNS support and DNS host names in the VPC. Simplified: private DNS of an S3 interface endpoint serves the
//! whole VPC (PrivateDnsOnlyForInboundResolverEndpoint off), and a service's global name counts as its name in
//! us-east-1. Left out on purpose: the endpoint's own DNS names (`vpce-...`).

use super::security_group::{self, Peer};
use super::{Hop, NodeKind};
use crate::cloud::{Instance, Network, VpcEndpoint, VpcEndpointKind};
use std::net::Ipv4Addr;

/// The endpoint whose private DNS answers for a service's name in the instance's VPC, and its address.
pub(super) fn find<'a>(
    network: &'a Network,
    instance: &Instance,
    service: &str,
    region: &str,
) -> Option<(&'a VpcEndpoint, Ipv4Addr)> {
    let vpc = network.vpcs.get(&instance.vpc_id)?;
    if !vpc.dns_support || !vpc.dns_hostnames {
        return None;
    }
    network.vpc_endpoints.values().find_map(|endpoint| {
        let VpcEndpointKind::Interface { subnets, private_dns, addresses, .. } = &endpoint.kind else {
            return None;
        };
        let serves = *private_dns
            && endpoint.vpc_id == vpc.id
            && endpoint.service == service
            && endpoint.region == region;
        let own = subnets.iter().position(|subnet| *subnet == instance.subnet_id).unwrap_or(0);
        let address = addresses.get(own).or_else(|| addresses.first())?;
        serves.then_some((endpoint, *address))
    })
}

/// The security groups of an endpoint's interfaces.
pub(super) fn groups(endpoint: &VpcEndpoint) -> &[String] {
    match &endpoint.kind {
        VpcEndpointKind::Interface { security_groups, .. } => security_groups,
        VpcEndpointKind::Gateway { .. } => &[],
    }
}

/// The hops at the endpoint: its security groups, then itself, if they let the instance in.
pub(super) fn enter(
    network: &Network,
    endpoint: &VpcEndpoint,
    instance: &Instance,
    port: u16,
) -> (Vec<Hop>, bool) {
    let peer = Peer { address: instance.private_ip, groups: &instance.security_groups, prefix_list: None };
    let gate = security_group::ingress(network, groups(endpoint), &peer, port);
    if gate.verdict == super::HopVerdict::Drop {
        return (vec![gate], false);
    }
    let pointer = &endpoint.origin.pointer;
    let hop = Hop::pass(NodeKind::InterfaceEndpoint, &endpoint.id, pointer, "route.interface-endpoint");
    (vec![gate, hop], true)
}
