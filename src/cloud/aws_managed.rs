//! Policies that AWS manages. AWS page: AWS Managed Policy Reference.
//!
//! The documents are carried in `src/data/managed-policies.json`, which `managed_policies.py` beside it makes.
//! Left out on purpose: all but a few common ones, ReadOnlyAccess too; when AWS made them.

use super::{ManagedPolicy, Origin};
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::ids::Entropy;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use std::sync::Arc;

const CARRIED: &str = include_str!("../data/managed-policies.json");

/// What the ARN of each policy that AWS manages begins with.
pub const AWS_MANAGED: &str = "arn:aws:iam::aws:policy/";

/// The carried policy of that ARN, its document in its own lines; made at the epoch: when AWS made it isn't carried.
pub fn aws_managed_policy(arn: &str) -> Option<ManagedPolicy> {
    let all = json::parse(CARRIED).ok()?;
    let carried = all.get("policies")?.get(arn)?;
    let node = carried.get("document")?;
    let text: Arc<str> = json::to_pretty(node, 2).into();
    let node = json::parse(&text).ok()?;
    let policy = Policy::parse(arn, Some(arn.to_string()), "", text, &node, PolicyKind::Identity).ok()?;
    let (path, name) = arn.strip_prefix("arn:aws:iam::aws:policy")?.rsplit_once('/')?;
    let id = Entropy::new(0).unique_id("ANPA", &[arn]);
    let names = [name.to_string(), format!("{path}/"), arn.to_string(), id];
    let mut managed = ManagedPolicy::new(Origin::default(), names, Arc::new(policy), Timestamp::default());
    let number = carried.get("version")?.as_str()?.strip_prefix('v')?.parse().ok()?;
    managed.default_version = number;
    for version in &mut managed.versions {
        version.number = number;
    }
    Some(managed)
}

/// The ARNs of the carried policies, in order.
pub fn aws_managed_policies() -> Vec<String> {
    let all = json::parse(CARRIED).ok();
    let policies = all.as_ref().and_then(|all| all.get("policies"));
    let members = policies.map_or(&[][..], |policies| policies.members());
    members.iter().map(|member| member.key.to_string()).gather()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_carried_policy_is_one() {
        let names = aws_managed_policies();
        assert!(names.iter().any(|name| name == "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        for name in names {
            let policy = aws_managed_policy(&name).unwrap_or_else(|| panic!("{name}"));
            assert!(policy.policy.text.starts_with("{\n  \"Version\""), "{}", policy.policy.text);
        }
    }
}
