//! What resource control policies may say. Service control policies take the whole language but principals.
//!
//! AWS page: Organizations User Guide, "RCP syntax".

use super::issue::{
    RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY, RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY,
    RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK, RCP_SYNTAX_ERROR_ACTION, RCP_SYNTAX_ERROR_ALLOW,
    RCP_SYNTAX_ERROR_NOTACTION, RCP_SYNTAX_ERROR_PRINCIPAL,
};
use super::report::Report;
use super::{Document, Effect, Family, Principal, Statement};
use crate::data::resource_control_services;
use crate::policy::PolicyKind;

/// Properties of the principal, which service principals don't have.
const PRINCIPAL_KEYS: [&str; 5] = [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalTag/",
];

/// Properties of the resource for which a service calls, which only service principals have.
const SOURCE_KEYS: [&str; 4] =
    ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// Each statement of a resource control policy.
pub fn check(document: &Document<'_>, report: &mut Report) {
    if document.subject.kind != PolicyKind::ResourceControl {
        return;
    }
    for statement in &document.statements {
        elements(statement, report);
        actions(statement, report);
        if statement.effect == Some(Effect::Deny) {
            related_keys(statement, report);
        }
    }
}

fn elements(statement: &Statement<'_>, report: &mut Report) {
    if let Some(values) = &statement.not_action {
        report.add(RCP_SYNTAX_ERROR_NOTACTION, &values.place);
    }
    if let Some(principal) = &statement.not_principal {
        report.add(RCP_SYNTAX_ERROR_PRINCIPAL, &principal.place);
    }
    let everyone = statement.principal.as_ref().is_none_or(is_everyone);
    if let Some(principal) = statement.principal.as_ref().filter(|_| !everyone) {
        report.add(RCP_SYNTAX_ERROR_PRINCIPAL, &principal.place);
    }
    if statement.effect == Some(Effect::Allow) {
        let everything = statement
            .resource
            .as_ref()
            .is_some_and(|values| values.items.iter().all(|value| value.text == "*"));
        if !everyone || !everything || statement.condition_place.is_some() {
            report.add(RCP_SYNTAX_ERROR_ALLOW, &statement.place);
        }
    }
}

fn is_everyone(principal: &Principal<'_>) -> bool {
    if principal.text.is_some() {
        return principal.text == Some("*");
    }
    let mut values = principal
        .kinds
        .iter()
        .flat_map(|(kind, values)| values.items.iter().map(|value| (kind.text, value.text)));
    !principal.kinds.is_empty() && values.all(|value| value == ("AWS", "*"))
}

/// Customers' policies name services, and only those that support such policies.
fn actions(statement: &Statement<'_>, report: &mut Report) {
    for value in statement.action.iter().flat_map(|values| &values.items) {
        let prefix = value.text.split_once(':').map_or("", |(prefix, _)| prefix);
        if !resource_control_services().any(|service| service.eq_ignore_ascii_case(prefix)) {
            report.add(RCP_SYNTAX_ERROR_ACTION, &value.place).with("action", value.text);
        }
    }
}

fn related_keys(statement: &Statement<'_>, report: &mut Report) {
    let is_service = |wanted: &str| {
        statement.conditions.iter().any(|condition| {
            condition.is("aws:PrincipalIsAWSService")
                && condition.operator.is_some_and(|operator| operator.family == Family::Bool)
                && condition.values.iter().all(|value| value.text.eq_ignore_ascii_case(wanted))
        })
    };
    let present = statement.conditions.iter().any(|condition| {
        (condition.is("aws:SourceAccount") || condition.is("aws:SourceArn"))
            && condition.is_null()
            && condition.values.iter().all(|value| value.text.eq_ignore_ascii_case("false"))
    });
    let named = |keys: &[&str]| {
        statement
            .conditions
            .iter()
            .find(|condition| !condition.is_null() && keys.iter().any(|name| condition.is(name)))
    };
    if let Some(condition) = named(&PRINCIPAL_KEYS).filter(|_| !is_service("false")) {
        let entry = report.add(RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY, &condition.key.place);
        entry.with("conditionKeyName", condition.key.text);
    }
    let Some(condition) = named(&SOURCE_KEYS) else { return };
    if !is_service("true") {
        let entry = report.add(RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY, &condition.key.place);
        entry.with("conditionKeyName", condition.key.text);
    }
    if !present {
        let entry = report.add(RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK, &condition.key.place);
        entry.with("conditionKeyName", condition.key.text);
    }
}
