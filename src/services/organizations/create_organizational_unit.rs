//! CreateOrganizationalUnit. Names are unique in a parent; units nest five deep.
//!
//! AWS page: Organizations API Reference, "CreateOrganizationalUnit".

use super::{Ask, Operation, Who, find, shapes};
use crate::cloud::{Organization, OrganizationalUnit, Origin};
use crate::json::Value;
use crate::services::errors::{
    AwsError, ORG_DUPLICATE_UNIT, ORG_INVALID_INPUT, ORG_PARENT_NOT_FOUND, ORG_UNIT_DEPTH,
};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:CreateOrganizationalUnit",
    required: &["ParentId", "Name"],
    optional: &[],
    resources: &["ParentId"],
    who: Who::Management,
    run,
};

/// Units between the root and an account, at most (Organizations User Guide, "Quotas and service limits").
const DEEPEST: usize = 5;

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, parent) = find::known(ask, "ParentId", ORG_PARENT_NOT_FOUND, find::is_parent)?;
    let name = ask.text("Name");
    check_name(organization, parent, name, "")?;
    let mut depth = 1;
    let mut at = parent;
    while let Some(next) = organization.parent(at).filter(|_| depth <= DEEPEST) {
        depth += 1;
        at = next;
    }
    if depth > DEEPEST {
        return Err(ORG_UNIT_DEPTH.error().field("Reason", "OU_DEPTH_LIMIT_EXCEEDED"));
    }
    let names = ask.names();
    let id = organization.unit_id(&ask.cloud.entropy, &names.each_ref().map(String::as_str));
    let (name, parent) = (name.to_string(), parent.to_string());
    let (organization, _) = ask.change()?;
    organization.add_unit(&id, OrganizationalUnit { origin: Origin::default(), name, parent });
    Ok(object([("OrganizationalUnit", shapes::unit(organization, &id))]))
}

/// A unit's name: 1 to 128 characters, unlike those of the parent's other units.
pub(super) fn check_name(
    organization: &Organization,
    parent: &str,
    name: &str,
    own_id: &str,
) -> Result<(), AwsError> {
    if name.is_empty() || name.chars().count() > 128 {
        return Err(ORG_INVALID_INPUT.with(&[("name", "Name")]).field("Reason", "INVALID_PATTERN"));
    }
    let mut units = organization.units.iter();
    if units.any(|(id, unit)| id != own_id && unit.parent == parent && unit.name.eq_ignore_ascii_case(name)) {
        return Err(ORG_DUPLICATE_UNIT.error());
    }
    Ok(())
}
