//! AttachPolicy: a policy binds a root, unit or account.
//!
//! AWS page: Organizations API Reference, "AttachPolicy".

use super::{Ask, Operation, Who, find};
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::errors::{
    AwsError, ORG_ATTACHED, ORG_TARGET_NOT_FOUND, ORG_TOO_MANY_ATTACHED, ORG_TYPE_NOT_ENABLED,
};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:AttachPolicy",
    required: &["PolicyId", "TargetId"],
    optional: &[],
    resources: &["PolicyId", "TargetId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (policy_id, policy) = find::policy(ask)?;
    let (organization, target) = find::known(ask, "TargetId", ORG_TARGET_NOT_FOUND, Organization::has)?;
    if !organization.policy_types.contains(&policy.kind) {
        return Err(ORG_TYPE_NOT_ENABLED.error());
    }
    if policy.targets.contains(target) {
        return Err(ORG_ATTACHED.error());
    }
    if organization.attached(target, policy.kind).count() >= policy.kind.most_attached() {
        return Err(ORG_TOO_MANY_ATTACHED
            .error()
            .field("Reason", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"));
    }
    let (policy_id, target) = (policy_id.to_string(), target.to_string());
    if let Some(policy) = ask.change()?.0.policies.get_mut(&policy_id) {
        policy.targets.insert(target);
    }
    Ok(Value::Null)
}
