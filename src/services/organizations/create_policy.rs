//! CreatePolicy: an SCP or RCP, attached nowhere yet.
//!
//! AWS page: Organizations API Reference, "CreatePolicy".

use super::{Ask, Operation, Who, policy_document, policy_kind, shapes};
use crate::cloud::{AttachedControlPolicy, Organization, Origin};
use crate::json::Value;
use crate::services::errors::{AwsError, ORG_DUPLICATE_POLICY, ORG_TYPE_NOT_AVAILABLE};
use crate::sorted::SortedSet;

pub(super) const OPERATION: Operation = Operation {
    action: "organizations:CreatePolicy",
    required: &["Content", "Description", "Name", "Type"],
    optional: &[],
    resources: &[],
    who: Who::Management,
    run,
};

fn run(ask: &mut Ask<'_>) -> Result<Value, AwsError> {
    let kind = policy_kind(ask, "Type")?;
    let organization = ask.organization()?;
    if !organization.all_features {
        return Err(ORG_TYPE_NOT_AVAILABLE.error());
    }
    let name = ask.text("Name").to_string();
    check_name(organization, &name, "")?;
    let names = ask.names();
    let id = ask.cloud.entropy.hex("p-", 10, &names.each_ref().map(String::as_str));
    let policy = policy_document::read(ask, kind, &organization.policy_arn(kind, &id))?;
    let description = ask.text("Description").to_string();
    let (origin, targets) = (Origin::default(), SortedSet::new());
    let made = AttachedControlPolicy { origin, name, description, kind, policy, targets };
    let answer = shapes::policy(&id, &made);
    ask.change()?.0.policies.insert(id, made);
    Ok(answer)
}

/// Names of policies are unique in the organization.
pub(super) fn check_name(organization: &Organization, name: &str, own_id: &str) -> Result<(), AwsError> {
    if organization.policies.iter().any(|(id, policy)| id != own_id && policy.name == name) {
        return Err(ORG_DUPLICATE_POLICY.error());
    }
    Ok(())
}
