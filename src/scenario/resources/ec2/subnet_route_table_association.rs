//! AWS::EC2::SubnetRouteTableAssociation.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SubnetRouteTableAssociation".

use super::{Kind, id_in, network};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::SubnetRouteTableAssociation",
    properties: &[required("RouteTableId", Shape::Text), required("SubnetId", Shape::Text)],
    attributes: &["Id"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("rtbassoc", &resource.names());
    let table = id_in(loading, resource, Kind::RouteTable, "RouteTableId");
    let subnet = id_in(loading, resource, Kind::Subnet, "SubnetId");
    if let (Some(table), Some(subnet)) = (table, subnet) {
        associate(loading, resource, &table, &subnet);
    }
    Identity::new(&id, &[&id])
}

fn associate(loading: &mut Loading<'_>, resource: &Resource<'_>, table: &str, subnet_id: &str) {
    let Some(network) = network(loading, resource) else {
        return;
    };
    let vpc = network.route_tables.get(table).map(|table| table.vpc_id.clone());
    let Some(subnet) = network.subnets.get_mut(subnet_id) else {
        return;
    };
    let other_vpc = vpc.as_ref() != Some(&subnet.vpc_id);
    let old = subnet.route_table.replace(table.to_string());
    if other_vpc {
        let params = [("id", table), ("other", subnet_id)];
        loading.findings.error("diagnostic.different-vpcs", resource.at, &params);
    }
    if let Some(old) = old {
        let params = [("name", subnet_id), ("other", old.as_str())];
        loading.findings.error("diagnostic.two-route-tables", resource.at, &params);
    }
}
