//! AWS::EC2::InternetGateway. AWS page: CloudFormation Template Reference, "AWS::EC2::InternetGateway".

use super::network;
use crate::cloud::InternetGateway;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{TAGS, optional};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::InternetGateway",
    properties: &[optional("Tags", TAGS)],
    attributes: &["InternetGatewayId"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("igw", &resource.names());
    let gateway = InternetGateway { origin: resource.origin(), id: id.clone(), vpc_id: None };
    if let Some(network) = network(loading, resource) {
        network.internet_gateways.insert(id.clone(), gateway);
    }
    Identity::new(&id, &[&id])
}
