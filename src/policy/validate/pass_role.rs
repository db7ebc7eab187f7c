//! Permissions that hand out others: `iam:PassRole` and `iam:CreateServiceLinkedRole`.
//!
//! AWS pages: IAM User Guide, "Grant a user permissions to pass a role to an AWS service"; "Create a
//! service-linked role".

use super::issue::{
    CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE, CREATE_SLR_WITH_NOT_RESOURCE,
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE, CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
    CREATE_SLR_WITH_STAR_IN_RESOURCE, CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION, Issue,
    PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE, PASS_ROLE_WITH_NOT_RESOURCE,
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE, PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
    PASS_ROLE_WITH_STAR_IN_RESOURCE, PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
};
use super::pattern::{covers_action, has_wildcard};
use super::report::Report;
use super::{Document, Effect, Place, Statement};
use crate::arn::Arn;
use crate::policy::PolicyKind;

/// An action and its six findings.
struct Permission {
    action: &'static str,
    not_resource: Issue,
    star_in_action_and_not_resource: Issue,
    not_action_and_not_resource: Issue,
    star_in_resource: Issue,
    star_in_action_and_resource: Issue,
    star_in_resource_and_not_action: Issue,
    /// A key that narrows a wildcard in the resource.
    narrowed_by: &'static str,
}

const PERMISSIONS: [Permission; 2] = [
    Permission {
        action: "iam:PassRole",
        not_resource: PASS_ROLE_WITH_NOT_RESOURCE,
        star_in_action_and_not_resource: PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
        not_action_and_not_resource: PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE,
        star_in_resource: PASS_ROLE_WITH_STAR_IN_RESOURCE,
        star_in_action_and_resource: PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
        star_in_resource_and_not_action: PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
        narrowed_by: "iam:PassedToService",
    },
    Permission {
        action: "iam:CreateServiceLinkedRole",
        not_resource: CREATE_SLR_WITH_NOT_RESOURCE,
        star_in_action_and_not_resource: CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
        not_action_and_not_resource: CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE,
        star_in_resource: CREATE_SLR_WITH_STAR_IN_RESOURCE,
        star_in_action_and_resource: CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
        star_in_resource_and_not_action: CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION,
        narrowed_by: "iam:AWSServiceName",
    },
];

/// How a statement grants an action.
enum Granted<'a> {
    Named(Place<'a>),
    Covered(Place<'a>),
    NotExcluded(Place<'a>),
}

/// Allow statements of identity policies.
pub fn check(document: &Document<'_>, report: &mut Report) {
    if document.subject.kind != PolicyKind::Identity {
        return;
    }
    for statement in document.statements.iter().filter(|statement| statement.effect == Some(Effect::Allow)) {
        for permission in &PERMISSIONS {
            one(statement, permission, report);
        }
    }
}

fn one(statement: &Statement<'_>, permission: &Permission, report: &mut Report) {
    let Some(granted) = granted(statement, permission.action) else { return };
    let narrowed = statement.has_key(permission.narrowed_by);
    if statement.not_resource.is_some() {
        match granted {
            Granted::Named(place) => _ = report.add(permission.not_resource, &place),
            Granted::Covered(place) => _ = report.add(permission.star_in_action_and_not_resource, &place),
            Granted::NotExcluded(place) => _ = report.add(permission.not_action_and_not_resource, &place),
        }
    } else if let Some(open) = open_resource(statement)
        && !narrowed
    {
        let (issue, place) = match granted {
            Granted::Named(place) => (permission.star_in_resource, place),
            Granted::Covered(place) => (permission.star_in_action_and_resource, place),
            Granted::NotExcluded(place) => (permission.star_in_resource_and_not_action, place),
        };
        report.add(issue, &place).also(&open);
    }
}

fn granted<'a>(statement: &Statement<'a>, action: &str) -> Option<Granted<'a>> {
    if let Some(values) = &statement.not_action {
        let excluded = values.items.iter().any(|value| covers_action(value.text, action));
        return (!excluded).then(|| Granted::NotExcluded(values.place.clone()));
    }
    let values = statement.action.as_ref()?;
    if let Some(value) = values.items.iter().find(|value| value.text.eq_ignore_ascii_case(action)) {
        return Some(Granted::Named(value.place.clone()));
    }
    let pattern =
        values.items.iter().find(|value| has_wildcard(value.text) && covers_action(value.text, action))?;
    Some(Granted::Covered(pattern.place.clone()))
}

/// A resource that is every role: `*`, or a role's name that begins with a wildcard. A name whose beginning is
/// fixed keeps to a service's or application's own roles.
fn open_resource<'a>(statement: &Statement<'a>) -> Option<Place<'a>> {
    let values = statement.resource.as_ref()?;
    let open = values.items.iter().find(|value| {
        let Some(arn) = Arn::parse(value.text) else { return value.text == "*" };
        let iam = arn.service == "iam" || has_wildcard(arn.service);
        let name = arn.resource.strip_prefix("role/").unwrap_or(arn.resource);
        let name = name.strip_prefix("aws-service-role/").unwrap_or(name);
        iam && name.starts_with(['*', '?'])
    })?;
    Some(open.place.clone())
}
