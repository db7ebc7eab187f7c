//! AWS::IAM::User. AWS page: CloudFormation Template Reference, "AWS::IAM::User".

use super::role::{inline_policies, tags};
use super::{Entity, EntityKind, INLINE_POLICIES, attach_listed, entity_name, exists, path};
use crate::arn;
use crate::cloud::User;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, TEXTS, not_modelled, optional};

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::IAM::User",
    properties: &[
        optional("Groups", TEXTS),
        not_modelled("LoginProfile"),
        optional("ManagedPolicyArns", TEXTS),
        optional("Path", Shape::Text),
        optional("PermissionsBoundary", Shape::Text),
        optional("Policies", INLINE_POLICIES),
        optional("Tags", TAGS),
        optional("UserName", Shape::Text),
    ],
    attributes: &["Arn"],
    create,
    connect: Some(connect),
};

const KIND: EntityKind = EntityKind { kind: "user", property: "UserName", longest: 64 };

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let name = entity_name(loading, resource, KIND);
    let path = path(loading, resource);
    let arn = arn::iam(resource.account, "user", &path, &name);
    let user = User {
        origin: resource.origin(),
        name: name.clone(),
        path,
        arn: arn.clone(),
        id: loading.cloud.entropy.unique_id("AIDA", &resource.names()),
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        groups: Vec::new(),
        permissions_boundary: resource.text("PermissionsBoundary").map(str::to_string),
        tags: tags(loading, resource),
        created: loading.cloud.now,
    };
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.users.insert(name.clone(), user);
    }
    inline_policies(loading, resource, Entity::User, &name);
    Identity::new(name).with("Arn", arn)
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let account = loading.cloud.accounts.get(resource.account);
    let mut users = account.into_iter().flat_map(|account| account.users.values());
    let Some(name) =
        users.find(|user| user.origin.pointer == resource.at.pointer).map(|user| user.name.clone())
    else {
        return;
    };
    attach_listed(loading, resource, Entity::User, &name);
    for (at, group) in resource.texts("Groups") {
        if exists(loading, resource, Entity::Group, &at, group) {
            join(loading, resource.account, &name, group);
        }
    }
}

/// Puts a user into a group.
pub(super) fn join(loading: &mut Loading<'_>, account: &str, user: &str, group: &str) {
    let account = loading.cloud.accounts.get_mut(account);
    if let Some(user) = account.and_then(|account| account.users.get_mut(user))
        && !user.groups.iter().any(|other| other == group)
    {
        user.groups.push(group.to_string());
    }
}
