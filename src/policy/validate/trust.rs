//! What the actions of a role trust policy need.
//!
//! AWS pages: STS API Reference, AssumeRole..., TagSession; IAM Roles Anywhere User Guide, "Trust model".

use super::federation::Provider;
use super::issue::{
    MISMATCHED_ACTION_FOR_PRINCIPAL, MISSING_ACTION_FOR_CONDITION_KEY,
    MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY,
};
use super::pattern::covers_action;
use super::report::Report;
use super::{Document, Effect, Principal, Statement};
use crate::gather::Gather;
use crate::policy::PolicyKind;

/// The principal that Roles Anywhere uses, and what it must be allowed.
const ROLES_ANYWHERE: &str = "rolesanywhere.amazonaws.com";
const ROLES_ANYWHERE_ACTIONS: [&str; 3] = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

/// Condition keys that only another action than AssumeRole sets.
const SET_BY: [(&str, &str); 4] = [
    ("sts:SourceIdentity", "sts:SetSourceIdentity"),
    ("sts:TransitiveTagKeys", "sts:TagSession"),
    ("aws:TagKeys", "sts:TagSession"),
    ("aws:RequestTag/", "sts:TagSession"),
];

/// Actions against principals and condition keys.
pub fn check(document: &Document<'_>, report: &mut Report) {
    if document.subject.kind != PolicyKind::Trust {
        return;
    }
    let allowing = || document.statements.iter().filter(|statement| statement.effect == Some(Effect::Allow));
    for statement in allowing() {
        if let Some(principal) = &statement.principal {
            mismatched_actions(statement, principal, report);
        }
        missing_actions(statement, report);
    }
    let anywhere: Vec<&Statement<'_>> =
        allowing().filter(|statement| trusts_roles_anywhere(statement)).gather();
    let allowed = |action: &&str| anywhere.iter().any(|statement| allows(statement, action));
    if let Some(first) = anywhere.first()
        && let missing = ROLES_ANYWHERE_ACTIONS.iter().filter(|action| !allowed(action))
        && let missing = missing.copied().gather::<Vec<&str>>().join(", ")
        && !missing.is_empty()
    {
        report
            .add(MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY, &first.place)
            .with("missingActions", missing);
    }
}

fn trusts_roles_anywhere(statement: &Statement<'_>) -> bool {
    let principal = statement.principal.as_ref();
    principal.is_some_and(|principal| principal.of_kind("Service").any(|value| value.text == ROLES_ANYWHERE))
}

fn allows(statement: &Statement<'_>, action: &str) -> bool {
    let values = statement.action.iter().flat_map(|values| &values.items);
    values.into_iter().any(|value| covers_action(value.text, action))
}

/// SAML providers go with AssumeRoleWithSAML, OpenID Connect with AssumeRoleWithWebIdentity, the rest with AssumeRole.
fn mismatched_actions(statement: &Statement<'_>, principal: &Principal<'_>, report: &mut Report) {
    let mut kinds = Vec::new();
    let mut names = Vec::new();
    for (kind, values) in &principal.kinds {
        for value in &values.items {
            names.push(value.text);
            kinds.push(match (kind.text, Provider::of(value.text)) {
                ("Federated", Some(Provider::Saml)) => "sts:AssumeRoleWithSAML",
                ("Federated", Some(Provider::Oidc(_))) => "sts:AssumeRoleWithWebIdentity",
                ("AWS" | "Service", _) => "sts:AssumeRole",
                // What isn't legal has a finding already.
                _ => return,
            });
        }
    }
    if kinds.is_empty() {
        return;
    }
    for value in statement.action.iter().flat_map(|values| &values.items) {
        let known = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];
        let Some(action) = known.iter().find(|action| action.eq_ignore_ascii_case(value.text)) else {
            continue;
        };
        if !kinds.contains(action) {
            report
                .add(MISMATCHED_ACTION_FOR_PRINCIPAL, &value.place)
                .with("actionName", *action)
                .with("principalNames", names.join(", "));
        }
    }
}

fn missing_actions(statement: &Statement<'_>, report: &mut Report) {
    for condition in &statement.conditions {
        let Some((_, action)) = SET_BY.iter().find(|(name, _)| condition.is(name)) else { continue };
        if statement.action.is_some() && !allows(statement, action) {
            report
                .add(MISSING_ACTION_FOR_CONDITION_KEY, &condition.key.place)
                .with("actionName", *action)
                .with("keyName", condition.key.text);
        }
    }
}
