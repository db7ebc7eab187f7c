//! AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress: one rule added to a group.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroupIngress" and "... Egress".

use super::security_group_rule::{Direction, add};
use super::{Kind, id_in};
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
    create: |loading, resource| create(loading, resource, Direction::Ingress),
    connect: None,
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
    create: |loading, resource| create(loading, resource, Direction::Egress),
    connect: None,
};

/// Groups that it names by Ref exist, as do those that a VPC comes with.
fn create(loading: &mut Loading<'_>, resource: &Resource<'_>, direction: Direction) -> Identity {
    let group = id_in(loading, resource, Kind::SecurityGroup, "GroupId");
    let place = (group.as_deref().unwrap_or_default(), direction);
    let id = add(loading, resource, resource.properties(), place).unwrap_or_default();
    Identity::new(&id, &[&id])
}
