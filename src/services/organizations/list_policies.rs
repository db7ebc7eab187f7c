//! ListPolicies of one type, AWS's own among them.
//!
//! AWS page: Organizations API Reference, "ListPolicies".

use super::{Ask, Operation, Who, policy_kind, shapes};
use crate::json::Value;
use crate::services::errors::AwsError;
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListPolicies",
    required: &["Filter"],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let kind = policy_kind(ask, "Filter")?;
    let policies = ask.organization()?.policies.iter().filter(|(_, policy)| policy.kind == kind);
    Ok(object([("Policies", list(policies.map(|(id, policy)| shapes::policy_summary(id, policy))))]))
}
