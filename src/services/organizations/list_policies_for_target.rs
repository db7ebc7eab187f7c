//! ListPoliciesForTarget: those attached to it directly.
//!
//! AWS page: Organizations API Reference, "ListPoliciesForTarget".

use super::{Ask, Operation, Who, find, policy_kind, shapes};
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_TARGET_NOT_FOUND};
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListPoliciesForTarget",
    required: &["TargetId", "Filter"],
    optional: &[],
    resources: &["TargetId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let kind = policy_kind(ask, "Filter")?;
    let (organization, target) = find::known(ask, "TargetId", ORG_TARGET_NOT_FOUND, Organization::has)?;
    let policies = organization.attached(target, kind);
    Ok(object([("Policies", list(policies.map(|(id, policy)| shapes::policy_summary(id, policy))))]))
}
