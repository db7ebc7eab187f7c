//! Where an instance stands in the network: its subnet, addresses and security groups.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::Instance NetworkInterface".

use super::{Kind, cidr, id_in, ids_in, is_known};
use crate::cloud::DefaultVpc;
use crate::scenario::findings::At;
use crate::scenario::intrinsics::scalar;
use crate::scenario::loading::{Loading, Resource};
use crate::scenario::schema::{Property, Shape, TEXTS, boolean, not_modelled, optional, required};
use std::net::Ipv4Addr;

pub(super) const NETWORK_INTERFACE: &[Property] = &[
    optional("AssociatePublicIpAddress", Shape::Boolean),
    optional("DeleteOnTermination", Shape::OneOf(&["true"])),
    required("DeviceIndex", Shape::Integer(0, 0)),
    optional("GroupSet", TEXTS),
    optional("PrivateIpAddress", Shape::Text),
    optional("SubnetId", Shape::Text),
    not_modelled(
        "AssociateCarrierIpAddress Description EnaSrdSpecification Ipv6AddressCount Ipv6Addresses \
NetworkInterfaceId PrivateIpAddresses SecondaryPrivateIpAddressCount",
    ),
];

/// An instance's place.
pub(super) struct Place {
    pub subnet_id: String,
    pub vpc_id: String,
    pub availability_zone: String,
    pub private_ip: Ipv4Addr,
    pub public_ip: Option<Ipv4Addr>,
    pub security_groups: Vec<String>,
}

/// Finds the place; `None`: something is wrong, and was reported.
pub(super) fn place(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Option<Place> {
    let interface = interface(loading, resource)?;
    let (subnet_id, groups) = match &interface {
        Some(interface) => of_interface(loading, resource, *interface)?,
        None => {
            let subnet = match resource.properties.get("SubnetId") {
                Some(_) => Some(id_in(loading, resource, Kind::Subnet, "SubnetId")?),
                None => None,
            };
            (subnet, ids_in(loading, resource, Kind::SecurityGroup, resource.property("SecurityGroupIds")))
        }
    };
    let default = || DefaultVpc::of(&loading.cloud.entropy, resource.account).subnets[0].clone();
    let subnet_id = subnet_id.unwrap_or_else(default);
    let network = &loading.cloud.accounts.get(resource.account)?.network;
    let subnet = network.subnets.get(&subnet_id)?.clone();
    let vpc = network.vpcs.get(&subnet.vpc_id)?;
    let foreign =
        |id: &&String| network.security_groups.get(*id).is_some_and(|group| group.vpc_id != subnet.vpc_id);
    let foreign = groups.iter().find(foreign).cloned();
    let security_groups = if groups.is_empty() { vec![vpc.default_security_group.clone()] } else { groups };
    if let Some(group) = foreign {
        let params = [("id", group.as_str()), ("other", subnet_id.as_str())];
        loading.findings.error("diagnostic.different-vpcs", resource.at, &params);
    }
    let public = interface
        .as_ref()
        .and_then(|interface| interface.field("AssociatePublicIpAddress"))
        .and_then(|flag| boolean(flag))
        .unwrap_or(subnet.map_public_ip_on_launch);
    let chosen = match &interface {
        Some(interface) => interface.field("PrivateIpAddress"),
        None => resource.property("PrivateIpAddress"),
    };
    let private_ip = match chosen {
        Some(at) => chosen_address(loading, at, subnet.cidr)?,
        None => free_address(loading, resource, &subnet_id, subnet.cidr)?,
    };
    Some(Place {
        subnet_id,
        vpc_id: subnet.vpc_id,
        availability_zone: subnet.availability_zone,
        private_ip,
        public_ip: if public { loading.cloud.derive_public_ip(&resource.names()) } else { None },
        security_groups,
    })
}

/// The one network interface that the template describes; with it, the instance's own properties must be left out.
fn interface<'r>(loading: &mut Loading<'_>, resource: &'r Resource<'_>) -> Option<Option<At<'r>>> {
    let Some(list) = resource.property("NetworkInterfaces") else {
        return Some(None);
    };
    for name in ["SubnetId", "SecurityGroupIds", "SecurityGroups", "PrivateIpAddress"] {
        if let Some(at) = resource.property(name) {
            loading.findings.error("diagnostic.property-beside-interface", at, &[("name", name)]);
        }
    }
    if list.node.items().len() > 1 {
        loading.findings.warning("diagnostic.not-modelled.second-interface", list, &[]);
    }
    Some(list.items().next())
}

/// Subnet and security groups of a network interface.
fn of_interface(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    interface: At<'_>,
) -> Option<(Option<String>, Vec<String>)> {
    let subnet = match interface.field("SubnetId") {
        Some(at) => {
            let id = scalar(at.node)?;
            Some(is_known(loading, resource, Kind::Subnet, (at, id)).then(|| id.to_string())?)
        }
        None => None,
    };
    Some((subnet, ids_in(loading, resource, Kind::SecurityGroup, interface.field("GroupSet"))))
}

/// PrivateIpAddress, which must be an address of the subnet.
fn chosen_address(loading: &mut Loading<'_>, at: At<'_>, range: ipnet::Ipv4Net) -> Option<Ipv4Addr> {
    let text = scalar(at.node)?;
    let address = cidr(loading, at, &format!("{text}/32"), (32, 32))?.addr();
    if !range.contains(&address) {
        let range = range.to_string();
        loading.findings.error(
            "diagnostic.address-outside-subnet",
            at,
            &[("address", text), ("cidr", &range)],
        );
        return None;
    }
    Some(address)
}

fn free_address(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    subnet_id: &str,
    range: ipnet::Ipv4Net,
) -> Option<Ipv4Addr> {
    let address = loading.cloud.derive_private_ip(subnet_id, range, &resource.names());
    if address.is_none() {
        loading.findings.error("diagnostic.no-address", resource.at, &[]);
    }
    address
}
