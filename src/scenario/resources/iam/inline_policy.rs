//! AWS::IAM::GroupPolicy, AWS::IAM::RolePolicy and AWS::IAM::UserPolicy: one inline policy of one entity.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::RolePolicy" and its likes.

use super::policy::{document, identity};
use super::{Kind, is_known, put_inline};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Property, Shape, required};

/// The type whose `property` names the entity.
const fn of(name: &'static str, properties: &'static [Property]) -> ResourceType {
    ResourceType { name, properties, attributes: &[], create, connect: Some(connect) }
}

const DOCUMENT: Property = required("PolicyDocument", Shape::Policy);
const NAME: Property = required("PolicyName", Shape::Text);

pub(in crate::scenario::resources) const GROUP: ResourceType =
    of("AWS::IAM::GroupPolicy", &[required("GroupName", Shape::Text), DOCUMENT, NAME]);
pub(in crate::scenario::resources) const ROLE: ResourceType =
    of("AWS::IAM::RolePolicy", &[DOCUMENT, NAME, required("RoleName", Shape::Text)]);
pub(in crate::scenario::resources) const USER: ResourceType =
    of("AWS::IAM::UserPolicy", &[DOCUMENT, NAME, required("UserName", Shape::Text)]);

fn create(_: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    identity(resource)
}

/// A type takes one of the three properties alone, so that the one which is given says what the entity is.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let policy = document(loading, resource);
    let kinds = [("GroupName", Kind::Group), ("RoleName", Kind::Role), ("UserName", Kind::User)];
    for (property, kind) in kinds {
        let named = resource.given(property);
        if let (Some(policy), Some((at, name))) = (&policy, named)
            && is_known(loading, resource, kind, (at, name))
        {
            let policy_name = resource.text("PolicyName").unwrap_or_default();
            put_inline(loading, resource, kind, (at, name), (policy_name, policy));
        }
    }
}
