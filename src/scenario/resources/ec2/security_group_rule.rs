//! Rules of security groups, of the group's own lists and of the resources that add one.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroup Ingress" and "... Egress".

use super::{Kind, cidr, is_known, network};
use crate::cloud::{Origin, Record, SecurityGroupPeer, SecurityGroupRule};
use crate::gather::Gather;
use crate::scenario::findings::At;
use crate::scenario::intrinsics::scalar;
use crate::scenario::loading::{Loading, Resource};
use crate::scenario::schema::{Property, Shape, integer, not_modelled, optional, required};

/// Which way a rule's traffic goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Ingress,
    Egress,
}

/// The properties of a rule of each direction, and those that say whose it is.
macro_rules! rule {
    (in $($of:expr),*) => {
        rule!("SourcePrefixListId", "SourceSecurityGroupId",
            not_modelled("SourceSecurityGroupName"), not_modelled("SourceSecurityGroupOwnerId") $(, $of)*)
    };
    (out $($of:expr),*) => { rule!("DestinationPrefixListId", "DestinationSecurityGroupId" $(, $of)*) };
    ($list:literal, $group:literal $(, $more:expr)*) => {
        &[
            optional("CidrIp", Shape::Text),
            optional("CidrIpv6", Shape::Text),
            optional("Description", Shape::Text),
            optional("FromPort", Shape::Integer(-1, 65_535)),
            required("IpProtocol", Shape::Text),
            optional($list, Shape::Text),
            optional($group, Shape::Text),
            optional("ToPort", Shape::Integer(-1, 65_535)),
            $($more,)*
        ]
    };
}

pub(super) const INGRESS: &[Property] = rule!(in);
pub(super) const EGRESS: &[Property] = rule!(out);
pub(super) const INGRESS_OF: &[Property] =
    rule!(in required("GroupId", Shape::Text), not_modelled("GroupName"));
pub(super) const EGRESS_OF: &[Property] = rule!(out required("GroupId", Shape::Text));

/// Reads one rule and puts it into the group; `None`: something is wrong or not modelled, and was reported.
///
/// Its id is that of what it says; its description stands beside it, by id.
pub(super) fn add(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    at: At<'_>,
    (group, direction): (&str, Direction),
) -> Option<String> {
    let rule = read(loading, resource, at, direction)?;
    let id = rule.id(loading.cloud.entropy, group, direction == Direction::Egress);
    let network = network(loading, resource)?;
    let group = network.security_groups.get_mut(group)?;
    match direction {
        Direction::Ingress => group.ingress.push(rule),
        Direction::Egress => group.egress.push(rule),
    }
    if let Some(description) = at.field("Description").and_then(|at| scalar(at.node)) {
        let record = network.records.get_or_insert_with(id.clone(), Record::default);
        record.description = description.to_string();
    }
    Some(id)
}

fn read(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    at: At<'_>,
    direction: Direction,
) -> Option<SecurityGroupRule> {
    let protocol = protocol(loading, at.field("IpProtocol")?)?;
    let ports = if protocol == "-1" { None } else { ports(loading, at, &protocol)? };
    let peer = peer(loading, resource, at, direction)?;
    let origin = Origin { name: resource.name(), pointer: loading.findings.pointer(at.span()) };
    Some(SecurityGroupRule { origin, protocol, ports, peer })
}

fn protocol(loading: &mut Loading<'_>, at: At<'_>) -> Option<String> {
    let name = SecurityGroupRule::protocol_named(scalar(at.node)?);
    if name.is_none() {
        let params = [("expected", "tcp, udp, icmp, icmpv6, -1")];
        loading.findings.error("diagnostic.wrong-value", at, &params);
    }
    name
}

/// First and last port; -1 stands for all.
fn ports(loading: &mut Loading<'_>, at: At<'_>, protocol: &str) -> Option<Option<(u16, u16)>> {
    let port = |name: &str| at.field(name).and_then(|port| integer(port));
    match (port("FromPort"), port("ToPort")) {
        (Some(-1), _) => Some(None),
        (Some(first), Some(last)) if first <= last => {
            Some(u16::try_from(first).ok().zip(u16::try_from(last).ok()))
        }
        (None, None) if !["tcp", "udp"].contains(&protocol) => Some(None),
        _ => {
            loading.findings.error("diagnostic.wrong-ports", at, &[]);
            None
        }
    }
}

/// The one other side that a rule must name.
fn peer(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    at: At<'_>,
    direction: Direction,
) -> Option<SecurityGroupPeer> {
    let (group, list) = match direction {
        Direction::Ingress => ("SourceSecurityGroupId", "SourcePrefixListId"),
        Direction::Egress => ("DestinationSecurityGroupId", "DestinationPrefixListId"),
    };
    let names = ["CidrIp", "CidrIpv6", group, list, "SourceSecurityGroupName"];
    let given: Vec<&str> = names.into_iter().filter(|name| at.node.get(name).is_some()).gather();
    let [name] = given.as_slice() else {
        loading.findings.error("diagnostic.wrong-rule-peer", at, &[]);
        return None;
    };
    let value = at.field(name)?;
    let text = scalar(value.node)?;
    match *name {
        "CidrIp" => cidr(loading, value, text, (0, 32)).map(SecurityGroupPeer::Cidr),
        "CidrIpv6" if text.parse::<ipnet::Ipv6Net>().is_ok() => {
            Some(SecurityGroupPeer::CidrV6(text.to_string()))
        }
        "CidrIpv6" => {
            loading.findings.error("diagnostic.wrong-cidr", value, &[("cidr", text)]);
            None
        }
        name if name == group => is_known(loading, resource, Kind::SecurityGroup, (value, text))
            .then(|| SecurityGroupPeer::SecurityGroup(text.to_string())),
        name if name == list => Some(SecurityGroupPeer::PrefixList(text.to_string())),
        _ => None,
    }
}
