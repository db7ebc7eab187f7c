//! ListRoles, ListUsers, ListGroups, ListInstanceProfiles, ListPolicies.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, find, names};
use super::shapes::{self, Detail, uses};
use super::{Answer, Iam};
use crate::cloud::aws_managed_policies;
use crate::gather::Gather;

/// Entities below a path, by name.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let account = iam.account()?;
    let below = |name: &&String| find(account, kind, name).is_some_and(|each| each.path.starts_with(prefix));
    let page = iam.page(names(account, kind).filter(below).cloned().gather())?;
    let shape = |name: &str| shapes::entity(account, kind, name, Detail::Listed);
    Ok(Some(page.answer(kind.facts().many, &shape)))
}

/// The account's own policies and AWS's: of these the ones that are carried.
pub(super) fn policies(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let account = iam.account()?;
    let scope = iam.input.get("Scope").unwrap_or("All");
    let mut all = Vec::new();
    if scope != "AWS" {
        all.extend_from_slice(names(account, kind).as_slice());
    }
    if scope != "Local" {
        all.append(&mut aws_managed_policies());
    }
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let (usage, attached) = (iam.input.get("PolicyUsageFilter"), iam.input.get("OnlyAttached"));
    let mut arns = Vec::new();
    for arn in all {
        let path = arn.split_once(":policy").and_then(|(_, path)| Some(path.rsplit_once('/')?.0));
        let used = || match usage {
            Some("PermissionsPolicy") => uses(account, &arn).0 > 0,
            Some(_) => uses(account, &arn).1 > 0,
            None => attached != Some("true") || uses(account, &arn).0 > 0,
        };
        if path.is_some_and(|path| [path, "/"].concat().starts_with(prefix)) && used() {
            arns.push(arn);
        }
    }
    let shape = |arn: &str| Some(shapes::policy(account, &iam.policy(arn).ok()?, Detail::Listed));
    Ok(Some(iam.page(arns)?.answer(kind.facts().many, &shape)))
}
