//! AWS::EC2::SecurityGroupEgress: one rule added to a group.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroupEgress".

use super::security_group_rule::{Direction, read};
use super::{Kind, id_in, network};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::SecurityGroupEgress",
    properties: &[
        optional("CidrIp", Shape::Text),
        optional("CidrIpv6", Shape::Text),
        optional("Description", Shape::Text),
        optional("DestinationPrefixListId", Shape::Text),
        optional("DestinationSecurityGroupId", Shape::Text),
        optional("FromPort", Shape::Integer(-1, 65_535)),
        required("GroupId", Shape::Text),
        required("IpProtocol", Shape::Text),
        optional("ToPort", Shape::Integer(-1, 65_535)),
    ],
    attributes: &["Id"],
    create,
    connect: Some(connect),
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("sgr", &resource.names());
    Identity::new(&id).with("Id", id)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let group = id_in(loading, resource, Kind::SecurityGroup, "GroupId");
    let rule = read(loading, resource, &resource.properties(), Direction::Egress);
    let groups = network(loading, resource).map(|network| &mut network.security_groups);
    if let (Some(groups), Some(group), Some(rule)) = (groups, group, rule)
        && let Some(group) = groups.get_mut(&group)
    {
        group.egress.push(rule);
    }
}
