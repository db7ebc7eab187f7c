//! DescribeAccount.
//!
//! AWS page: Organizations API Reference, "DescribeAccount".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_ACCOUNT_NOT_FOUND};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DescribeAccount",
    required: &["AccountId"],
    optional: &[],
    resources: &["AccountId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let has = |found: &crate::cloud::Organization, id: &str| found.accounts.contains_key(id);
    let (organization, id) = find::known(ask, "AccountId", ORG_ACCOUNT_NOT_FOUND, has)?;
    Ok(object([("Account", shapes::account(organization, id))]))
}
