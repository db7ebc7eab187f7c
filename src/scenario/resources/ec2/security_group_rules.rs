//! AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress: one rule added to a group.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroupIngress" and "... Egress".

use super::security_group_rule::{Direction, read};
use super::{Kind, id_in, network};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, not_modelled, optional, required};

pub(in crate::scenario::resources) const INGRESS: ResourceType = ResourceType {
    name: "AWS::EC2::SecurityGroupIngress",
    properties: &[
        optional("CidrIp", Shape::Text),
        optional("CidrIpv6", Shape::Text),
        optional("Description", Shape::Text),
        optional("FromPort", Shape::Integer(-1, 65_535)),
        required("GroupId", Shape::Text),
        not_modelled("GroupName"),
        required("IpProtocol", Shape::Text),
        optional("SourcePrefixListId", Shape::Text),
        optional("SourceSecurityGroupId", Shape::Text),
        not_modelled("SourceSecurityGroupName"),
        not_modelled("SourceSecurityGroupOwnerId"),
        optional("ToPort", Shape::Integer(-1, 65_535)),
    ],
    attributes: &["Id"],
    create,
    connect: Some(|loading, resource| connect(loading, resource, Direction::Ingress)),
};

pub(in crate::scenario::resources) const EGRESS: ResourceType = ResourceType {
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
    connect: Some(|loading, resource| connect(loading, resource, Direction::Egress)),
};

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("sgr", &resource.names());
    Identity::new(&id).with("Id", id)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>, direction: Direction) {
    let group = id_in(loading, resource, Kind::SecurityGroup, "GroupId");
    let rule = read(loading, resource, resource.properties(), direction);
    let groups = network(loading, resource).map(|network| &mut network.security_groups);
    if let (Some(groups), Some(group), Some(rule)) = (groups, group, rule)
        && let Some(group) = groups.get_mut(&group)
    {
        match direction {
            Direction::Ingress => group.ingress.push(rule),
            Direction::Egress => group.egress.push(rule),
        }
    }
}
