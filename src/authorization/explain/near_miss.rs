//! An Allow that fails by one element alone, and what kind of mistake that is.

use super::super::{NearMiss, StatementMatch};
use crate::arn::Arn;
use crate::policy::{Asked, Condition, Policy, PrincipalPattern, Statement, Version};

/// A policy names a bucket, and the request an object in it.
const BUCKET_WITHOUT_OBJECTS: &str = "reason.near-miss.bucket-without-objects";
/// A policy names a bucket's objects, and the request the bucket.
const OBJECTS_WITHOUT_BUCKET: &str = "reason.near-miss.objects-without-bucket";
/// The action has no resource, and the policy an ARN.
const ACTION_WITHOUT_RESOURCE: &str = "reason.near-miss.action-without-resource";
/// A variable in the resource has no value.
const VARIABLE_WITHOUT_VALUE: &str = "reason.near-miss.variable-without-value";
/// The policy is of a version without variables, and has one.
const VARIABLE_IS_TEXT: &str = "reason.near-miss.variable-is-text";
/// The ARNs differ by the case of letters.
const CASE_DIFFERS: &str = "reason.near-miss.case-differs";
/// The ARNs differ by account or Region.
const OTHER_ACCOUNT_OR_REGION: &str = "reason.near-miss.other-account-or-region";
/// Another resource of the same service.
const OTHER_RESOURCE: &str = "reason.near-miss.other-resource";
/// Another action of the same service.
const OTHER_ACTION: &str = "reason.near-miss.other-action";
/// The unique id of a deleted user or role.
const DELETED_PRINCIPAL: &str = "reason.near-miss.deleted-principal";
/// The name of the role, but another path.
const ROLE_PATH_DIFFERS: &str = "reason.near-miss.role-path-differs";
/// Somebody else.
const OTHER_PRINCIPAL: &str = "reason.near-miss.other-principal";
/// The request doesn't carry the key.
const KEY_ABSENT: &str = "reason.near-miss.key-absent";
/// The key is multivalued, and the operator no set operator.
const MULTIVALUED_KEY: &str = "reason.near-miss.multivalued-key";
/// AWS has no such operator.
const UNKNOWN_OPERATOR: &str = "reason.near-miss.unknown-operator";
/// The key has another value.
const OTHER_VALUE: &str = "reason.near-miss.other-value";

/// The mistake, if one element alone failed.
pub(super) fn of(
    statement: &Statement,
    asked: &Asked<'_>,
    told: &StatementMatch,
    policy: &Policy,
) -> Option<NearMiss> {
    let mut elements = told.elements.iter().filter(|element| !element.matched);
    let mut conditions = statement.conditions.iter().zip(&told.conditions).filter(|(_, told)| !told.matched);
    let (element, pointer, code) = match (elements.next(), conditions.next()) {
        (Some(failed), None) => {
            let code = match failed.element {
                "Action" => action(statement, asked),
                "Resource" => Some(resource(statement, asked)),
                "Principal" => Some(principal(statement, asked)),
                _ => None,
            };
            (failed.element, failed.pointer.clone(), code?)
        }
        (None, Some((failed, told))) => ("Condition", told.pointer.clone(), condition(failed, asked)),
        _ => return None,
    };
    if elements.next().is_some() || conditions.next().is_some() {
        return None;
    }
    let written = told.elements.iter().filter(|told| told.pointer == pointer).flat_map(|told| &told.against);
    let compared =
        told.conditions.iter().filter(|told| told.pointer == pointer).flat_map(|told| &told.values);
    let code = if without_variables(policy) && written.chain(compared).any(|text| text.contains("${")) {
        VARIABLE_IS_TEXT
    } else {
        code
    };
    Some(NearMiss { policy: policy.name.clone(), pointer, element: element.to_string(), code })
}

fn without_variables(policy: &Policy) -> bool {
    policy.document.as_ref().is_some_and(|document| document.version == Version::V2008)
}

/// A statement for the same service is near; one for others isn't.
fn action(statement: &Statement, asked: &Asked<'_>) -> Option<&'static str> {
    let service = |action: &str| action.split_once(':').map(|(service, _)| service.to_ascii_lowercase());
    let wanted = service(asked.action)?;
    let same =
        statement.actions.patterns.iter().any(|pattern| service(pattern.text()).as_ref() == Some(&wanted));
    same.then_some(OTHER_ACTION)
}

fn resource(statement: &Statement, asked: &Asked<'_>) -> &'static str {
    let patterns = statement.resources.as_ref().map_or(&[][..], |resources| &resources.patterns);
    let Some(arn) = asked.resource.arn() else {
        return ACTION_WITHOUT_RESOURCE;
    };
    let written = || patterns.iter().map(|pattern| pattern.text());
    if arn.service == "s3" {
        match arn.resource.split_once('/') {
            Some((bucket, _)) if written().any(|text| is_bucket(text, bucket)) => {
                return BUCKET_WITHOUT_OBJECTS;
            }
            None if written().any(|text| holds_objects_of(text, arn.resource)) => {
                return OBJECTS_WITHOUT_BUCKET;
            }
            _ => {}
        }
    }
    let without_value = |key: &str| asked.keys.get(key).is_none();
    if patterns.iter().any(|pattern| pattern.variables().any(without_value)) {
        return VARIABLE_WITHOUT_VALUE;
    }
    if written().any(|text| text.eq_ignore_ascii_case(asked.resource.text())) {
        return CASE_DIFFERS;
    }
    let elsewhere = |text: &str| {
        Arn::parse(text).is_some_and(|other| other.service == arn.service && other.resource == arn.resource)
    };
    if written().any(elsewhere) { OTHER_ACCOUNT_OR_REGION } else { OTHER_RESOURCE }
}

/// Whether a pattern names the bucket itself.
fn is_bucket(text: &str, bucket: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| arn.service == "s3" && arn.resource == bucket)
}

/// Whether a pattern names objects of the bucket.
fn holds_objects_of(text: &str, bucket: &str) -> bool {
    let arn = Arn::parse(text).filter(|arn| arn.service == "s3");
    arn.and_then(|arn| arn.resource.split_once('/')).is_some_and(|(name, _)| name == bucket)
}

fn principal(statement: &Statement, asked: &Asked<'_>) -> &'static str {
    let patterns = statement.principal.as_ref().map_or(&[][..], |principal| &principal.patterns);
    if patterns.iter().any(|pattern| matches!(pattern, PrincipalPattern::UniqueId(_))) {
        return DELETED_PRINCIPAL;
    }
    let name = |arn: &str| {
        let arn = Arn::parse(arn)?;
        let path = arn.resource.strip_prefix("role/")?;
        path.rsplit('/').next().map(|name| (arn.account.to_string(), name.to_string()))
    };
    let role = asked.caller.issuer.and_then(name);
    if role.is_some() && patterns.iter().any(|pattern| name(pattern.text()) == role) {
        return ROLE_PATH_DIFFERS;
    }
    OTHER_PRINCIPAL
}

fn condition(failed: &Condition, asked: &Asked<'_>) -> &'static str {
    if !failed.operator_is_known() {
        return UNKNOWN_OPERATOR;
    }
    match failed.values_of(asked.keys) {
        None => KEY_ABSENT,
        Some(found) if found.multivalued && !failed.operator.contains(':') => MULTIVALUED_KEY,
        Some(_) => OTHER_VALUE,
    }
}
