//! DeleteOrganizationalUnit, when nothing is in it.
//!
//! AWS page: Organizations API Reference, "DeleteOrganizationalUnit".

use super::{Ask, Operation, Who, find};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_UNIT_NOT_EMPTY, ORG_UNIT_NOT_FOUND};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DeleteOrganizationalUnit",
    required: &["OrganizationalUnitId"],
    optional: &[],
    resources: &["OrganizationalUnitId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, id) = find::known(ask, "OrganizationalUnitId", ORG_UNIT_NOT_FOUND, |found, id| {
        found.units.contains_key(id)
    })?;
    let is_inside = |other: &String| organization.parent(other) == Some(id);
    if organization.units.keys().chain(organization.accounts.keys()).any(is_inside) {
        return Err(ORG_UNIT_NOT_EMPTY.error());
    }
    let id = id.to_string();
    let (organization, _) = ask.change()?;
    organization.units.remove(&id);
    for policy in organization.policies.values_mut() {
        policy.targets.remove(&id);
    }
    Ok(Value::Null)
}
