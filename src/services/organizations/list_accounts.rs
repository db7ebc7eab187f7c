//! ListAccounts of the whole organization.
//!
//! AWS page: Organizations API Reference, "ListAccounts".

use super::{Ask, Operation, Who, shapes};
use crate::json::Value;
use crate::services::errors::AwsError;
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListAccounts",
    required: &[],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let organization = ask.organization()?;
    let accounts = organization.accounts.keys().map(|id| shapes::account(organization, id));
    Ok(object([("Accounts", list(accounts))]))
}
