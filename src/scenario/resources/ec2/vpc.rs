//! AWS::EC2::VPC. AWS page: CloudFormation Template Reference, "AWS::EC2::VPC".

use super::{cidr, network};
use crate::cloud::default_security_group;
use crate::cloud::{Origin, RouteTable, Vpc};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, not_modelled, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::VPC",
    properties: &[
        required("CidrBlock", Shape::Text),
        optional("EnableDnsHostnames", Shape::Boolean),
        optional("EnableDnsSupport", Shape::Boolean),
        optional("Tags", TAGS),
        not_modelled("InstanceTenancy Ipv4IpamPoolId Ipv4NetmaskLength"),
    ],
    attributes: &["CidrBlock", "DefaultSecurityGroup", "VpcId"],
    create,
    connect: None,
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let entropy = loading.cloud.entropy;
    let [account, logical_id] = resource.names();
    let id = entropy.ec2("vpc", &resource.names());
    let group = entropy.ec2("sg", &[account, logical_id, "default"]);
    let table = entropy.ec2("rtb", &[account, logical_id, "main"]);
    let text = resource.text("CidrBlock").unwrap_or_default();
    let identity = Identity::new(&id, &[text, &group, &id]);
    let Some(at) = resource.property("CidrBlock") else {
        return identity;
    };
    let Some(range) = cidr(loading, at, text, (16, 28)) else {
        return identity;
    };
    let vpc = Vpc {
        origin: resource.origin(),
        id: id.clone(),
        cidr: range,
        is_default: false,
        dns_support: resource.flag("EnableDnsSupport").unwrap_or(true),
        dns_hostnames: resource.flag("EnableDnsHostnames").unwrap_or(false),
        main_route_table: table.clone(),
        default_security_group: group.clone(),
    };
    let main =
        RouteTable { origin: Origin::default(), id: table.clone(), vpc_id: id.clone(), routes: Vec::new() };
    if let Some(network) = network(loading, resource) {
        let default = default_security_group(&Origin::default(), &group, &id);
        network.security_groups.insert(group, default);
        network.route_tables.insert(table, main);
        network.vpcs.insert(id, vpc);
    }
    identity
}
