//! Wildcards and variables in condition values that match more than they seem to.
//!
//! AWS page: IAM User Guide, "AWS global condition context keys", "Sensitive condition keys".

use super::issue::{
    EQUIVALENT_TO_NULL_FALSE, EQUIVALENT_TO_NULL_TRUE, REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION,
    REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION, VARIABLE_USAGE_TOO_PERMISSIVE,
    WILDCARD_USAGE_TOO_PERMISSIVE,
};
use super::pattern::has_wildcard;
use super::report::Report;
use super::{Condition, Document, Family, Operator, Qualifier, variable};

const SENSITIVE: [&str; 10] = [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
];

/// Keys under `StringLike` and `StringNotLike`; elsewhere a wildcard is an ordinary letter.
pub fn check(document: &Document<'_>, report: &mut Report) {
    for condition in document.statements.iter().flat_map(|statement| &statement.conditions) {
        let Some(operator) = condition.operator else { continue };
        if operator.family == Family::String && operator.is_like() {
            everything(condition, &operator, report);
            too_permissive(condition, report);
        }
    }
}

/// `*` matches every value, so that only the key's presence counts, or nothing at all.
fn everything(condition: &Condition<'_>, operator: &Operator, report: &mut Report) {
    let Some(value) = condition.values.iter().find(|value| value.text == "*") else { return };
    let issue = match (operator.qualifier, operator.negated()) {
        (None, false) if operator.if_exists => REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION,
        (Some(Qualifier::ForAllValues), false) => REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION,
        (Some(Qualifier::ForAnyValue), false) if operator.if_exists => return,
        (_, false) => EQUIVALENT_TO_NULL_FALSE,
        (Some(Qualifier::ForAnyValue), true) => REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION,
        (_, true) => EQUIVALENT_TO_NULL_TRUE,
    };
    report
        .add(issue, &value.place)
        .with("key", condition.key.text)
        .with("operator", condition.operator_text)
        .with("recommendedKey", condition.key.text);
}

fn too_permissive(condition: &Condition<'_>, report: &mut Report) {
    let key = condition.key.text;
    let sensitive = SENSITIVE.iter().any(|name| condition.is(name));
    let userid = condition.is("aws:userid");
    if !sensitive && !userid {
        return;
    }
    for value in &condition.values {
        let variable = variable::first(&value.text);
        let issue = match variable {
            Some(_) => VARIABLE_USAGE_TOO_PERMISSIVE,
            None if has_wildcard(&value.text) => WILDCARD_USAGE_TOO_PERMISSIVE,
            None => continue,
        };
        if sensitive {
            report.add(issue, &value.place).with("key", key).variant("sensitive");
        } else if left_of_colon_is_open(&value.text) {
            report.add(issue, &value.place).with("key", key).variant("userid");
        }
    }
}

/// `ID:NAME`: left of the colon a wildcard or variable may stand only alone.
fn left_of_colon_is_open(text: &str) -> bool {
    // The colon inside a variable isn't that of the id.
    let bare: String = match variable::first(text) {
        Some(variable) => text.replacen(variable, "*", 1),
        None => text.to_string(),
    };
    match bare.split_once(':') {
        Some((id, _)) => has_wildcard(id) && id != "*",
        None => true,
    }
}
