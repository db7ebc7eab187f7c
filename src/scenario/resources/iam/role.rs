//! AWS::IAM::Role. AWS page: CloudFormation Template Reference, "AWS::IAM::Role".

use super::{EntityKind, INLINE_POLICIES, Kind, attach_listed, entity_name, path, put_inline};
use crate::arn;
use crate::cloud::Role;
use crate::policy::PolicyKind;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::{PolicyPlace, inline};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, TEXTS, optional, required};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::Role",
    properties: &[
        required("AssumeRolePolicyDocument", Shape::Policy),
        optional("Description", Shape::Text),
        optional("ManagedPolicyArns", TEXTS),
        optional("MaxSessionDuration", Shape::Integer(3_600, 43_200)),
        optional("Path", Shape::Text),
        optional("PermissionsBoundary", Shape::Text),
        optional("Policies", INLINE_POLICIES),
        optional("RoleName", Shape::Text),
        optional("Tags", TAGS),
    ],
    attributes: &["Arn", "RoleId"],
    create,
    connect: Some(connect),
};

pub(super) const KIND: EntityKind = EntityKind { kind: "role", property: "RoleName", longest: 64 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let arn = arn::iam(resource.account, "role", &path, &name);
    let id = loading.cloud.entropy.unique_id("AROA", &resource.names());
    let identity = Identity::new(&name, &[&arn, &id]);
    let Some(document) = resource.property("AssumeRolePolicyDocument") else {
        return identity;
    };
    let place = PolicyPlace { at: document, kind: PolicyKind::Trust, title: &name, arn: None, limit: 2_048 };
    if let Some(trust_policy) = loading.policy(resource, place) {
        let role = Role {
            origin: resource.origin(),
            name: name.clone(),
            path,
            arn,
            id,
            description: resource.string("Description"),
            trust_policy,
            inline_policies: Vec::new(),
            attached_policies: Vec::new(),
            permissions_boundary: resource.text("PermissionsBoundary").map(str::to_string),
            max_session_duration: duration(resource),
            tags: resource.tags.clone(),
            created: loading.cloud.now,
        };
        if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
            account.roles.insert(name.clone(), role);
        }
    }
    inline_policies(loading, resource, Kind::Role, &name);
    identity
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    attach_listed(loading, resource, Kind::Role);
}

/// Seconds.
fn duration(resource: &Resource<'_>) -> u32 {
    resource.integer("MaxSessionDuration").and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(3_600)
}

/// Reads `Policies` of an entity that exists.
pub(super) fn inline_policies(loading: &mut Loading<'_>, resource: &Resource<'_>, kind: Kind, name: &str) {
    for (policy_name, at) in inline(resource) {
        let place =
            PolicyPlace { at, kind: PolicyKind::Identity, title: &policy_name, arn: None, limit: usize::MAX };
        if let Some(policy) = loading.policy(resource, place) {
            put_inline(loading, resource, kind, (at, name), (&policy_name, &policy));
        }
    }
}
