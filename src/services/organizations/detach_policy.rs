//! DetachPolicy. One SCP must stay on every root, unit and account; RCPFullAWSAccess stays everywhere.
//!
//! AWS page: Organizations API Reference, "DetachPolicy".

use super::{Ask, Operation, Who, find};
use crate::cloud::{ControlPolicyKind, Organization};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_LAST_POLICY, ORG_NOT_ATTACHED, ORG_TARGET_NOT_FOUND};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DetachPolicy",
    required: &["PolicyId", "TargetId"],
    optional: &[],
    resources: &["PolicyId", "TargetId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (policy_id, policy) = find::policy(ask)?;
    let (organization, target) = find::known(ask, "TargetId", ORG_TARGET_NOT_FOUND, Organization::has)?;
    if !policy.targets.contains(target) {
        return Err(ORG_NOT_ATTACHED.error());
    }
    let is_last = organization.attached(target, policy.kind).count() == 1;
    if is_last || policy_id == ControlPolicyKind::Resource.default_id() {
        return Err(ORG_LAST_POLICY.error().field("Reason", "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"));
    }
    let (policy_id, target) = (policy_id.to_string(), target.to_string());
    if let Some(policy) = ask.change()?.0.policies.get_mut(&policy_id) {
        policy.targets.remove(&target);
    }
    Ok(Value::Null)
}
