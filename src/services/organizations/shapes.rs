//! The structures that answers are made of.
//!
//! AWS page: Organizations API Reference, "Data Types".

use super::kind_of;
use crate::cloud::Organization;
use crate::json::Value;
use crate::services::protocol::json::{Fields, list, one, text, texts, time};
use std::slice;

fn enabled(kind: &str) -> Value {
    texts(&[("Type", kind), ("Status", "ENABLED")])
}

/// `Organization`.
pub(super) fn organization(found: &Organization) -> Value {
    let id = &found.management_account;
    let email = found.accounts.get(id).map(|account| account.email.as_str());
    let mut fields = Fields::of(&[
        ("Id", &found.id),
        ("Arn", &found.arn("organization", "")),
        ("FeatureSet", if found.all_features { "ALL" } else { "CONSOLIDATED_BILLING" }),
        ("MasterAccountArn", &found.arn("account", id)),
        ("MasterAccountId", id),
        ("MasterAccountEmail", email.unwrap_or_default()),
    ]);
    // Kept by AWS for old clients: SCPs, whatever the root says.
    let types = if found.all_features { vec![enabled("SERVICE_CONTROL_POLICY")] } else { Vec::new() };
    fields.put("AvailablePolicyTypes", list(types));
    fields.object()
}

/// `Root`.
pub(super) fn root(found: &Organization) -> Value {
    let mut types = Vec::new();
    for kind in found.policy_types.iter() {
        types.push(enabled(kind.name()));
    }
    let arn = found.arn("root", &found.root_id);
    let mut fields = Fields::of(&[("Id", &found.root_id), ("Arn", &arn), ("Name", "Root")]);
    fields.put("PolicyTypes", list(types));
    fields.object()
}

/// `OrganizationalUnit`; null if there is none.
pub(super) fn unit(found: &Organization, id: &str) -> Value {
    let Some(unit) = found.units.get(id) else { return Value::Null };
    texts(&[("Id", id), ("Arn", &found.arn("ou", id)), ("Name", &unit.name), ("Path", &path(found, id))])
}

fn path(found: &Organization, id: &str) -> String {
    [&found.path_of_parent(id), id, "/"].concat()
}

/// `Account`; null if there is none.
pub(super) fn account(found: &Organization, id: &str) -> Value {
    let Some(account) = found.accounts.get(id) else { return Value::Null };
    let mut fields = Fields::of(&[
        ("Id", id),
        ("Arn", &found.arn("account", id)),
        ("Email", &account.email),
        ("Name", &account.name),
        ("Status", "ACTIVE"),
        ("State", "ACTIVE"),
    ]);
    fields.put("Paths", list(vec![text(&path(found, id))]));
    fields.texts(&[("JoinedMethod", if account.created { "CREATED" } else { "INVITED" })]);
    fields.put("JoinedTimestamp", time(account.joined));
    fields.object()
}

/// `CreateAccountStatus`.
pub(super) fn create_account_status(found: &Organization, request: &str, state: &str) -> Value {
    let id = found.created_accounts.get(request).map(String::as_str).unwrap_or_default();
    let account = found.accounts.get(id);
    let name = account.map_or("", |account| &account.name);
    let mut fields = Fields::of(&[("Id", request), ("AccountName", name), ("State", state)]);
    let at = account.map_or(Value::Null, |account| time(account.joined));
    fields.put("RequestedTimestamp", at.clone());
    if state == "SUCCEEDED" {
        fields.put("CompletedTimestamp", at);
        fields.texts(&[("AccountId", id)]);
    }
    fields.object()
}

/// `PolicySummary`; null if there is no such policy.
pub(super) fn policy_summary(found: &Organization, id: &str) -> Value {
    let Some(policy) = found.policies.get(id) else { return Value::Null };
    let mut fields = Fields::of(&[
        ("Id", id),
        ("Arn", policy.policy.arn.as_deref().unwrap_or_default()),
        ("Name", &policy.name),
        ("Description", &policy.description),
        ("Type", policy.kind.name()),
    ]);
    fields.put("AwsManaged", Value::Bool(policy.is_aws_managed()));
    fields.object()
}

/// `{Policy: {PolicySummary, Content}}`.
pub(super) fn policy(found: &Organization, id: &str) -> Value {
    let mut fields = Fields::default();
    fields.put("PolicySummary", policy_summary(found, id));
    fields.maybe(&[("Content", found.policies.get(id).map(|policy| &*policy.policy.text))]);
    one("Policy", fields.object())
}

/// `{Id, Type}` of a child or parent.
pub(super) fn place(found: &Organization, id: &str) -> Value {
    let mut fields = Fields::default();
    fields.maybe(&[("Id", Some(id)), ("Type", kind_of(found, id).map(|kind| kind.name))]);
    fields.object()
}

/// `PolicyTargetSummary`.
pub(super) fn target(found: &Organization, id: &str) -> Value {
    let Some(kind) = kind_of(found, id) else { return Value::Null };
    let unit = found.units.get(id).map(|unit| unit.name.as_str());
    let name = unit.or(found.accounts.get(id).map(|account| account.name.as_str())).unwrap_or("Root");
    texts(&[("TargetId", id), ("Arn", &found.arn(kind.arn, id)), ("Name", name), ("Type", kind.name)])
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
    one(name, list(items))
}
