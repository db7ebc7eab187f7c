//! ListParents: the one root or unit that a unit or account is in.
//!
//! AWS page: Organizations API Reference, "ListParents".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_CHILD_NOT_FOUND};
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListParents",
    required: &["ChildId"],
    optional: &[],
    resources: &["ChildId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let has = |found: &crate::cloud::Organization, id: &str| found.parent(id).is_some();
    let (organization, id) = find::known(ask, "ChildId", ORG_CHILD_NOT_FOUND, has)?;
    let parent = organization.parent(id).map(|parent| shapes::place(organization, parent));
    Ok(object([("Parents", list(parent))]))
}
