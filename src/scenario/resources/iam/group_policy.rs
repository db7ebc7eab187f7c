//! AWS::IAM::GroupPolicy: one inline policy of one group.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::GroupPolicy".

use super::Entity;
use super::policy::{connect_one, identity};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::GroupPolicy",
    properties: &[
        required("PolicyDocument", Shape::Policy),
        required("PolicyName", Shape::Text),
        required("GroupName", Shape::Text),
    ],
    attributes: &[],
    create,
    connect: Some(connect),
};

fn create(_: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    identity(resource)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    connect_one(loading, resource, Entity::Group, "GroupName");
}
