//! AWS::EC2::VPCGatewayAttachment. AWS page: CloudFormation Template Reference, "AWS::EC2::VPCGatewayAttachment".

use super::{Kind, id_in, network};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::VPCGatewayAttachment",
    properties: &[
        optional("InternetGatewayId", Shape::Text),
        required("VpcId", Shape::Text),
        not_modelled("VpnGatewayId"),
    ],
    attributes: &["AttachmentType"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let vpc = id_in(loading, resource, Kind::Vpc, "VpcId");
    let gateway = id_in(loading, resource, Kind::InternetGateway, "InternetGatewayId");
    if let (Some(vpc), Some(gateway)) = (vpc, gateway) {
        attach(loading, resource, vpc, &gateway);
    }
    let vpc = resource.text("VpcId").unwrap_or_default();
    Identity::new(&["IGW|", vpc].concat(), &["IGW"])
}

/// A VPC has one internet gateway, an internet gateway one VPC.
fn attach(loading: &mut Loading<'_>, resource: &Resource<'_>, vpc: String, gateway_id: &str) {
    let Some(network) = network(loading, resource) else {
        return;
    };
    let other = network.internet_gateways.values().find(|other| other.vpc_id.as_ref() == Some(&vpc));
    let other = other.map(|other| other.id.clone());
    let Some(gateway) = network.internet_gateways.get_mut(gateway_id) else {
        return;
    };
    let other = gateway.vpc_id.replace(vpc.clone()).or(other);
    if let Some(other) = other {
        let params = [("id", gateway_id), ("vpc", vpc.as_str()), ("other", other.as_str())];
        loading.findings.error("diagnostic.gateway-attached-twice", resource.at, &params);
    }
}
