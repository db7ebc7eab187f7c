//! ListRoles, ListUsers, ListGroups, ListInstanceProfiles, ListPolicies.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::Kind;
use super::shapes::{self, Detail, uses};
use super::{Answer, Iam};
use crate::cloud::{ManagedPolicy, aws_managed_policies, aws_managed_policy};

/// Entities below a path, by name.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let account = iam.account()?;
    let mut keys: Vec<String> = Vec::new();
    let mut add = |path: &str, name: &str| {
        if path.starts_with(prefix) {
            keys.push(name.to_string());
        }
    };
    match kind {
        Kind::User => account.users.values().for_each(|user| add(&user.path, &user.name)),
        Kind::Group => account.groups.values().for_each(|group| add(&group.path, &group.name)),
        Kind::Role => account.roles.values().for_each(|role| add(&role.path, &role.name)),
        _ => account.instance_profiles.values().for_each(|profile| add(&profile.path, &profile.name)),
    }
    let page = iam.page(keys)?;
    let mut items = Vec::new();
    for name in &page.keys {
        let user = account.users.get(name).filter(|_| kind == Kind::User);
        items.extend(user.map(|user| shapes::user(user, Detail::Listed)));
        items.extend(account.groups.get(name).filter(|_| kind == Kind::Group).map(shapes::group));
        let role = account.roles.get(name).filter(|_| kind == Kind::Role);
        items.extend(role.map(|role| shapes::role(role, Detail::Listed)));
        let profile = account.instance_profiles.get(name).filter(|_| kind == Kind::InstanceProfile);
        items.extend(profile.map(|profile| shapes::instance_profile(account, profile, Detail::Listed)));
    }
    let name = match kind {
        Kind::User => "Users",
        Kind::Group => "Groups",
        Kind::Role => "Roles",
        _ => "InstanceProfiles",
    };
    Ok(Some(page.answer(name, items)))
}

/// The account's own policies and AWS's: of these the ones that are carried.
pub(super) fn policies(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let account = iam.account()?;
    let scope = iam.input.get("Scope").unwrap_or("All");
    let mut all: Vec<ManagedPolicy> = Vec::new();
    if scope != "AWS" {
        all.extend(account.managed_policies.values().cloned());
    }
    if scope != "Local" {
        all.extend(aws_managed_policies().iter().filter_map(|arn| aws_managed_policy(arn)));
    }
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let usage = iam.input.get("PolicyUsageFilter");
    all.retain(|policy| {
        let used = || match usage {
            Some("PermissionsPolicy") => uses(account, &policy.arn).0 > 0,
            Some(_) => uses(account, &policy.arn).1 > 0,
            None => iam.input.get("OnlyAttached") != Some("true") || uses(account, &policy.arn).0 > 0,
        };
        policy.path.starts_with(prefix) && used()
    });
    let page = iam.page(all.iter().map(|policy| policy.arn.clone()).collect())?;
    let shown = all.iter().filter(|policy| page.keys.contains(&policy.arn));
    let items = shown.map(|policy| shapes::policy(account, policy, Detail::Listed)).collect();
    Ok(Some(page.answer("Policies", items)))
}
