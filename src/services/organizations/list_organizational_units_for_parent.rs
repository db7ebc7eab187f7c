//! ListOrganizationalUnitsForParent: those right below a root or unit.
//!
//! AWS page: Organizations API Reference, "ListOrganizationalUnitsForParent".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_PARENT_NOT_FOUND};
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListOrganizationalUnitsForParent",
    required: &["ParentId"],
    optional: &[],
    resources: &["ParentId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, parent) = find::known(ask, "ParentId", ORG_PARENT_NOT_FOUND, find::is_parent)?;
    let inside = organization.units.iter().filter(|(_, unit)| unit.parent == parent);
    Ok(object([("OrganizationalUnits", list(inside.map(|(id, _)| shapes::unit(organization, id))))]))
}
