//! Organizational units: Create, Delete, Describe, Update, List.
//!
//! AWS page: Organizations API Reference, "CreateOrganizationalUnit" and its likes.

use super::{Answer, Ask, shapes};
use crate::cloud::{Organization, OrganizationalUnit, Origin};
use crate::json::Value;
use crate::services::errors::*;
use crate::services::protocol::json::one;

/// Units between the root and an account, at most (Organizations User Guide, "Quotas and service limits").
const DEEPEST: usize = 5;

/// CreateOrganizationalUnit.
pub(super) fn create(ask: &mut Ask<'_>) -> Answer {
    let (parent, organization, name) = (ask.parent()?, ask.organization()?, ask.text("Name"));
    check_name(organization, parent, name, "")?;
    // The way to the parent begins with the root.
    if organization.way_to(parent).len() > DEEPEST {
        return Err(ORG_UNIT_DEPTH.error().field("Reason", "OU_DEPTH_LIMIT_EXCEEDED"));
    }
    let names = ask.names();
    let id = organization.unit_id(&ask.cloud.entropy, &names.each_ref().map(String::as_str));
    let (name, parent) = (name.to_string(), parent.to_string());
    let organization = ask.change()?;
    organization.add_unit(&id, OrganizationalUnit { origin: Origin::default(), name, parent });
    Ok(told(organization, &id))
}

/// DeleteOrganizationalUnit, when nothing is in it.
pub(super) fn delete(ask: &mut Ask<'_>) -> Answer {
    let (id, organization) = (named(ask)?, ask.organization()?);
    let is_inside = |other: &String| organization.parent(other) == Some(id);
    if organization.units.keys().any(is_inside) || organization.accounts.keys().any(is_inside) {
        return Err(ORG_UNIT_NOT_EMPTY.error());
    }
    let organization = ask.change()?;
    organization.units.remove(id);
    for policy in organization.policies.values_mut() {
        policy.targets.remove(id);
    }
    Ok(Value::Null)
}

/// DescribeOrganizationalUnit.
pub(super) fn describe(ask: &mut Ask<'_>) -> Answer {
    let id = named(ask)?;
    Ok(told(ask.organization()?, id))
}

/// UpdateOrganizationalUnit: another name.
pub(super) fn update(ask: &mut Ask<'_>) -> Answer {
    let (id, organization, name) = (named(ask)?, ask.organization()?, ask.text("Name"));
    if !name.is_empty() {
        check_name(organization, organization.parent(id).unwrap_or_default(), name, id)?;
    }
    let organization = ask.change()?;
    if let Some(unit) = organization.units.get_mut(id).filter(|_| !name.is_empty()) {
        unit.name = name.to_string();
    }
    Ok(told(organization, id))
}

/// ListOrganizationalUnitsForParent: those right below a root or unit.
pub(super) fn list_for_parent(ask: &mut Ask<'_>) -> Answer {
    let (parent, organization) = (ask.parent()?, ask.organization()?);
    let inside = |id: &str| organization.parent(id) == Some(parent);
    Ok(shapes::listed("OrganizationalUnits", organization, organization.units.keys(), &inside, shapes::unit))
}

fn named<'a>(ask: &Ask<'a>) -> Result<&'a str, AwsError> {
    ask.known("OrganizationalUnitId", &ORG_UNIT_NOT_FOUND, |found, id| found.units.contains_key(id))
}

fn told(organization: &Organization, id: &str) -> Value {
    one("OrganizationalUnit", shapes::unit(organization, id))
}

/// A unit's name: 1 to 128 characters, unlike those of the parent's other units.
fn check_name(organization: &Organization, parent: &str, name: &str, own_id: &str) -> Result<(), AwsError> {
    if name.is_empty() || name.chars().count() > 128 {
        return Err(ORG_INVALID_INPUT.with(&[("name", "Name")]).field("Reason", "INVALID_PATTERN"));
    }
    let mut units = organization.units.iter();
    if units.any(|(id, unit)| id != own_id && unit.parent == parent && unit.name.eq_ignore_ascii_case(name)) {
        return Err(ORG_DUPLICATE_UNIT.error());
    }
    Ok(())
}
