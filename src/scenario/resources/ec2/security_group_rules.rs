//! AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress: one rule added to a group.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::SecurityGroupIngress" and "... Egress".

use super::security_group_rule::{Direction, EGRESS_OF, INGRESS_OF, add};
use super::{Kind, id_in};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;

pub(in crate::scenario::resources) const INGRESS: ResourceType = ResourceType {
    name: "AWS::EC2::SecurityGroupIngress",
    properties: INGRESS_OF,
    attributes: &["Id"],
    create: |loading, resource| create(loading, resource, Direction::Ingress),
    connect: None,
};

pub(in crate::scenario::resources) const EGRESS: ResourceType = ResourceType {
    name: "AWS::EC2::SecurityGroupEgress",
    properties: EGRESS_OF,
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
