//! DeletePolicy, when it is attached nowhere.
//!
//! AWS page: Organizations API Reference, "DeletePolicy".

use super::{Ask, Operation, Who, find};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_AWS_MANAGED, ORG_POLICY_IN_USE};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DeletePolicy",
    required: &["PolicyId"],
    optional: &[],
    resources: &["PolicyId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (id, policy) = find::policy(ask)?;
    if policy.is_aws_managed() {
        return Err(ORG_AWS_MANAGED.error().field("Reason", "IMMUTABLE_POLICY"));
    }
    if !policy.targets.is_empty() {
        return Err(ORG_POLICY_IN_USE.error());
    }
    let id = id.to_string();
    ask.change()?.0.policies.remove(&id);
    Ok(Value::Null)
}
