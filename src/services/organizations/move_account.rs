//! MoveAccount: to another root or unit, whose policies bind it from then on.
//!
//! AWS page: Organizations API Reference, "MoveAccount".

use super::{Ask, Operation, Who, find};
use crate::json::Value;
use crate::services::errors::{
    AwsError, ORG_ACCOUNT_NOT_FOUND, ORG_DESTINATION_NOT_FOUND, ORG_DUPLICATE_ACCOUNT, ORG_SOURCE_NOT_FOUND,
};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:MoveAccount",
    required: &["AccountId", "SourceParentId", "DestinationParentId"],
    optional: &[],
    resources: &["AccountId", "SourceParentId", "DestinationParentId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let has = |found: &crate::cloud::Organization, id: &str| found.accounts.contains_key(id);
    let (organization, id) = find::known(ask, "AccountId", ORG_ACCOUNT_NOT_FOUND, has)?;
    let (_, source) = find::known(ask, "SourceParentId", ORG_SOURCE_NOT_FOUND, find::is_parent)?;
    let (_, target) = find::known(ask, "DestinationParentId", ORG_DESTINATION_NOT_FOUND, find::is_parent)?;
    if organization.parent(id) != Some(source) {
        return Err(ORG_SOURCE_NOT_FOUND.error());
    }
    if source == target {
        return Err(ORG_DUPLICATE_ACCOUNT.error());
    }
    let (id, target) = (id.to_string(), target.to_string());
    if let Some(account) = ask.change()?.0.accounts.get_mut(&id) {
        account.parent = target;
    }
    Ok(Value::Null)
}
