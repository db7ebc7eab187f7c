//! AWS::IAM::Policy: one inline policy for any number of roles, users and groups.
//!
//! AWS page: CloudFormation Template Reference, "AWS::IAM::Policy".

use super::{attach_inline, naming};
use crate::policy::{Policy, PolicyKind};
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::PolicyPlace;
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TEXTS, optional, required};
use std::sync::Arc;

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::Policy",
    properties: &[
        optional("Groups", TEXTS),
        required("PolicyDocument", Shape::Policy),
        required("PolicyName", Shape::Text),
        optional("Roles", TEXTS),
        optional("Users", TEXTS),
    ],
    attributes: &["Id"],
    create,
    connect: Some(connect),
};

fn create(_: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    identity(resource)
}

/// Ref gives the physical id, which for inline policies is derived from their name.
pub(super) fn identity(resource: &Resource<'_>) -> Identity {
    let name = resource.text("PolicyName").unwrap_or_default();
    Identity::new(name, &[name])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    if let Some(policy) = document(loading, resource) {
        attach_inline(loading, resource, &policy);
    }
}

/// The document of a resource that is one inline policy.
pub(super) fn document(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Option<Arc<Policy>> {
    let name = resource.text("PolicyName")?;
    if let Some(at) = resource.property("PolicyName") {
        naming::check_name(loading, at, name, 128);
    }
    let at = resource.property("PolicyDocument")?;
    let place = PolicyPlace { at, kind: PolicyKind::Identity, title: name, arn: None, limit: usize::MAX };
    loading.policy(resource, place)
}
