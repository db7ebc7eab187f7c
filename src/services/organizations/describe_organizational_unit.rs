//! DescribeOrganizationalUnit.
//!
//! AWS page: Organizations API Reference, "DescribeOrganizationalUnit".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_UNIT_NOT_FOUND};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DescribeOrganizationalUnit",
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
    Ok(object([("OrganizationalUnit", shapes::unit(organization, id))]))
}
