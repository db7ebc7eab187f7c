//! Resource types of EC2: networks and instances, and what they share: ids that must exist, address ranges.

pub(super) mod eip;
pub(super) mod instance;
pub(super) mod internet_gateway;
pub(super) mod nat_gateway;
pub(super) mod route;
pub(super) mod route_table;
pub(super) mod security_group;
pub(super) mod subnet;
pub(super) mod subnet_route_table_association;
pub(super) mod vpc;
pub(super) mod vpc_endpoint;
pub(super) mod vpc_gateway_attachment;

mod instance_network;
mod security_group_rule;
pub(super) mod security_group_rules;

use crate::cloud::Network;
use crate::scenario::fields;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};
use ipnet::Ipv4Net;

/// Kinds of thing that other resources name by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Vpc,
    Subnet,
    RouteTable,
    InternetGateway,
    NatGateway,
    SecurityGroup,
    ElasticIp,
}

/// Ids of an account's things of one kind.
fn ids(network: &Network, kind: Kind) -> Vec<&str> {
    match kind {
        Kind::Vpc => network.vpcs.keys().map(String::as_str).collect(),
        Kind::Subnet => network.subnets.keys().map(String::as_str).collect(),
        Kind::RouteTable => network.route_tables.keys().map(String::as_str).collect(),
        Kind::InternetGateway => network.internet_gateways.keys().map(String::as_str).collect(),
        Kind::NatGateway => network.nat_gateways.keys().map(String::as_str).collect(),
        Kind::SecurityGroup => network.security_groups.keys().map(String::as_str).collect(),
        Kind::ElasticIp => network.elastic_ips.keys().map(String::as_str).collect(),
    }
}

/// The id, if the account has a thing of that kind with it; if not, a finding.
fn known_id(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    (at, id): (&At<'_>, &str),
) -> Option<String> {
    let Loading { cloud, findings, .. } = loading;
    let known = ids(&cloud.accounts.get(resource.account)?.network, kind);
    if known.contains(&id) {
        return Some(id.to_string());
    }
    fields::unknown(findings, fields::ENTITY, (&at.pointer, at.node.span), id, known);
    None
}

/// The id in a property, if it is given and the account has it.
fn id_in(loading: &mut Loading<'_>, resource: &Resource<'_>, kind: Kind, name: &str) -> Option<String> {
    let (at, id) = resource.given(name)?;
    known_id(loading, resource, kind, (&at, id))
}

/// The ids in a property that is a list.
fn ids_in(loading: &mut Loading<'_>, resource: &Resource<'_>, kind: Kind, name: &str) -> Vec<String> {
    let texts = resource.texts(name);
    texts.into_iter().filter_map(|(at, id)| known_id(loading, resource, kind, (&at, id))).collect()
}

/// An address range of a length between `widest` and `narrowest`, its host bits zero; else a finding.
fn cidr(
    loading: &mut Loading<'_>,
    at: &At<'_>,
    text: &str,
    (widest, narrowest): (u8, u8),
) -> Option<Ipv4Net> {
    let range = text.parse::<Ipv4Net>().ok().filter(|range| range.addr() == range.network());
    let Some(range) = range else {
        loading.findings.error("diagnostic.wrong-cidr", at, &[("cidr", text)]);
        return None;
    };
    if !(widest..=narrowest).contains(&range.prefix_len()) {
        let (least, most) = (widest.to_string(), narrowest.to_string());
        let params = [("cidr", text), ("least", &*least), ("most", &*most)];
        loading.findings.error("diagnostic.wrong-cidr-size", at, &params);
        return None;
    }
    Some(range)
}

/// The account's networks.
fn network<'l>(loading: &'l mut Loading<'_>, resource: &Resource<'_>) -> Option<&'l mut Network> {
    loading.cloud.accounts.get_mut(resource.account).map(|account| &mut account.network)
}
