//! ListChildren: units or accounts right below a root or unit.
//!
//! AWS page: Organizations API Reference, "ListChildren".

use super::{ACCOUNT, Ask, Operation, UNIT, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_INVALID_INPUT, ORG_PARENT_NOT_FOUND};
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListChildren",
    required: &["ParentId", "ChildType"],
    optional: &[],
    resources: &["ParentId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, parent) = find::known(ask, "ParentId", ORG_PARENT_NOT_FOUND, find::is_parent)?;
    let ids = match ask.text("ChildType") {
        name if name == ACCOUNT.name => organization.accounts.keys(),
        name if name == UNIT.name => organization.units.keys(),
        _ => {
            return Err(ORG_INVALID_INPUT.with(&[("name", "ChildType")]).field("Reason", "INVALID_ENUM"));
        }
    };
    let inside = ids.filter(|id| organization.parent(id) == Some(parent));
    Ok(object([("Children", list(inside.map(|id| shapes::place(organization, id))))]))
}
