//! Public NAT gateways: they send on with their own address, from their own subnet's route table.
//!
//! AWS page: VPC User Guide, "NAT gateways". A NAT gateway can't use gateway endpoints.

use super::{Hop, NodeKind, route_table};
use crate::cloud::Network;
use std::net::Ipv4Addr;

/// The hops from a NAT gateway on, and its public address if it has a way out.
pub(super) fn pass(network: &Network, id: &str, destination: Ipv4Addr) -> (Vec<Hop>, Option<Ipv4Addr>) {
    let Some(gateway) = network.nat_gateways.get(id) else {
        return (vec![Hop::drop(NodeKind::NatGateway, id, "", "route.nat-gateway.missing")], None);
    };
    let pointer = &gateway.origin.pointer;
    let table =
        network.subnets.get(&gateway.subnet_id).and_then(|subnet| route_table::of_subnet(network, subnet));
    let way = table.and_then(|table| {
        Some((table, route_table::leads_to_internet_gateway(network, table, destination)?))
    });
    let Some((table, (route, internet_gateway))) = way else {
        return (vec![Hop::drop(NodeKind::NatGateway, id, pointer, "route.nat-gateway.no-way-out")], None);
    };
    let out = network.internet_gateways.get(internet_gateway).map_or("", |found| &found.origin.pointer);
    let hops = vec![
        Hop::pass(NodeKind::NatGateway, id, pointer, "route.nat-gateway"),
        Hop::pass(NodeKind::RouteTable, &table.id, &route.origin.pointer, "route.table.nat"),
        Hop::pass(NodeKind::InternetGateway, internet_gateway, out, "route.internet-gateway"),
    ];
    (hops, Some(gateway.public_ip))
}
