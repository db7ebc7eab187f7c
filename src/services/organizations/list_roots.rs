//! ListRoots: there is one.
//!
//! AWS page: Organizations API Reference, "ListRoots".

use super::{Ask, Operation, Who, shapes};
use crate::json::Value;
use crate::services::errors::AwsError;
use crate::services::protocol::json::{list, object};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListRoots",
    required: &[],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    Ok(object([("Roots", list([shapes::root(ask.organization()?)]))]))
}
