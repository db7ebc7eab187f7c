//! AWS::IAM::Role. AWS page: CloudFormation Template Reference, "AWS::IAM::Role".

use super::{Entity, EntityKind, INLINE_POLICIES, attach_listed, entity_name, path, put_inline};
use crate::arn;
use crate::cloud::Role;
use crate::policy::PolicyKind;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::{PolicyPlace, inline};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, TEXTS, optional, required};
use crate::sorted::{SortedMap, SortedSet};

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
    let identity = Identity::new(&name).with("Arn", &arn).with("RoleId", &id);
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
            description: resource.text("Description").unwrap_or_default().to_string(),
            trust_policy,
            inline_policies: Vec::new(),
            attached_policies: Vec::new(),
            permissions_boundary: resource.text("PermissionsBoundary").map(str::to_string),
            max_session_duration: duration(resource),
            tags: tags(loading, resource),
            created: loading.cloud.now,
        };
        if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
            account.roles.insert(name.clone(), role);
        }
    }
    inline_policies(loading, resource, Entity::Role, &name);
    identity
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let account = loading.cloud.accounts.get(resource.account);
    let mut roles = account.into_iter().flat_map(|account| account.roles.values());
    if let Some(name) =
        roles.find(|role| role.origin.pointer == resource.at.pointer).map(|role| role.name.clone())
    {
        attach_listed(loading, resource, Entity::Role, &name);
    }
}

/// Seconds.
fn duration(resource: &Resource<'_>) -> u32 {
    resource.integer("MaxSessionDuration").and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(3_600)
}

/// Reads `Policies` of an entity that exists.
pub(super) fn inline_policies(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    entity: Entity,
    name: &str,
) {
    for (policy_name, at) in inline(resource) {
        let place = PolicyPlace {
            at: at.clone(),
            kind: PolicyKind::Identity,
            title: &policy_name,
            arn: None,
            limit: usize::MAX,
        };
        if let Some(policy) = loading.policy(resource, place) {
            put_inline(loading, resource.account, entity, (&at, name), (&policy_name, &policy));
        }
    }
}

/// Tags of a role or user: at most 50; their keys are unique ignoring case.
pub(super) fn tags(loading: &mut Loading<'_>, resource: &Resource<'_>) -> SortedMap<String, String> {
    let tags = resource.tags();
    if let Some(at) = resource.property("Tags") {
        let lower_case = |key: &String| key.chars().flat_map(char::to_lowercase).collect();
        let keys: SortedSet<String> = tags.keys().map(lower_case).collect();
        if at.node.items().len() > keys.len() || keys.len() > 50 {
            loading.findings.error("diagnostic.wrong-tags", &at, &[("limit", "50")]);
        }
    }
    tags
}
