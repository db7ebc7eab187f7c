//! The structures that answers are made of.
//!
//! AWS page: Organizations API Reference, "Data Types".

use super::kind_of;
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::protocol::json::{list, object, text, time};
use std::slice;

/// `Organization`.
pub(super) fn organization(found: &Organization) -> Value {
    let id = &found.management_account;
    let email = found.accounts.get(id).map(|account| account.email.as_str());
    let types = object(vec![("Type", text("SERVICE_CONTROL_POLICY")), ("Status", text("ENABLED"))]);
    object(vec![
        ("Id", text(&found.id)),
        ("Arn", text(&found.arn("organization", ""))),
        ("FeatureSet", text(if found.all_features { "ALL" } else { "CONSOLIDATED_BILLING" })),
        ("MasterAccountArn", text(&found.arn("account", id))),
        ("MasterAccountId", text(id)),
        ("MasterAccountEmail", text(email.unwrap_or_default())),
        // Kept by AWS for old clients: SCPs, whatever the root says.
        ("AvailablePolicyTypes", list(if found.all_features { vec![types] } else { Vec::new() })),
    ])
}

/// `Root`.
pub(super) fn root(found: &Organization) -> Value {
    let mut types = Vec::new();
    for kind in found.policy_types.iter() {
        types.push(object(vec![("Type", text(kind.name())), ("Status", text("ENABLED"))]));
    }
    object(vec![
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
    object(vec![("Id", text(id)), ("Arn", text(&arn)), ("Name", text(&unit.name)), ("Path", text(&path))])
}

/// `Account`; null if there is none.
pub(super) fn account(found: &Organization, id: &str) -> Value {
    let Some(account) = found.accounts.get(id) else { return Value::Null };
    let path = format!("{}{id}/", found.path_of_parent(id));
    object(vec![
        ("Id", text(id)),
        ("Arn", text(&found.arn("account", id))),
        ("Email", text(&account.email)),
        ("Name", text(&account.name)),
        ("Status", text("ACTIVE")),
        ("State", text("ACTIVE")),
        ("Paths", list(vec![text(&path)])),
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
    object(vec![
        ("Id", text(request)),
        ("AccountName", text(account.map_or("", |account| &account.name))),
        ("State", text(state)),
        ("RequestedTimestamp", at.clone()),
        ("CompletedTimestamp", if done { at } else { Value::Null }),
        ("AccountId", if done { text(id) } else { Value::Null }),
    ])
}

/// `PolicySummary`; null if there is no such policy.
pub(super) fn policy_summary(found: &Organization, id: &str) -> Value {
    let Some(policy) = found.policies.get(id) else { return Value::Null };
    object(vec![
        ("Id", text(id)),
        ("Arn", text(policy.policy.arn.as_deref().unwrap_or_default())),
        ("Name", text(&policy.name)),
        ("Description", text(&policy.description)),
        ("Type", text(policy.kind.name())),
        ("AwsManaged", Value::Bool(policy.is_aws_managed())),
    ])
}

/// `{Policy: {PolicySummary, Content}}`.
pub(super) fn policy(found: &Organization, id: &str) -> Value {
    let content = found.policies.get(id).map_or(Value::Null, |policy| text(&policy.policy.text));
    let fields = vec![("PolicySummary", policy_summary(found, id)), ("Content", content)];
    object(vec![("Policy", object(fields))])
}

/// `{Id, Type}` of a child or parent.
pub(super) fn place(found: &Organization, id: &str) -> Value {
    let kind = kind_of(found, id).map_or(Value::Null, |kind| text(kind.name));
    object(vec![("Id", text(id)), ("Type", kind)])
}

/// `PolicyTargetSummary`.
pub(super) fn target(found: &Organization, id: &str) -> Value {
    let Some(kind) = kind_of(found, id) else { return Value::Null };
    let unit = found.units.get(id).map(|unit| unit.name.as_str());
    let name = unit.or(found.accounts.get(id).map(|account| account.name.as_str())).unwrap_or("Root");
    let arn = found.arn(kind.arn, id);
    object(vec![("TargetId", text(id)), ("Arn", text(&arn)), ("Name", text(name)), ("Type", text(kind.name))])
}

/// The answer of an operation that lists: each of the ids that is wanted, in that shape.
pub(super) fn listed(
    name: &str,
    found: &Organization,
    ids: slice::Iter<'_, String>,
    wanted: &dyn Fn(&str) -> bool,
    shape: fn(&Organization, &str) -> Value,
) -> Value {
    let mut items = Vec::new();
    for id in ids.filter(|id| wanted(id)) {
        items.push(shape(found, id));
    }
    object(vec![(name, list(items))])
}
