//! AWS::EC2::RouteTable. AWS page: CloudFormation Template Reference, "AWS::EC2::RouteTable".

use super::{Kind, id_in, network};
use crate::cloud::RouteTable;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::RouteTable",
    properties: &[optional("Tags", TAGS), required("VpcId", Shape::Text)],
    attributes: &["RouteTableId"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("rtb", &resource.names());
    if let Some(vpc_id) = id_in(loading, resource, Kind::Vpc, "VpcId") {
        let table = RouteTable { origin: resource.origin(), id: id.clone(), vpc_id, routes: Vec::new() };
        if let Some(network) = network(loading, resource) {
            network.route_tables.insert(id.clone(), table);
        }
    }
    Identity::new(&id, &[&id])
}
