//! Service principals in resource policies: the confused deputy problem.
//!
//! AWS page: IAM User Guide, "The confused deputy problem".

use super::issue::{
    RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL,
    UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL,
};
use super::principal::is_service_principal;
use super::report::Report;
use super::{Document, Effect, Principal, Statement};
use crate::policy::PolicyKind;

/// Keys that name the resource on whose behalf a service calls.
const SOURCE_KEYS: [&str; 4] =
    ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// Keys that a service principal's request never has: it is in no organization, no user, and has no tags.
const PRINCIPAL_KEYS: [&str; 4] =
    ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:username", "aws:PrincipalTag/"];

/// Allow statements for service principals.
pub fn check(document: &Document<'_>, report: &mut Report) {
    if document.subject.kind != PolicyKind::Resource {
        return;
    }
    for statement in document.statements.iter().filter(|statement| statement.effect == Some(Effect::Allow)) {
        let Some(principal) = &statement.principal else { continue };
        let mut services =
            principal.of_kind("Service").filter(|value| is_service_principal(value.text)).peekable();
        if services.peek().is_none() {
            continue;
        }
        unsupported_keys(statement, principal, report);
        if SOURCE_KEYS.iter().any(|key| statement.has_key(key)) {
            continue;
        }
        let referer = statement.conditions.iter().find(|condition| condition.is("aws:Referer"));
        for service in services {
            let name = service.text.split('.').next().unwrap_or("");
            match referer {
                Some(condition) => report
                    .add(RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, &condition.key.place)
                    .with("servicePrincipalPrefix", name)
                    .with("key", condition.key.text),
                None => report
                    .add(RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, &service.place)
                    .with("servicePrincipal", service.text),
            };
        }
    }
}

fn unsupported_keys(statement: &Statement<'_>, principal: &Principal<'_>, report: &mut Report) {
    if principal.kinds.iter().any(|(kind, _)| kind.text != "Service") {
        return;
    }
    for condition in &statement.conditions {
        let positive = condition.operator.is_some_and(|operator| !operator.negated() && !operator.if_exists);
        if positive && PRINCIPAL_KEYS.iter().any(|name| condition.is(name)) {
            report
                .add(UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, &condition.key.place)
                .with("conditionKeys", condition.key.text);
        }
    }
}
