//! Internet gateways: one-to-one translation between an instance's private and public address.
//!
//! AWS page: VPC User Guide, "Enable internet access for a VPC using an internet gateway". Without a public
//! address nothing is translated, so the packet is lost.

use super::security_group::{self, Peer};
use super::{DroppedBy, Hop, HopVerdict, NodeKind, route_table};
use crate::cloud::{Cloud, Instance, InstanceState, Network};
use std::net::Ipv4Addr;

/// The hop at the gateway, on the way out of `instance`'s VPC; the fault if it drops.
pub(super) fn outbound(
    network: &Network,
    id: &str,
    instance: &Instance,
) -> (Hop, Result<Ipv4Addr, DroppedBy>) {
    let gateway = network.internet_gateways.get(id);
    let pointer = gateway.map_or("", |found| &found.origin.pointer);
    let drop = |code| Hop::drop(NodeKind::InternetGateway, id, pointer, code);
    if gateway.and_then(|found| found.vpc_id.as_deref()) != Some(instance.vpc_id.as_str()) {
        // AWS shows such a route as a blackhole: it is the table that leads nowhere.
        return (drop("route.internet-gateway.detached"), Err(DroppedBy::RouteTable));
    }
    match instance.public_ip {
        Some(address) => {
            (Hop::pass(NodeKind::InternetGateway, id, pointer, "route.internet-gateway"), Ok(address))
        }
        None => (drop("route.internet-gateway.no-public-address"), Err(DroppedBy::InternetGateway)),
    }
}

/// The running instance that has this public address, and its account's network.
pub(super) fn behind(cloud: &Cloud, address: Ipv4Addr) -> Option<(&Instance, &Network)> {
    cloud.accounts.values().find_map(|account| {
        let mut running =
            account.instances.values().filter(|instance| instance.state == InstanceState::Running);
        Some((running.find(|instance| instance.public_ip == Some(address))?, &account.network))
    })
}

/// The hops from the internet into an instance: gateway, way back, security groups.
pub(super) fn inbound(
    network: &Network,
    instance: &Instance,
    source: Ipv4Addr,
    port: u16,
) -> (Vec<Hop>, Result<(), DroppedBy>) {
    let table =
        network.subnets.get(&instance.subnet_id).and_then(|subnet| route_table::of_subnet(network, subnet));
    let Some(table) = table else {
        return (Vec::new(), Err(DroppedBy::RouteTable));
    };
    let Some((route, gateway)) = route_table::leads_to_internet_gateway(network, table, source) else {
        let pointer = &table.origin.pointer;
        let hop = Hop::drop(NodeKind::RouteTable, &table.id, pointer, "route.table.no-way-back");
        return (vec![hop], Err(DroppedBy::RouteTable));
    };
    let pointer = network.internet_gateways.get(gateway).map_or("", |found| &found.origin.pointer);
    let peer = Peer { address: source, groups: &[], prefix_list: None };
    let gate = security_group::ingress(network, &instance.security_groups, &peer, port);
    let end = if gate.verdict == HopVerdict::Drop { Err(DroppedBy::SecurityGroup) } else { Ok(()) };
    let hops = vec![
        Hop::pass(NodeKind::InternetGateway, gateway, pointer, "route.internet-gateway.inbound"),
        Hop::pass(NodeKind::RouteTable, &table.id, &route.origin.pointer, "route.table.way-back"),
        gate,
    ];
    (hops, end)
}
