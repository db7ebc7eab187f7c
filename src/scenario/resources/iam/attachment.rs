//! Policies of users, groups and roles: attached managed policies and inline ones, with their limits.
//!
//! AWS page: IAM User Guide, "IAM and AWS STS quotas".

use crate::cloud::{Account, InlinePolicy};
use crate::policy::Policy;
use crate::scenario::fields;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};
use crate::scenario::managed_policies;
use std::sync::Arc;

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario::resources) enum Entity {
    User,
    Group,
    Role,
}

impl Entity {
    /// Most managed policies.
    fn most_attached(self) -> usize {
        match self {
            Entity::Role => 20,
            Entity::User | Entity::Group => 10,
        }
    }

    /// Most characters of all inline policies together, without white space.
    fn inline_size(self) -> usize {
        match self {
            Entity::User => 2_048,
            Entity::Group => 5_120,
            Entity::Role => 10_240,
        }
    }

    /// The property that lists entities of this kind by name.
    fn property(self) -> &'static str {
        match self {
            Entity::User => "Users",
            Entity::Group => "Groups",
            Entity::Role => "Roles",
        }
    }

    const ALL: [Entity; 3] = [Entity::Role, Entity::User, Entity::Group];
}

/// The lists of policies of one entity.
struct Holder<'c> {
    attached: &'c mut Vec<String>,
    inline: &'c mut Vec<InlinePolicy>,
}

fn holder<'c>(account: &'c mut Account, entity: Entity, name: &str) -> Option<Holder<'c>> {
    let (attached, inline) = match entity {
        Entity::User => {
            let user = account.users.get_mut(name)?;
            (&mut user.attached_policies, &mut user.inline_policies)
        }
        Entity::Group => {
            let group = account.groups.get_mut(name)?;
            (&mut group.attached_policies, &mut group.inline_policies)
        }
        Entity::Role => {
            let role = account.roles.get_mut(name)?;
            (&mut role.attached_policies, &mut role.inline_policies)
        }
    };
    Some(Holder { attached, inline })
}

/// Names of an account's entities of one kind.
pub(in crate::scenario::resources) fn names(account: &Account, entity: Entity) -> Vec<&str> {
    match entity {
        Entity::User => account.users.keys().map(String::as_str).collect(),
        Entity::Group => account.groups.keys().map(String::as_str).collect(),
        Entity::Role => account.roles.keys().map(String::as_str).collect(),
    }
}

/// Runs `change` on each entity that `Roles`, `Users` and `Groups` of a resource name; unknown names are findings.
fn for_each_named(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    mut change: impl FnMut(&mut Loading<'_>, Entity, &At<'_>, &str),
) {
    let mut any = false;
    for entity in Entity::ALL {
        for (at, name) in resource.texts(entity.property()) {
            any = true;
            if exists(loading, resource, entity, &at, name) {
                change(loading, entity, &at, name);
            }
        }
    }
    if !any && resource.at.node.get("Type").and_then(|kind| kind.as_str()) == Some("AWS::IAM::Policy") {
        loading.findings.error("diagnostic.policy-of-nobody", &resource.at, &[]);
    }
}

/// Whether the account has that entity; if not, a finding.
pub(in crate::scenario::resources) fn exists(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    entity: Entity,
    at: &At<'_>,
    name: &str,
) -> bool {
    let Loading { cloud, findings, .. } = loading;
    let Some(account) = cloud.accounts.get(resource.account) else {
        return false;
    };
    let known = names(account, entity);
    let exists = known.contains(&name);
    if !exists {
        fields::unknown(findings, fields::ENTITY, (&at.pointer, at.node.span), name, known);
    }
    exists
}

/// Attaches a managed policy to everything that the resource lists.
pub(in crate::scenario::resources) fn attach_managed(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    arn: &str,
) {
    for_each_named(loading, resource, |loading, entity, at, name| {
        attach(loading, resource.account, entity, (at, name), arn);
    });
}

/// Attaches one managed policy to one entity; more than AWS allows is a finding.
fn attach(loading: &mut Loading<'_>, account: &str, entity: Entity, (at, name): (&At<'_>, &str), arn: &str) {
    let account = loading.cloud.accounts.get_mut(account);
    let Some(holder) = account.and_then(|account| holder(account, entity, name)) else {
        return;
    };
    if !holder.attached.iter().any(|other| other == arn) {
        holder.attached.push(arn.to_string());
    }
    if holder.attached.len() > entity.most_attached() {
        let limit = entity.most_attached().to_string();
        loading.findings.error("diagnostic.too-many-policies", at, &[("name", name), ("limit", &limit)]);
    }
}

/// Attaches what `ManagedPolicyArns` of an entity's own resource lists, in order.
pub(in crate::scenario::resources) fn attach_listed(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    entity: Entity,
    name: &str,
) {
    for (at, arn) in resource.texts("ManagedPolicyArns") {
        if managed_policy_exists(loading, &at, arn) {
            attach(loading, resource.account, entity, (&at, name), arn);
        }
    }
    if let Some((at, arn)) = resource.given("PermissionsBoundary") {
        if arn.starts_with(managed_policies::PREFIX) {
            managed_policies::provide_boundary(loading, &at, arn);
        } else {
            managed_policy_exists(loading, &at, arn);
        }
    }
}

/// Whether a managed policy of that ARN exists, of an account or built in; if not, a finding.
fn managed_policy_exists(loading: &mut Loading<'_>, at: &At<'_>, arn: &str) -> bool {
    let Loading { cloud, findings, .. } = loading;
    if arn.starts_with(managed_policies::PREFIX) {
        return managed_policies::provide(loading, at, arn);
    }
    let accounts = cloud.accounts.values();
    let known: Vec<&str> =
        accounts.flat_map(|account| account.managed_policies.keys()).map(String::as_str).collect();
    if known.contains(&arn) {
        return true;
    }
    fields::unknown(findings, fields::ENTITY, (&at.pointer, at.node.span), arn, known);
    false
}

/// Puts an inline policy into everything that the resource lists.
pub(in crate::scenario::resources) fn attach_inline(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    policy: &Arc<Policy>,
) {
    let policy_name = resource.text("PolicyName").unwrap_or_default().to_string();
    for_each_named(loading, resource, |loading, entity, at, name| {
        let account = resource.account;
        put_inline(loading, account, entity, (at, name), (&policy_name, policy));
    });
}

/// Puts one inline policy into one entity; a second one of that name, or too much text, is a finding.
pub(in crate::scenario::resources) fn put_inline(
    loading: &mut Loading<'_>,
    account: &str,
    entity: Entity,
    (at, name): (&At<'_>, &str),
    (policy_name, policy): (&str, &Arc<Policy>),
) {
    let account = loading.cloud.accounts.get_mut(account);
    let Some(holder) = account.and_then(|account| holder(account, entity, name)) else {
        return;
    };
    if holder.inline.iter().any(|other| other.name == policy_name) {
        let params = [("name", policy_name), ("other", name)];
        loading.findings.error("diagnostic.duplicate-name", at, &params);
        return;
    }
    holder.inline.push(InlinePolicy { name: policy_name.to_string(), policy: policy.clone() });
    let text = |policy: &InlinePolicy| policy.policy.text.chars().filter(|c| !c.is_whitespace()).count();
    let size: usize = holder.inline.iter().map(text).sum();
    if size > entity.inline_size() {
        let (limit, size) = (entity.inline_size().to_string(), size.to_string());
        let params = [("name", name), ("limit", &*limit), ("size", &*size)];
        loading.findings.error("diagnostic.inline-policies-too-long", at, &params);
    }
}
