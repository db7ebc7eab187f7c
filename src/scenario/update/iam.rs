//! Users, groups, roles, policies, instance profiles.

use super::{merge_list, merge_map, set};
use crate::clock::Timestamp;
use crate::cloud::{Account, Role};
use crate::policy::Policy;
use crate::sorted::SortedMap;

/// Carries over what a patch changes.
pub(super) fn update(account: &mut Account, (before, after): (&Account, &Account), now: Timestamp) {
    merge_map(
        &mut account.roles,
        (&before.roles, &after.roles),
        &|role| role.created = now,
        &|live, before, after| {
            set_each!(live, before, after: origin, path, arn, id, description, trust_policy);
            merge_list(&mut live.inline_policies, &before.inline_policies, &after.inline_policies);
            merge_list(&mut live.attached_policies, &before.attached_policies, &after.attached_policies);
            set_each!(live, before, after: permissions_boundary, max_session_duration, tags);
        },
    );
    merge_map(
        &mut account.users,
        (&before.users, &after.users),
        &|user| user.created = now,
        &|live, before, after| {
            set_each!(live, before, after: origin, path, arn, id);
            merge_list(&mut live.inline_policies, &before.inline_policies, &after.inline_policies);
            merge_list(&mut live.attached_policies, &before.attached_policies, &after.attached_policies);
            merge_list(&mut live.groups, &before.groups, &after.groups);
            set_each!(live, before, after: permissions_boundary, tags);
        },
    );
    update_groups(account, before, after);
}

/// Groups, managed policies, instance profiles.
fn update_groups(account: &mut Account, before: &Account, after: &Account) {
    merge_map(&mut account.groups, (&before.groups, &after.groups), &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, path, arn, id);
        merge_list(&mut live.inline_policies, &before.inline_policies, &after.inline_policies);
        merge_list(&mut live.attached_policies, &before.attached_policies, &after.attached_policies);
    });
    let devices = (&before.mfa_devices, &after.mfa_devices);
    merge_map(&mut account.mfa_devices, devices, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, user, enabled, tags);
    });
    let policies = (&before.managed_policies, &after.managed_policies);
    merge_map(&mut account.managed_policies, policies, &|_| {}, &set);
    let profiles = (&before.instance_profiles, &after.instance_profiles);
    merge_map(&mut account.instance_profiles, profiles, &|_| {}, &|live, before, after| {
        set_each!(live, before, after: origin, path, arn, id, role);
    });
}

/// What the metadata service's credentials depend on: the profile, and of the role what STS binds to a session.
#[derive(PartialEq)]
pub(super) struct WayToRole<'a> {
    profile: &'a str,
    role: Option<Bound<'a>>,
}

/// What STS binds to a session of a role.
#[derive(PartialEq)]
struct Bound<'a> {
    arn: &'a str,
    id: &'a str,
    trust_policy: &'a Policy,
    max_session_duration: u32,
    tags: &'a SortedMap<String, String>,
}

/// From an instance profile's ARN to the role.
pub(super) fn way_to_role<'a>(account: &'a Account, profile: Option<&str>) -> Option<WayToRole<'a>> {
    let profile = account.instance_profiles.values().find(|other| Some(other.arn.as_str()) == profile)?;
    let role = profile.role.as_ref().and_then(|name| account.roles.get(name));
    let bound = |role: &'a Role| Bound {
        arn: &role.arn,
        id: &role.id,
        trust_policy: &role.trust_policy,
        max_session_duration: role.max_session_duration,
        tags: &role.tags,
    };
    Some(WayToRole { profile: &profile.id, role: role.map(bound) })
}
