//! Where units and accounts stand: ListChildren, ListParents.
//!
//! AWS page: Organizations API Reference, the operations of these names.

use super::{ACCOUNT, Answer, Ask, UNIT, shapes};
use crate::services::errors::*;
use crate::services::protocol::json::{list, one};

/// ListChildren: units or accounts right below a root or unit.
pub(super) fn children(ask: &mut Ask<'_>) -> Answer {
    let (parent, organization) = (ask.parent()?, ask.organization()?);
    let ids = match ask.text("ChildType") {
        name if name == ACCOUNT.name => organization.accounts.keys(),
        name if name == UNIT.name => organization.units.keys(),
        _ => {
            return Err(ORG_INVALID_INPUT.with(&[("name", "ChildType")]).field("Reason", "INVALID_ENUM"));
        }
    };
    let inside = |id: &str| organization.parent(id) == Some(parent);
    Ok(shapes::listed("Children", organization, ids, &inside, shapes::place))
}

/// ListParents: the one root or unit that a unit or account is in.
pub(super) fn parents(ask: &mut Ask<'_>) -> Answer {
    let id = ask.known("ChildId", &ORG_CHILD_NOT_FOUND, |found, id| found.parent(id).is_some())?;
    let organization = ask.organization()?;
    let parent = shapes::place(organization, organization.parent(id).unwrap_or_default());
    Ok(one("Parents", list(vec![parent])))
}
