//! EnablePolicyType: policies of that type bind, AWS's own first.
//!
//! AWS page: Organizations API Reference, "EnablePolicyType".

use super::{Ask, Operation, Who, find, policy_kind, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_ROOT_NOT_FOUND, ORG_TYPE_ENABLED, ORG_TYPE_NOT_AVAILABLE};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:EnablePolicyType",
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
    if !organization.all_features {
        return Err(ORG_TYPE_NOT_AVAILABLE.error());
    }
    if organization.policy_types.contains(&kind) {
        return Err(ORG_TYPE_ENABLED.error());
    }
    organization.enable(kind);
    Ok(object([("Root", shapes::root(organization))]))
}
