//! AWS::EC2::Subnet. AWS page: CloudFormation Template Reference, "AWS::EC2::Subnet".

use super::{Kind, cidr, id_in, network};
use crate::cloud::Subnet;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::Subnet",
    properties: &[
        optional("AvailabilityZone", Shape::Text),
        required("CidrBlock", Shape::Text),
        optional("MapPublicIpOnLaunch", Shape::Boolean),
        optional("Tags", TAGS),
        required("VpcId", Shape::Text),
        not_modelled(
            "AssignIpv6AddressOnCreation AvailabilityZoneId EnableDns64 EnableLniAtDeviceIndex \
Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock Ipv6CidrBlocks Ipv6IpamPoolId Ipv6Native \
Ipv6NetmaskLength OutpostArn PrivateDnsNameOptionsOnLaunch",
        ),
    ],
    attributes: &["AvailabilityZone", "CidrBlock", "SubnetId", "VpcId"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("subnet", &resource.names());
    let zone = zone(loading, resource);
    let text = resource.text("CidrBlock").unwrap_or_default();
    let vpc = resource.text("VpcId").unwrap_or_default();
    let identity = Identity::new(&id, &[&zone, text, &id, vpc]);
    let vpc_id = id_in(loading, resource, Kind::Vpc, "VpcId");
    let Some((at, vpc_id)) = resource.property("CidrBlock").zip(vpc_id) else {
        return identity;
    };
    let Some(range) = cidr(loading, at, text, (16, 28)) else {
        return identity;
    };
    let account = loading.cloud.accounts.get(resource.account);
    let Some(networks) = account.map(|account| &account.network) else {
        return identity;
    };
    let inside = networks.vpcs.get(&vpc_id).is_some_and(|vpc| vpc.cidr.contains(&range));
    let overlaps = |other: &&Subnet| {
        other.vpc_id == vpc_id && (other.cidr.contains(&range) || range.contains(&other.cidr))
    };
    let other = networks.subnets.values().find(overlaps).map(|other| other.cidr.to_string());
    if !inside {
        loading.findings.error("diagnostic.subnet-outside-vpc", at, &[("cidr", text)]);
    }
    if let Some(other) = other {
        loading.findings.error("diagnostic.subnets-overlap", at, &[("cidr", text), ("other", &other)]);
    }
    let subnet = Subnet {
        origin: resource.origin(),
        id: id.clone(),
        vpc_id,
        cidr: range,
        availability_zone: zone,
        map_public_ip_on_launch: resource.flag("MapPublicIpOnLaunch").unwrap_or(false),
        route_table: None,
    };
    if let Some(network) = network(loading, resource) {
        network.subnets.insert(id, subnet);
    }
    identity
}

/// AvailabilityZone, zone a of the region where none is given.
fn zone(loading: &mut Loading<'_>, resource: &Resource<'_>) -> String {
    let first = format!("{}a", resource.region);
    let Some((at, zone)) = resource.given("AvailabilityZone") else {
        return first;
    };
    let letter = zone.strip_prefix(resource.region).unwrap_or("");
    if letter.len() != 1 || !letter.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let params = [("zone", zone), ("region", resource.region)];
        loading.findings.error("diagnostic.wrong-zone", at, &params);
        return first;
    }
    zone.to_string()
}
