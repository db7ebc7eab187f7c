//! ListAccountsForParent: those right below a root or unit.
//!
//! AWS page: Organizations API Reference, "ListAccountsForParent".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_PARENT_NOT_FOUND};
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListAccountsForParent",
    required: &["ParentId"],
    optional: &[],
    resources: &["ParentId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, parent) = find::known(ask, "ParentId", ORG_PARENT_NOT_FOUND, find::is_parent)?;
    let inside = organization.accounts.iter().filter(|(_, account)| account.parent == parent);
    Ok(object([("Accounts", list(inside.map(|(id, _)| shapes::account(organization, id))))]))
}
