//! AWS::IAM::UserPolicy: one inline policy of one user.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::UserPolicy".

use super::Entity;
use super::policy::{connect_one, identity};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::UserPolicy",
    properties: &[
        required("PolicyDocument", Shape::Policy),
        required("PolicyName", Shape::Text),
        required("UserName", Shape::Text),
    ],
    attributes: &[],
    create,
    connect: Some(connect),
};

fn create(_: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    identity(resource)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    connect_one(loading, resource, Entity::User, "UserName");
}
