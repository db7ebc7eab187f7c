//! AWS::EC2::NatGateway: public ones. AWS page: CloudFormation Template Reference, "AWS::EC2::NatGateway".

use super::{Kind, id_in, network};
use crate::cloud::NatGateway;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::NatGateway",
    properties: &[
        optional("AllocationId", Shape::Text),
        optional("ConnectivityType", Shape::OneOf(&["public", "private"])),
        required("SubnetId", Shape::Text),
        optional("Tags", TAGS),
        not_modelled(
            "AvailabilityMode AvailabilityZoneAddresses MaxDrainDurationSeconds PrivateIpAddress \
SecondaryAllocationIds SecondaryPrivateIpAddressCount SecondaryPrivateIpAddresses VpcId",
        ),
    ],
    attributes: &["NatGatewayId"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("nat", &resource.names());
    let identity = Identity::new(&id, &[&id]);
    let connectivity = resource.property("ConnectivityType");
    if let Some(at) = connectivity.filter(|_| resource.text("ConnectivityType") == Some("private")) {
        loading.findings.warning("diagnostic.not-modelled.value", at, &[("name", "private")]);
        return identity;
    }
    if resource.properties.get("AllocationId").is_none() {
        let params = [("name", "AllocationId")];
        loading.findings.error("diagnostic.missing-property", resource.properties(), &params);
    }
    let subnet = id_in(loading, resource, Kind::Subnet, "SubnetId");
    let allocation = id_in(loading, resource, Kind::ElasticIp, "AllocationId");
    let (Some(subnet_id), Some(allocation)) = (subnet, allocation) else {
        return identity;
    };
    if let Some(network) = network(loading, resource)
        && let Some(address) = network.elastic_ips.get(&allocation)
    {
        let public_ip = address.public_ip;
        let gateway = NatGateway { origin: resource.origin(), id: id.clone(), subnet_id, public_ip };
        network.nat_gateways.insert(id, gateway);
    }
    identity
}
