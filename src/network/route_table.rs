//! Route tables: the most specific route wins.
//!
//! AWS page: VPC User Guide, "Route priority" (longest prefix match) and "Gateway endpoints" (routes to a prefix
//! list). Entry: [`lookup`]. Left out on purpose: propagated routes, local routes replaced by another target.

use super::{Hop, NodeKind, addresses, gateway_endpoint};
use crate::cloud::{Network, Route, RouteTable, RouteTarget, Subnet, VpcEndpoint};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Where a packet is sent next.
pub(super) enum Next<'a> {
    /// To an address of the VPC.
    Local,
    /// Through a gateway endpoint.
    GatewayEndpoint(&'a VpcEndpoint),
    /// As a route says.
    Target(&'a RouteTarget),
    /// Nowhere.
    Nothing,
}

/// The route table that a subnet uses: its own, else the VPC's main one.
pub(super) fn of_subnet<'a>(network: &'a Network, subnet: &Subnet) -> Option<&'a RouteTable> {
    let id = match &subnet.route_table {
        Some(id) => id,
        None => &network.vpcs.get(&subnet.vpc_id)?.main_route_table,
    };
    network.route_tables.get(id)
}

/// Finds the route to `destination`; `service` names service and region where the address is one of AWS's.
///
/// The hop names the route that won, or the table that has none.
pub(super) fn lookup<'a>(
    network: &'a Network,
    table: &'a RouteTable,
    destination: Ipv4Addr,
    service: Option<(&str, &str)>,
) -> (Hop, Next<'a>) {
    let local = network.vpcs.get(&table.vpc_id).map(|vpc| vpc.cidr);
    if local.is_some_and(|cidr| cidr.contains(&destination)) {
        return (pass(table, &table.origin.pointer, "route.table.local"), Next::Local);
    }
    let best = best_route(table, destination);
    let endpoint = service.and_then(|(name, region)| {
        let range =
            addresses::s3_range(region).filter(|range| name == "s3" && range.contains(&destination))?;
        Some((gateway_endpoint::find(network, table, name, region)?, range))
    });
    if let Some((endpoint, range)) = endpoint
        && best.is_none_or(|route| route.destination.prefix_len() <= range.prefix_len())
    {
        let hop = pass(table, &endpoint.origin.pointer, "route.table.prefix-list");
        return (hop, Next::GatewayEndpoint(endpoint));
    }
    match best {
        Some(route) => {
            let code =
                if is_default(route.destination) { "route.table.default" } else { "route.table.route" };
            (pass(table, &route.origin.pointer, code), Next::Target(&route.target))
        }
        None => {
            let pointer = &table.origin.pointer;
            (Hop::drop(NodeKind::RouteTable, &table.id, pointer, "route.table.none"), Next::Nothing)
        }
    }
}

/// Whether the table sends packets for `destination` to this internet gateway.
pub(super) fn leads_to_internet_gateway<'a>(
    network: &'a Network,
    table: &'a RouteTable,
    destination: Ipv4Addr,
) -> Option<(&'a Route, &'a str)> {
    let route = best_route(table, destination)?;
    match &route.target {
        RouteTarget::InternetGateway(id) => {
            let gateway = network.internet_gateways.get(id)?;
            (gateway.vpc_id.as_deref() == Some(table.vpc_id.as_str())).then_some((route, gateway.id.as_str()))
        }
        RouteTarget::NatGateway(_) => None,
    }
}

fn best_route(table: &RouteTable, destination: Ipv4Addr) -> Option<&Route> {
    let fitting = table.routes.iter().filter(|route| route.destination.contains(&destination));
    fitting.max_by_key(|route| route.destination.prefix_len())
}

fn is_default(destination: Ipv4Net) -> bool {
    destination.prefix_len() == 0
}

fn pass(table: &RouteTable, pointer: &str, code: &'static str) -> Hop {
    Hop::pass(NodeKind::RouteTable, &table.id, pointer, code)
}
