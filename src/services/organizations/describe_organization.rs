//! DescribeOrganization, which every member may ask.
//!
//! AWS page: Organizations API Reference, "DescribeOrganization".

use super::{Ask, Operation, Who, shapes};
use crate::json::Value;
use crate::services::errors::AwsError;
use crate::services::protocol::json::object;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DescribeOrganization",
    required: &[],
    optional: &[],
    resources: &[],
    who: Who::Member,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    Ok(object([("Organization", shapes::organization(ask.organization()?))]))
}
