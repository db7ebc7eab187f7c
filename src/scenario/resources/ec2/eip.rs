//! AWS::EC2::EIP. AWS page: CloudFormation Template Reference, "AWS::EC2::EIP".

use super::{Kind, id_in, network};
use crate::cloud::ElasticIp;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, not_modelled, optional};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::EIP",
    properties: &[
        optional("Domain", Shape::OneOf(&["vpc"])),
        optional("InstanceId", Shape::Text),
        optional("Tags", TAGS),
        not_modelled("Address IpamPoolId NetworkBorderGroup PublicIpv4Pool TransferAddress"),
    ],
    attributes: &["AllocationId", "PublicIp"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("eipalloc", &resource.names());
    let Some(public_ip) = loading.cloud.derive_public_ip(&resource.names()) else {
        loading.findings.error("diagnostic.no-address", resource.at, &[]);
        return Identity::default();
    };
    let address = ElasticIp { origin: resource.origin(), allocation_id: id.clone(), public_ip };
    if let Some(network) = network(loading, resource) {
        network.elastic_ips.insert(id.clone(), address);
    }
    if let Some(instance) = id_in(loading, resource, Kind::Instance, "InstanceId") {
        let account = loading.cloud.accounts.get_mut(resource.account);
        if let Some(instance) = account.and_then(|account| account.instances.get_mut(&instance)) {
            instance.public_ip = Some(public_ip);
        }
    }
    let public_ip = public_ip.to_string();
    Identity::new(&public_ip, &[&id, &public_ip])
}
