//! AWS::IAM::User. AWS page: CloudFormation Template Reference, "AWS::IAM::User".

use super::role::inline_policies;
use super::{EntityKind, INLINE_POLICIES, Kind, attach_listed, entity_name, is_known, path, texts};
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
        tags: resource.tags.clone(),
        created: loading.cloud.now,
    };
    if let Some(account) = loading.cloud.accounts.get_mut(resource.account) {
        account.users.insert(name.clone(), user);
    }
    inline_policies(loading, resource, Kind::User, &name);
    Identity::new(&name, &[&arn])
}

fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    attach_listed(loading, resource, Kind::User);
    for (at, group) in texts(resource.property("Groups")) {
        if is_known(loading, resource, Kind::Group, (at, group)) {
            join(loading, resource.account, resource.reference.as_deref().unwrap_or_default(), group);
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
