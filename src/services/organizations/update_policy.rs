//! UpdatePolicy: another name, description or document, at once wherever it is attached.
//!
//! AWS page: Organizations API Reference, "UpdatePolicy".

use super::{Ask, Operation, Who, create_policy::check_name, find, policy_document, shapes};
use crate::json::Node;
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_AWS_MANAGED, ORG_POLICY_NOT_FOUND};

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:UpdatePolicy",
    required: &["PolicyId"],
    optional: &["Name", "Description", "Content"],
    resources: &["PolicyId"],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let (id, found) = find::policy(ask)?;
    if found.is_aws_managed() {
        return Err(ORG_AWS_MANAGED.error().field("Reason", "IMMUTABLE_POLICY"));
    }
    let arn = found.policy.arn.clone().unwrap_or_default();
    let document = match ask.input.get("Content") {
        Some(_) => Some(policy_document::read(ask, found.kind, &arn)?),
        None => None,
    };
    check_name(ask.organization()?, ask.text("Name"), id)?;
    let id = id.to_string();
    let (organization, input) = ask.change()?;
    let policy = organization.policies.get_mut(&id).ok_or_else(|| ORG_POLICY_NOT_FOUND.error())?;
    let given = |name: &str| input.get(name).and_then(Node::as_str).map(str::to_string);
    policy.policy = document.unwrap_or_else(|| policy.policy.clone());
    policy.name = given("Name").unwrap_or_else(|| policy.name.clone());
    policy.description = given("Description").unwrap_or_else(|| policy.description.clone());
    Ok(shapes::policy(&id, policy))
}
