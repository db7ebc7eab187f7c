//! AWS::EC2::Route: to an internet gateway or a NAT gateway.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::Route".

use super::{Kind, cidr, id_in, network};
use crate::cloud::{Route, RouteTarget};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, has_other, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::Route",
    properties: &[
        optional("DestinationCidrBlock", Shape::Text),
        optional("GatewayId", Shape::Text),
        optional("NatGatewayId", Shape::Text),
        required("RouteTableId", Shape::Text),
        not_modelled(
            "CarrierGatewayId CoreNetworkArn DestinationIpv6CidrBlock DestinationPrefixListId \
EgressOnlyInternetGatewayId InstanceId LocalGatewayId NetworkInterfaceId \
TransitGatewayId VpcEndpointId VpcPeeringConnectionId",
        ),
    ],
    attributes: &["CidrBlock"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let table_id = resource.text("RouteTableId").unwrap_or_default();
    let destination = resource.text("DestinationCidrBlock").unwrap_or_default();
    let identity = Identity::new(&[table_id, "|", destination].concat(), &[destination]);
    // Another target or destination.
    if has_other(resource.properties(), TYPE.properties) {
        return identity;
    }
    let given = |name: &str| resource.properties.get(name).is_some();
    if given("GatewayId") == given("NatGatewayId") {
        loading.findings.error("diagnostic.wrong-route-target", resource.at, &[]);
        return identity;
    }
    let Some(at) = resource.property("DestinationCidrBlock") else {
        if !given("DestinationCidrBlock") {
            let params = [("name", "DestinationCidrBlock")];
            loading.findings.error("diagnostic.missing-property", resource.properties(), &params);
        }
        return identity;
    };
    let gateway =
        id_in(loading, resource, Kind::InternetGateway, "GatewayId").map(RouteTarget::InternetGateway);
    let target = gateway
        .or_else(|| id_in(loading, resource, Kind::NatGateway, "NatGatewayId").map(RouteTarget::NatGateway));
    let range = cidr(loading, at, destination, (0, 32));
    let table = id_in(loading, resource, Kind::RouteTable, "RouteTableId");
    let (Some(target), Some(range), Some(table)) = (target, range, table) else {
        return identity;
    };
    let route = Route { origin: resource.origin(), destination: range, target };
    let table = network(loading, resource).and_then(|network| network.route_tables.get_mut(&table));
    let twice = table.is_some_and(|table| {
        let twice = table.routes.iter().any(|other| other.destination == range);
        table.routes.push(route);
        twice
    });
    if twice {
        loading.findings.error("diagnostic.duplicate-route", at, &[("cidr", destination)]);
    }
    identity
}
