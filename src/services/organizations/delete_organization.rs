//! DeleteOrganization, when only the management account is left.
//!
//! AWS page: Organizations API Reference, "DeleteOrganization".

use super::{Ask, Operation, Who};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_NOT_EMPTY};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DeleteOrganization",
    required: &[],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let organization = ask.organization()?;
    if organization.accounts.len() > 1 || !organization.units.is_empty() {
        return Err(ORG_NOT_EMPTY.error());
    }
    ask.cloud.organizations.remove(&ask.management);
    Ok(Value::Null)
}
