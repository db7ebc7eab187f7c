//! UpdateOrganizationalUnit: another name.
//!
//! AWS page: Organizations API Reference, "UpdateOrganizationalUnit".

use super::{Ask, Operation, Who, create_organizational_unit::check_name, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_UNIT_NOT_FOUND};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:UpdateOrganizationalUnit",
    required: &["OrganizationalUnitId"],
    optional: &["Name"],
    resources: &["OrganizationalUnitId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, id) = find::known(ask, "OrganizationalUnitId", ORG_UNIT_NOT_FOUND, |found, id| {
        found.units.contains_key(id)
    })?;
    let name = ask.text("Name");
    if !name.is_empty() {
        check_name(organization, organization.parent(id).unwrap_or_default(), name, id)?;
    }
    let (id, name) = (id.to_string(), name.to_string());
    let (organization, _) = ask.change()?;
    if let Some(unit) = organization.units.get_mut(&id).filter(|_| !name.is_empty()) {
        unit.name = name;
    }
    Ok(object([("OrganizationalUnit", shapes::unit(organization, &id))]))
}
