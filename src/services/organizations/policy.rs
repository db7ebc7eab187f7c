//! Policies of the organization: Create, Delete, Describe, Update, List.
//!
//! AWS page: Organizations API Reference, "CreatePolicy" and its likes.

use super::{Answer, Ask, policy_document, shapes};
use crate::cloud::{AttachedControlPolicy, ControlPolicyKind, Organization, Origin};
use crate::json::Value;
use crate::services::errors::*;
use crate::sorted::SortedSet;

/// CreatePolicy: attached nowhere yet.
pub(super) fn create(ask: &mut Ask<'_>) -> Answer {
    let kind = kind(ask, "Type")?;
    let organization = ask.organization()?;
    if !organization.all_features {
        return Err(ORG_TYPE_NOT_AVAILABLE.error());
    }
    let name = ask.text("Name");
    check_name(organization, name, "")?;
    let names = ask.names();
    let id = ask.cloud.entropy.hex("p-", 10, &names.each_ref().map(String::as_str));
    let policy = policy_document::read(ask, kind, &organization.policy_arn(kind, &id))?;
    let description = ask.text("Description").to_string();
    let (origin, name, targets) = (Origin::default(), name.to_string(), SortedSet::new());
    let made = AttachedControlPolicy { origin, name, description, kind, policy, targets };
    let organization = ask.change()?;
    organization.policies.insert(id.clone(), made);
    Ok(shapes::policy(organization, &id))
}

/// DeletePolicy, when it is attached nowhere.
pub(super) fn delete(ask: &mut Ask<'_>) -> Answer {
    let id = ask.text("PolicyId");
    if !changeable(ask)?.targets.is_empty() {
        return Err(ORG_POLICY_IN_USE.error());
    }
    ask.change()?.policies.remove(id);
    Ok(Value::Null)
}

/// DescribePolicy: what it says.
pub(super) fn describe(ask: &mut Ask<'_>) -> Answer {
    ask.policy()?;
    Ok(shapes::policy(ask.organization()?, ask.text("PolicyId")))
}

/// UpdatePolicy: another name, description or document, at once wherever it is attached.
pub(super) fn update(ask: &mut Ask<'_>) -> Answer {
    let (id, found) = (ask.text("PolicyId"), changeable(ask)?);
    let arn = found.policy.arn.as_deref().unwrap_or_default();
    let document = match ask.input.get("Content") {
        Some(_) => Some(policy_document::read(ask, found.kind, arn)?),
        None => None,
    };
    check_name(ask.organization()?, ask.text("Name"), id)?;
    let given = ["Name", "Description"].map(|name| ask.input.get(name).map(|_| ask.text(name)));
    let organization = ask.change()?;
    let policy = organization.policies.get_mut(id).ok_or_else(|| ORG_POLICY_NOT_FOUND.error())?;
    policy.policy = document.unwrap_or_else(|| policy.policy.clone());
    for (field, given) in [&mut policy.name, &mut policy.description].into_iter().zip(given) {
        if let Some(text) = given {
            *field = text.to_string();
        }
    }
    Ok(shapes::policy(organization, id))
}

/// ListPolicies of one type, AWS's own among them.
pub(super) fn list(ask: &mut Ask<'_>) -> Answer {
    let (kind, organization) = (kind(ask, "Filter")?, ask.organization()?);
    let wanted = |id: &str| organization.policies.get(id).is_some_and(|policy| policy.kind == kind);
    let ids = organization.policies.keys();
    Ok(shapes::listed("Policies", organization, ids, &wanted, shapes::policy_summary))
}

/// The policy that the request is about, if it isn't AWS's.
fn changeable<'s>(ask: &'s Ask<'_>) -> Result<&'s AttachedControlPolicy, AwsError> {
    let policy = ask.policy()?;
    match policy.is_aws_managed() {
        true => Err(ORG_AWS_MANAGED.error().field("Reason", "IMMUTABLE_POLICY")),
        false => Ok(policy),
    }
}

/// Names of policies are unique in the organization.
fn check_name(organization: &Organization, name: &str, own_id: &str) -> Result<(), AwsError> {
    if organization.policies.iter().any(|(id, policy)| id != own_id && policy.name == name) {
        return Err(ORG_DUPLICATE_POLICY.error());
    }
    Ok(())
}

/// The policy type that an input names; only those that decide requests are modelled.
pub(super) fn kind(ask: &Ask<'_>, member: &str) -> Result<ControlPolicyKind, AwsError> {
    let name = ask.text(member);
    let error = || {
        let error = ORG_INVALID_INPUT.with(&[("name", member)]);
        error.field("Reason", "INVALID_ENUM_POLICY_TYPE").for_want_of(format!("organizations {name}"))
    };
    ControlPolicyKind::named(name).ok_or_else(error)
}
