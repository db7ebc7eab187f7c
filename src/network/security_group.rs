//! Security groups: rules allow, nothing denies, and the answer to what was let out is let in.
//!
//! AWS page: VPC User Guide, "Control traffic to your AWS resources using security groups". Entries: [`egress`]
//! and [`ingress`]. All groups of an interface count together: one rule of one group is enough.

use super::{Hop, NodeKind, addresses};
use crate::cloud::{Network, SecurityGroup, SecurityGroupPeer, SecurityGroupRule};
use crate::gather::Gather;
use std::net::Ipv4Addr;

/// The other side of a connection, as a rule may name it.
pub(super) struct Peer<'a> {
    pub(super) address: Ipv4Addr,
    /// Ids of the security groups of its interface, where it is in the same VPC.
    pub(super) groups: &'a [String],
    /// Id of the prefix list that holds its address.
    pub(super) prefix_list: Option<&'a str>,
}

/// Whether the groups let a TCP connection to `peer` out. The hop names the rule, or the first group that has none.
pub(super) fn egress(network: &Network, groups: &[String], peer: &Peer<'_>, port: u16) -> Hop {
    let codes =
        ["route.security-group.egress", "route.security-group.no-egress", "route.security-group.prefix-list"];
    decide(network, groups, |group| &group.egress, peer, port, codes)
}

/// Whether the groups let a TCP connection from `peer` in.
pub(super) fn ingress(network: &Network, groups: &[String], peer: &Peer<'_>, port: u16) -> Hop {
    let codes = [
        "route.security-group.ingress",
        "route.security-group.no-ingress",
        "route.security-group.prefix-list",
    ];
    decide(network, groups, |group| &group.ingress, peer, port, codes)
}

/// `codes`: a rule lets it pass; none does; none does and one names a prefix list that isn't known here.
fn decide(
    network: &Network,
    groups: &[String],
    rules: fn(&SecurityGroup) -> &Vec<SecurityGroupRule>,
    peer: &Peer<'_>,
    port: u16,
    codes: [&'static str; 3],
) -> Hop {
    let [passes, none, unknown] = codes;
    let groups: Vec<&SecurityGroup> = groups.iter().filter_map(|id| network.security_groups.get(id)).gather();
    for group in &groups {
        if let Some(rule) = rules(group).iter().find(|rule| matches(rule, peer, port)) {
            return Hop::pass(NodeKind::SecurityGroup, &group.id, &rule.origin.pointer, passes);
        }
    }
    for group in &groups {
        let names_unknown = |rule: &&SecurityGroupRule| match &rule.peer {
            SecurityGroupPeer::PrefixList(id) => !addresses::is_known_prefix_list(id),
            _ => false,
        };
        if let Some(rule) = rules(group).iter().find(names_unknown) {
            return Hop::drop(NodeKind::SecurityGroup, &group.id, &rule.origin.pointer, unknown);
        }
    }
    match groups.first() {
        Some(group) => Hop::drop(NodeKind::SecurityGroup, &group.id, &group.origin.pointer, none),
        None => Hop::drop(NodeKind::SecurityGroup, "", "", none),
    }
}

fn matches(rule: &SecurityGroupRule, peer: &Peer<'_>, port: u16) -> bool {
    // Only "-1" speaks of all protocols; it has no ports.
    let speaks = match rule.protocol.as_str() {
        "-1" => true,
        "tcp" | "6" => rule.ports.is_none_or(|(first, last)| (first..=last).contains(&port)),
        _ => false,
    };
    speaks
        && match &rule.peer {
            SecurityGroupPeer::Cidr(range) => range.contains(&peer.address),
            SecurityGroupPeer::CidrV6(_) => false,
            SecurityGroupPeer::SecurityGroup(id) => peer.groups.contains(id),
            SecurityGroupPeer::PrefixList(id) => peer.prefix_list == Some(id.as_str()),
        }
}
