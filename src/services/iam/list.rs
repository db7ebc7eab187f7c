//! ListRoles, ListUsers, ListGroups, ListInstanceProfiles, ListPolicies.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, find, names};
use super::shapes::{self, Detail, uses};
use super::{Answer, Iam};
use crate::cloud::{ManagedPolicy, aws_managed_policies, aws_managed_policy};

/// Entities below a path, by name.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let account = iam.account()?;
    let below = |name: &&String| find(account, kind, name).is_some_and(|each| each.path.starts_with(prefix));
    let page = iam.page(names(account, kind).filter(below).cloned().collect())?;
    let shape = |name: &str| shapes::entity(account, kind, name, Detail::Listed);
    Ok(Some(page.answer(kind.facts().many, &shape)))
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
    let shape = |arn: &str| {
        let policy = all.iter().find(|policy| policy.arn == arn);
        policy.map(|policy| shapes::policy(account, policy, Detail::Listed))
    };
    Ok(Some(page.answer("Policies", &shape)))
}
