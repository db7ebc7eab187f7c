//! Policies that AWS manages and a template names by ARN.
//!
//! AWS page: AWS Managed Policy Reference. [`crate::cloud::aws_managed_policy`] knows their documents.

use super::findings::At;
use super::loading::Loading;
use crate::cloud::{AWS_MANAGED, aws_managed_policy};
use crate::policy::Policy;
use std::sync::Arc;

/// What the ARN of each policy that AWS manages begins with.
pub(crate) const PREFIX: &str = AWS_MANAGED;

/// Whether the policy of that ARN is carried, and then it exists; if not, that is a finding.
pub(crate) fn provide(loading: &mut Loading<'_>, at: At<'_>, arn: &str) -> bool {
    if loading.cloud.aws_managed_policies.contains_key(arn) {
        return true;
    }
    let Some(policy) = carried(arn) else {
        loading.findings.warning("diagnostic.not-modelled.managed-policy", at, &[("arn", arn)]);
        return false;
    };
    loading.cloud.aws_managed_policies.insert(arn.to_string(), policy);
    true
}

/// A permissions boundary of that ARN: what one that isn't carried allows can't be known, so that nothing passes it.
pub(crate) fn provide_boundary(loading: &mut Loading<'_>, at: At<'_>, arn: &str) {
    if loading.cloud.aws_managed_policies.contains_key(arn) {
        return;
    }
    let policy = carried(arn).unwrap_or_else(|| {
        loading.findings.warning("diagnostic.not-modelled.boundary", at, &[("arn", arn)]);
        Arc::new(Policy::unknown(arn, ""))
    });
    loading.cloud.aws_managed_policies.insert(arn.to_string(), policy);
}

fn carried(arn: &str) -> Option<Arc<Policy>> {
    Some(aws_managed_policy(arn)?.policy)
}
