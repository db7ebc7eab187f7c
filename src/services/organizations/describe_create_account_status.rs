//! DescribeCreateAccountStatus: a new account is ready when one asks.
//!
//! AWS page: Organizations API Reference, "DescribeCreateAccountStatus".

use super::{Ask, Operation, Who, shapes};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_REQUEST_NOT_FOUND};
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DescribeCreateAccountStatus",
    required: &["CreateAccountRequestId"],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (organization, request) = (ask.organization()?, ask.text("CreateAccountRequestId"));
    if !organization.created_accounts.contains_key(request) {
        return Err(ORG_REQUEST_NOT_FOUND.error());
    }
    let status = shapes::create_account_status(organization, request, "SUCCEEDED");
    Ok(object([("CreateAccountStatus", status)]))
}
