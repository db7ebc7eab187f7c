//! DisablePolicyType: every policy of that type is detached from everything.
//!
//! AWS page: Organizations API Reference, "DisablePolicyType".

use super::{Ask, Operation, Who, find, policy_kind, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_ROOT_NOT_FOUND, ORG_TYPE_NOT_ENABLED};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DisablePolicyType",
    required: &["RootId", "PolicyType"],
    optional: &[],
    resources: &["RootId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    find::known(ask, "RootId", ORG_ROOT_NOT_FOUND, |found, id| found.root_id == id)?;
    let kind = policy_kind(ask, "PolicyType")?;
    let (organization, _) = ask.change()?;
    if !organization.policy_types.remove(&kind) {
        return Err(ORG_TYPE_NOT_ENABLED.error());
    }
    for policy in organization.policies.values_mut().filter(|policy| policy.kind == kind) {
        policy.targets = Default::default();
    }
    Ok(object([("Root", shapes::root(organization))]))
}
