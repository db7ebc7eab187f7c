//! DescribePolicy: what it says.
//!
//! AWS page: Organizations API Reference, "DescribePolicy".

use super::{Ask, Operation, Who, find, shapes};
use crate::json::Value;
use crate::services::errors::AwsError;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:DescribePolicy",
    required: &["PolicyId"],
    optional: &[],
    resources: &["PolicyId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (id, policy) = find::policy(ask)?;
    Ok(shapes::policy(id, policy))
}
