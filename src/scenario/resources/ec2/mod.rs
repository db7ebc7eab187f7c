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

use super::known::{Kind, id_in, ids_in, is_known};
use crate::cloud::Network;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};
use ipnet::Ipv4Net;

/// An address range of a length between `widest` and `narrowest`, its host bits zero; else a finding.
fn cidr(loading: &mut Loading<'_>, at: At<'_>, text: &str, (widest, narrowest): (u8, u8)) -> Option<Ipv4Net> {
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
