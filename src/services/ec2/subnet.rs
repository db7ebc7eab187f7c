//! CreateSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute.
//!
//! AWS page: EC2 API Reference, "Subnet".

use super::describe::Describe;
use super::exchange::{Ec2, cidr, flag, invalid, required};
use super::resource::{SUBNET, VPC};
use super::vpc::done;
use super::{names, tags};
use crate::cloud::{Account, InstanceState, Origin, Subnet, VpcEndpointKind};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "SubnetId",
    id: "subnetId",
    set: "subnetSet",
    kind: &SUBNET,
    all: |ec2, _| {
        let account = ec2.own()?;
        Ok(account.network.subnets.values().map(|subnet| tree(account, subnet)).gather())
    },
    filters: "availability-zone=availabilityZone availability-zone-id=availabilityZoneId \
available-ip-address-count=availableIpAddressCount cidr-block=cidrBlock cidrBlock=cidrBlock cidr=cidrBlock \
default-for-az=defaultForAz map-public-ip-on-launch=mapPublicIpOnLaunch owner-id=ownerId state=state \
subnet-arn=subnetArn subnet-id=subnetId vpc-id=vpcId",
    arrange: |items| items,
};

fn tree(account: &Account, subnet: &Subnet) -> Tree {
    let network = &account.network;
    let default = network.vpcs.get(&subnet.vpc_id).is_some_and(|vpc| vpc.is_default)
        && network.records.get(&subnet.id).is_none_or(|record| record.made.is_none());
    let all = 1_u64 << (32 - subnet.cidr.prefix_len());
    let free = all.saturating_sub(5).saturating_sub(used(account, subnet));
    let zone = &subnet.availability_zone;
    let mut tree = Tree::new();
    tree.texts(&[
        ("subnetId", &subnet.id),
        ("subnetArn", &["arn:aws:ec2:", &account.region, ":", &account.id, ":subnet/", &subnet.id].concat()),
        ("state", "available"),
        ("ownerId", &account.id),
        ("vpcId", &subnet.vpc_id),
        ("cidrBlock", &subnet.cidr.to_string()),
        ("availableIpAddressCount", &free.to_string()),
        ("availabilityZone", zone),
        ("availabilityZoneId", &names::zone_id(zone)),
    ]);
    tree.flag("defaultForAz", default);
    tree.flag("mapPublicIpOnLaunch", subnet.map_public_ip_on_launch);
    tree.put("tagSet", tags::tree(tags::of(account, &subnet.id)));
    tree
}

/// Addresses of the subnet that instances, NAT gateways and endpoints have.
fn used(account: &Account, subnet: &Subnet) -> u64 {
    let network = &account.network;
    let mut used = 0;
    for instance in account.instances.values() {
        used += u64::from(instance.subnet_id == subnet.id && instance.state != InstanceState::Terminated);
    }
    used += network.nat_gateways.values().filter(|gateway| gateway.subnet_id == subnet.id).count() as u64;
    for endpoint in network.vpc_endpoints.values() {
        if let VpcEndpointKind::Interface { subnets, .. } = &endpoint.kind {
            used += u64::from(subnets.contains(&subnet.id));
        }
    }
    used
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let vpc_id = required(input, "VpcId")?;
    let range = cidr(input, "CidrBlock")?;
    let network = &ec2.own()?.network;
    let vpc = network.vpcs.get(vpc_id).ok_or_else(|| VPC.missing(vpc_id))?;
    let text = range.to_string();
    if !(16..=28).contains(&range.prefix_len()) || !vpc.cidr.contains(&range) {
        return Err(EC2_SUBNET_RANGE.with(&[("cidr", &text)]));
    }
    let overlaps = |other: &Subnet| {
        other.vpc_id == vpc_id && (other.cidr.contains(&range) || range.contains(&other.cidr))
    };
    if network.subnets.values().any(overlaps) {
        return Err(EC2_SUBNET_CONFLICT.with(&[("cidr", &text)]));
    }
    let zone = match input.get("AvailabilityZone") {
        None => [&ec2.region, "a"].concat(),
        Some(zone) if super::zone::exists(&ec2.region, zone) => zone.to_string(),
        Some(zone) => return Err(invalid("availabilityZone", zone, "It isn't a zone of this Region.")),
    };
    let id = ec2.make(input, "subnet", "subnet")?;
    let subnet = Subnet {
        origin: Origin::default(),
        id: id.clone(),
        vpc_id: vpc_id.to_string(),
        cidr: range,
        availability_zone: zone,
        map_public_ip_on_launch: false,
        route_table: None,
    };
    ec2.network_mut()?.subnets.insert(id, subnet.clone());
    Ok(Tree::of("subnet", tree(ec2.own()?, &subnet)))
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "SubnetId")?;
    let account = ec2.own_mut()?;
    let Some(subnet) = account.network.subnets.get(id) else { return Err(SUBNET.missing(id)) };
    if used(account, subnet) > 0 {
        return Err(EC2_DEPENDENCY.with(&[("kind", "subnet"), ("id", id)]));
    }
    account.network.subnets.remove(id);
    account.network.records.remove(id);
    Ok(done())
}

pub(super) fn modify_attribute(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    required(input, "MapPublicIpOnLaunch.Value")?;
    let public = flag(input, "MapPublicIpOnLaunch.Value")?;
    if let Some(subnet) = ec2.network_mut()?.subnets.get_mut(required(input, "SubnetId")?) {
        subnet.map_public_ip_on_launch = public.unwrap_or(subnet.map_public_ip_on_launch);
    }
    Ok(done())
}
