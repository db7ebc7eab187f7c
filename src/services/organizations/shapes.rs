//! The structures that answers are made of.
//!
//! AWS page: Organizations API Reference, "Data Types".

use super::kind_of;
use crate::cloud::{AttachedControlPolicy, Organization};
use crate::json::Value;
use crate::services::protocol::json::{list, object, text, time};

/// `Organization`.
pub(super) fn organization(found: &Organization) -> Value {
    let id = &found.management_account;
    let email = found.accounts.get(id).map(|account| account.email.as_str());
    let types = object([("Type", text("SERVICE_CONTROL_POLICY")), ("Status", text("ENABLED"))]);
    object([
        ("Id", text(&found.id)),
        ("Arn", text(&found.arn("organization", ""))),
        ("FeatureSet", text(if found.all_features { "ALL" } else { "CONSOLIDATED_BILLING" })),
        ("MasterAccountArn", text(&found.arn("account", id))),
        ("MasterAccountId", text(id)),
        ("MasterAccountEmail", text(email.unwrap_or_default())),
        // Kept by AWS for old clients: SCPs, whatever the root says.
        ("AvailablePolicyTypes", list(found.all_features.then_some(types))),
    ])
}

/// `Root`.
pub(super) fn root(found: &Organization) -> Value {
    let types = found.policy_types.iter();
    let types = types.map(|kind| object([("Type", text(kind.name())), ("Status", text("ENABLED"))]));
    object([
        ("Id", text(&found.root_id)),
        ("Arn", text(&found.arn("root", &found.root_id))),
        ("Name", text("Root")),
        ("PolicyTypes", list(types)),
    ])
}

/// `OrganizationalUnit`; null if there is none.
pub(super) fn unit(found: &Organization, id: &str) -> Value {
    let Some(unit) = found.units.get(id) else { return Value::Null };
    let path = format!("{}{id}/", found.path_of_parent(id));
    let arn = found.arn("ou", id);
    object([("Id", text(id)), ("Arn", text(&arn)), ("Name", text(&unit.name)), ("Path", text(&path))])
}

/// `Account`; null if there is none.
pub(super) fn account(found: &Organization, id: &str) -> Value {
    let Some(account) = found.accounts.get(id) else { return Value::Null };
    let path = format!("{}{id}/", found.path_of_parent(id));
    object([
        ("Id", text(id)),
        ("Arn", text(&found.arn("account", id))),
        ("Email", text(&account.email)),
        ("Name", text(&account.name)),
        ("Status", text("ACTIVE")),
        ("State", text("ACTIVE")),
        ("Paths", list([text(&path)])),
        ("JoinedMethod", text(if account.created { "CREATED" } else { "INVITED" })),
        ("JoinedTimestamp", time(account.joined)),
    ])
}

/// `CreateAccountStatus`.
pub(super) fn create_account_status(found: &Organization, request: &str, state: &str) -> Value {
    let id = found.created_accounts.get(request).map(String::as_str).unwrap_or_default();
    let account = found.accounts.get(id);
    let done = state == "SUCCEEDED";
    let at = account.map_or(Value::Null, |account| time(account.joined));
    object([
        ("Id", text(request)),
        ("AccountName", text(account.map_or("", |account| &account.name))),
        ("State", text(state)),
        ("RequestedTimestamp", at.clone()),
        ("CompletedTimestamp", if done { at } else { Value::Null }),
        ("AccountId", if done { text(id) } else { Value::Null }),
    ])
}

/// `PolicySummary`.
pub(super) fn policy_summary(id: &str, found: &AttachedControlPolicy) -> Value {
    object([
        ("Id", text(id)),
        ("Arn", text(found.policy.arn.as_deref().unwrap_or_default())),
        ("Name", text(&found.name)),
        ("Description", text(&found.description)),
        ("Type", text(found.kind.name())),
        ("AwsManaged", Value::Bool(found.is_aws_managed())),
    ])
}

/// `{Policy: {PolicySummary, Content}}`.
pub(super) fn policy(id: &str, found: &AttachedControlPolicy) -> Value {
    let fields = [("PolicySummary", policy_summary(id, found)), ("Content", text(&found.policy.text))];
    object([("Policy", object(fields))])
}

/// `{Id, Type}` of a child or parent.
pub(super) fn place(found: &Organization, id: &str) -> Value {
    let kind = kind_of(found, id).map_or(Value::Null, |kind| text(kind.name));
    object([("Id", text(id)), ("Type", kind)])
}
