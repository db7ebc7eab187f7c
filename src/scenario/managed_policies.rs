//! Policies that AWS manages and a template names by ARN.
//!
//! AWS page: AWS Managed Policy Reference. The documents are carried in `src/data/managed-policies.json`, which
//! `managed_policies.py` beside it makes. Left out on purpose: all but a few common ones, ReadOnlyAccess too.

use super::findings::At;
use super::loading::Loading;
use super::policy_text;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use std::sync::Arc;

const CARRIED: &str = include_str!("../data/managed-policies.json");

/// What the ARN of each policy that AWS manages begins with.
pub(crate) const PREFIX: &str = "arn:aws:iam::aws:policy/";

/// Whether the policy of that ARN is carried, and then it exists; if not, that is a finding.
pub(crate) fn provide(loading: &mut Loading<'_>, at: &At<'_>, arn: &str) -> bool {
    if loading.cloud.aws_managed_policies.contains_key(arn) {
        return true;
    }
    let Some(policy) = carried(arn) else {
        loading.findings.warning("diagnostic.not-modelled.managed-policy", at, &[("arn", arn)]);
        return false;
    };
    loading.cloud.aws_managed_policies.insert(arn.to_string(), Arc::new(policy));
    true
}

/// A permissions boundary of that ARN: what one that isn't carried allows can't be known, so that nothing passes it.
pub(crate) fn provide_boundary(loading: &mut Loading<'_>, at: &At<'_>, arn: &str) {
    if loading.cloud.aws_managed_policies.contains_key(arn) {
        return;
    }
    let policy = carried(arn).unwrap_or_else(|| {
        loading.findings.warning("diagnostic.not-modelled.boundary", at, &[("arn", arn)]);
        Policy::unknown(arn, "")
    });
    loading.cloud.aws_managed_policies.insert(arn.to_string(), Arc::new(policy));
}

/// The document of a carried policy, in its own lines.
fn carried(arn: &str) -> Option<Policy> {
    let all = json::parse(CARRIED).ok()?;
    let document = all.get("policies")?.get(arn)?.get("document")?;
    let span = document.span;
    let text: Arc<str> = policy_text::dedent(CARRIED, span.start as usize, span.end as usize).text.into();
    let node = json::parse(&text).ok()?;
    Policy::parse(arn, Some(arn.to_string()), "", text, &node, PolicyKind::Identity).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_carried_policy_is_one() {
        let all = json::parse(CARRIED).unwrap();
        let names: Vec<&str> =
            all.get("policies").unwrap().members().iter().map(|member| &*member.key).collect();
        assert!(names.contains(&"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        for name in names {
            assert!(
                carried(name).is_some_and(|policy| policy.text.starts_with("{\n  \"Version\"")),
                "{name}"
            );
        }
    }
}
