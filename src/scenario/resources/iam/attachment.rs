//! Policies of users, groups and roles: attached managed policies and inline ones, with their limits.
//!
//! AWS page: IAM User Guide, "IAM and AWS STS quotas".

use crate::cloud::{Account, InlinePolicy};
use crate::policy::Policy;
use crate::scenario::fields;
use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};
use crate::scenario::managed_policies;
use crate::scenario::resources::known::{Kind, is_known, texts};
use std::sync::Arc;

/// What IAM allows one kind of entity.
struct Limits {
    kind: Kind,
    /// The property that lists entities of this kind by name.
    property: &'static str,
    /// Most managed policies.
    most_attached: usize,
    /// Most characters of all inline policies together, without white space.
    inline_size: usize,
}

const LIMITS: [Limits; 3] = [
    Limits { kind: Kind::Role, property: "Roles", most_attached: 20, inline_size: 10_240 },
    Limits { kind: Kind::User, property: "Users", most_attached: 10, inline_size: 2_048 },
    Limits { kind: Kind::Group, property: "Groups", most_attached: 10, inline_size: 5_120 },
];

fn limits(kind: Kind) -> Option<&'static Limits> {
    LIMITS.iter().find(|limits| limits.kind == kind)
}

/// The policies of one entity: those attached, and its inline ones.
fn holder<'c>(
    account: &'c mut Account,
    kind: Kind,
    name: &str,
) -> Option<(&'c mut Vec<String>, &'c mut Vec<InlinePolicy>)> {
    Some(match kind {
        Kind::User => {
            let user = account.users.get_mut(name)?;
            (&mut user.attached_policies, &mut user.inline_policies)
        }
        Kind::Group => {
            let group = account.groups.get_mut(name)?;
            (&mut group.attached_policies, &mut group.inline_policies)
        }
        Kind::Role => {
            let role = account.roles.get_mut(name)?;
            (&mut role.attached_policies, &mut role.inline_policies)
        }
        _ => return None,
    })
}

/// Those of an entity of the resource's account, with what IAM allows it.
fn held<'c>(
    loading: &'c mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    name: &str,
) -> Option<(&'c mut Vec<String>, &'c mut Vec<InlinePolicy>, &'static Limits)> {
    let account = loading.cloud.accounts.get_mut(resource.account)?;
    let (attached, inline) = holder(account, kind, name)?;
    Some((attached, inline, limits(kind)?))
}

/// The entities that `Roles`, `Users` and `Groups` of a resource name; unknown names are findings.
fn named<'r>(loading: &mut Loading<'_>, resource: &'r Resource<'_>) -> Vec<(Kind, At<'r>, &'r str)> {
    let mut named = Vec::new();
    for limits in &LIMITS {
        let given = texts(resource.property(limits.property));
        named.extend(given.into_iter().map(|(at, name)| (limits.kind, at, name)));
    }
    if named.is_empty() && resource.at.field("Type").and_then(At::text) == Some("AWS::IAM::Policy") {
        loading.findings.error("diagnostic.policy-of-nobody", resource.at, &[]);
    }
    named.retain(|(kind, at, name)| is_known(loading, resource, *kind, (*at, name)));
    named
}

/// Attaches a managed policy to everything that the resource lists.
pub(in crate::scenario::resources) fn attach_managed(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    arn: &str,
) {
    for (kind, at, name) in named(loading, resource) {
        attach(loading, resource, kind, (at, name), arn);
    }
}

/// Attaches one managed policy to one entity; more than AWS allows is a finding.
fn attach(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    (at, name): (At<'_>, &str),
    arn: &str,
) {
    let Some((attached, _, limits)) = held(loading, resource, kind, name) else { return };
    if attached.iter().any(|other| other == arn) {
        return;
    }
    if attached.len() < limits.most_attached {
        attached.push(arn.to_string());
        return;
    }
    let limit = limits.most_attached.to_string();
    loading.findings.error("diagnostic.too-many-policies", at, &[("name", name), ("limit", &limit)]);
}

/// Attaches what `ManagedPolicyArns` of an entity's own resource lists, in order.
pub(in crate::scenario::resources) fn attach_listed(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
) {
    let Some(name) = resource.reference.as_deref() else { return };
    if held(loading, resource, kind, name).is_none() {
        return;
    }
    for (at, arn) in texts(resource.property("ManagedPolicyArns")) {
        if managed_policy_exists(loading, at, arn) {
            attach(loading, resource, kind, (at, name), arn);
        }
    }
    if let Some((at, arn)) = resource.given("PermissionsBoundary") {
        if arn.starts_with(managed_policies::PREFIX) {
            managed_policies::provide_boundary(loading, at, arn);
        } else {
            managed_policy_exists(loading, at, arn);
        }
    }
}

/// Whether a managed policy of that ARN exists, of an account or built in; if not, a finding.
fn managed_policy_exists(loading: &mut Loading<'_>, at: At<'_>, arn: &str) -> bool {
    if arn.starts_with(managed_policies::PREFIX) {
        return managed_policies::provide(loading, at, arn);
    }
    let Loading { cloud, findings, .. } = loading;
    let exists = cloud.accounts.values().any(|account| account.managed_policies.contains_key(arn));
    if !exists {
        let known = cloud.accounts.values().flat_map(|account| account.managed_policies.keys());
        fields::unknown(findings, fields::ENTITY, at.span(), arn, &mut known.map(String::as_str));
    }
    exists
}

/// Puts an inline policy into everything that the resource lists.
pub(in crate::scenario::resources) fn attach_inline(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    policy: &Arc<Policy>,
) {
    let policy_name = resource.text("PolicyName").unwrap_or_default();
    for (kind, at, name) in named(loading, resource) {
        put_inline(loading, resource, kind, (at, name), (policy_name, policy));
    }
}

/// Puts one inline policy into one entity; a second one of that name, or too much text, is a finding.
pub(in crate::scenario::resources) fn put_inline(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: Kind,
    (at, name): (At<'_>, &str),
    (policy_name, policy): (&str, &Arc<Policy>),
) {
    let Some((_, inline, limits)) = held(loading, resource, kind, name) else { return };
    if inline.iter().any(|other| other.name == policy_name) {
        let params = [("name", policy_name), ("other", name)];
        loading.findings.error("diagnostic.duplicate-name", at, &params);
        return;
    }
    let length = |policy: &Policy| policy.text.chars().filter(|c| !c.is_whitespace()).count();
    let size = inline.iter().map(|other| length(&other.policy)).sum::<usize>() + length(policy);
    // Those that fit are few, so that counting them again costs little.
    if size <= limits.inline_size {
        inline.push(InlinePolicy { name: policy_name.to_string(), policy: policy.clone() });
        return;
    }
    let (limit, size) = (limits.inline_size.to_string(), size.to_string());
    let params = [("name", name), ("limit", &*limit), ("size", &*size)];
    loading.findings.error("diagnostic.inline-policies-too-long", at, &params);
}
