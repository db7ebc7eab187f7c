//! ListTargetsForPolicy: every root, unit and account that a policy is attached to.
//!
//! AWS page: Organizations API Reference, "ListTargetsForPolicy".

use super::{ACCOUNT, Ask, Operation, UNIT, Who, arn_of, find, kind_of};
use crate::json::Value;
use crate::services::errors::AwsError;
use crate::services::protocol::json::{list, object, text};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:ListTargetsForPolicy",
    required: &["PolicyId"],
    optional: &[],
    resources: &["PolicyId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (_, policy) = find::policy(ask)?;
    let organization = ask.organization()?;
    let target = |id: &String| {
        let kind = kind_of(organization, id)?;
        let name = match kind {
            ACCOUNT => organization.accounts.get(id)?.name.as_str(),
            UNIT => organization.units.get(id)?.name.as_str(),
            _ => "Root",
        };
        let arn = arn_of(organization, id)?;
        let (name, kind) = (text(name), text(kind.name));
        Some(object([("TargetId", text(id)), ("Arn", text(&arn)), ("Name", name), ("Type", kind)]))
    };
    Ok(object([("Targets", list(policy.targets.iter().filter_map(target)))]))
}
