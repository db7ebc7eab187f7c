//! Where a launched instance stands: its subnet, address and security groups.
//!
//! AWS page: EC2 API Reference, "RunInstances" (SubnetId, SecurityGroupId, SecurityGroup, NetworkInterface).

use super::exchange::{Ec2, flag, invalid};
use super::resource::{SECURITY_GROUP, SUBNET};
use super::run_instances::INTERFACE;
use crate::cloud::{SecurityGroup, Subnet};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::query::Parameters;
use std::net::Ipv4Addr;

/// A place in the network.
pub(super) struct Place {
    pub subnet: Subnet,
    pub groups: Vec<String>,
    /// Whether it gets a public address.
    pub public: bool,
    /// The address that the request chose.
    pub address: Option<Ipv4Addr>,
}

/// The place that the request names, or that EC2 chooses: the default subnet of the first zone.
pub(super) fn find(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<Place, AwsError> {
    let own = input.names().any(|name| name.starts_with(INTERFACE));
    let prefix = if own { INTERFACE } else { "" };
    if own && input.get("SubnetId").is_some() {
        return Err(EC2_INTERFACE_AND.with(&[("what", "subnet ID")]));
    }
    if own && !(input.list("SecurityGroupId", "").is_empty() && input.list("SecurityGroup", "").is_empty()) {
        return Err(EC2_INTERFACE_AND.with(&[("what", "security groups")]));
    }
    let subnet = subnet(ec2, input, input.get(&[prefix, "SubnetId"].concat()))?;
    let groups = groups(ec2, input, &subnet, input.list(&[prefix, "SecurityGroupId"].concat(), ""))?;
    let address = match input.get(&[prefix, "PrivateIpAddress"].concat()) {
        None => None,
        Some(text) => Some(chosen(ec2, &subnet, text)?),
    };
    let public = flag(input, &[prefix, "AssociatePublicIpAddress"].concat())?;
    let public = public.unwrap_or(subnet.map_public_ip_on_launch);
    Ok(Place { subnet, groups, public, address })
}

fn subnet(ec2: &Ec2<'_, '_>, input: &Parameters, id: Option<&str>) -> Result<Subnet, AwsError> {
    let network = &ec2.own()?.network;
    let zone = input.get("Placement.AvailabilityZone");
    if let Some(id) = id {
        let found = network.subnets.get(id).ok_or_else(|| SUBNET.missing(id))?;
        return match zone.filter(|zone| *zone != found.availability_zone) {
            Some(zone) => {
                Err(invalid("Placement.AvailabilityZone", zone, "It isn't the zone of the subnet."))
            }
            None => Ok(found.clone()),
        };
    }
    let default =
        network.vpcs.values().find(|vpc| vpc.is_default).ok_or_else(|| EC2_NO_DEFAULT_VPC.error())?;
    let in_zone = |subnet: &&Subnet| {
        subnet.vpc_id == default.id
            && subnet.map_public_ip_on_launch
            && zone.is_none_or(|zone| zone == subnet.availability_zone)
    };
    let first =
        network.subnets.values().filter(in_zone).min_by(|a, b| a.availability_zone.cmp(&b.availability_zone));
    first.cloned().ok_or_else(|| match zone {
        Some(zone) => invalid("Placement.AvailabilityZone", zone, "Invalid availability zone"),
        None => EC2_NO_DEFAULT_SUBNET.error(),
    })
}

/// Groups by id; by name in the default VPC alone; the VPC's default group where none is named.
fn groups(
    ec2: &Ec2<'_, '_>,
    input: &Parameters,
    subnet: &Subnet,
    ids: Vec<&str>,
) -> Result<Vec<String>, AwsError> {
    let network = &ec2.own()?.network;
    let names = input.list("SecurityGroup", "");
    let mut found: Vec<&SecurityGroup> = Vec::new();
    for id in ids {
        found.push(network.security_groups.get(id).ok_or_else(|| SECURITY_GROUP.missing(id))?);
    }
    for name in names {
        let is = |group: &&SecurityGroup| group.name == name && group.vpc_id == subnet.vpc_id;
        let group = network.security_groups.values().find(is);
        found.push(group.ok_or_else(|| EC2_NO_GROUP_NAME.with(&[("name", name), ("vpc", &subnet.vpc_id)]))?);
    }
    if let Some(foreign) = found.iter().find(|group| group.vpc_id != subnet.vpc_id) {
        return Err(EC2_DIFFERENT_NETWORKS.with(&[("group", &foreign.id), ("subnet", &subnet.id)]));
    }
    if found.is_empty() {
        let vpc = network.vpcs.get(&subnet.vpc_id);
        return Ok(vpc.map(|vpc| vpc.default_security_group.clone()).into_iter().gather());
    }
    Ok(found.into_iter().map(|group| group.id.clone()).gather())
}

/// An address of the subnet that nobody has.
fn chosen(ec2: &Ec2<'_, '_>, subnet: &Subnet, text: &str) -> Result<Ipv4Addr, AwsError> {
    let address = text.parse::<Ipv4Addr>().ok().filter(|address| subnet.cidr.contains(address));
    let address = address.ok_or_else(|| {
        EC2_ADDRESS_OUTSIDE.with(&[
            ("address", text),
            ("cidr", &subnet.cidr.to_string()),
            ("subnet", &subnet.id),
        ])
    })?;
    let taken = ec2.own()?.instances.values().any(|other| {
        other.subnet_id == subnet.id
            && other.private_ip == address
            && other.state != crate::cloud::InstanceState::Terminated
    });
    if taken { Err(EC2_ADDRESS_TAKEN.with(&[("address", text)])) } else { Ok(address) }
}
