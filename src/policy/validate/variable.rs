//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`.
//!
//! AWS page: IAM User Guide, "IAM policy elements: Variables and tags".

use super::issue::{
    EMPTY_VARIABLE, INVALID_VARIABLE_FOR_OPERATOR, MISSING_BRACE_IN_VARIABLE, MISSING_QUOTE_IN_VARIABLE,
    UNSUPPORTED_SPACE_IN_VARIABLE, VARIABLE_UNSUPPORTED_IN_ELEMENT, VARIABLE_UNSUPPORTED_IN_VERSION,
};
use super::report::Report;
use super::{Document, Family, Place, Statement};

/// Where variables stand, and how they are written.
pub fn check(document: &Document<'_>, report: &mut Report) {
    for statement in &document.statements {
        for value in statement.actions().flat_map(|values| &values.items) {
            forbidden(value.text, &value.place, report);
        }
        principals(statement, report);
        for value in statement.resources().flat_map(|values| &values.items) {
            allowed(value.text, &value.place, document, report);
        }
        for condition in &statement.conditions {
            let family = condition.operator.map(|operator| operator.family);
            let takes_variables = matches!(family, Some(Family::String | Family::Arn) | None);
            for value in &condition.values {
                if takes_variables {
                    allowed(&value.text, &value.place, document, report);
                } else if document.has_variables && first(&value.text).is_some() {
                    let entry = report.add(INVALID_VARIABLE_FOR_OPERATOR, &value.place);
                    entry.with("operator", condition.operator_text);
                }
            }
        }
    }
}

/// The first variable of a text, whole if it is closed.
pub fn first(text: &str) -> Option<&str> {
    let start = text.find("${")?;
    let rest = text.get(start..)?;
    match rest.find('}') {
        Some(end) => rest.get(..=end),
        None => Some(rest),
    }
}

fn principals(statement: &Statement<'_>, report: &mut Report) {
    for principal in statement.principal.iter().chain(&statement.not_principal) {
        if let Some(text) = principal.text {
            forbidden(text, &principal.place, report);
        }
        for value in principal.kinds.iter().flat_map(|(_, values)| &values.items) {
            forbidden(value.text, &value.place, report);
        }
    }
}

fn forbidden(text: &str, place: &Place<'_>, report: &mut Report) {
    if let Some(variable) = first(text) {
        report.add(VARIABLE_UNSUPPORTED_IN_ELEMENT, place).with("variable", variable);
    }
}

fn allowed(text: &str, place: &Place<'_>, document: &Document<'_>, report: &mut Report) {
    if !document.has_variables {
        if first(text).is_some_and(|variable| variable.ends_with('}')) {
            report.add(VARIABLE_UNSUPPORTED_IN_VERSION, place);
        }
        return;
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("${") {
        let Some((inside, after)) = after.split_once('}') else {
            report.add(MISSING_BRACE_IN_VARIABLE, place);
            return;
        };
        written(inside, place, report);
        rest = after;
    }
}

/// `NAME` or `NAME, 'DEFAULT'`.
fn written(inside: &str, place: &Place<'_>, report: &mut Report) {
    if inside.trim().is_empty() {
        report.add(EMPTY_VARIABLE, place);
        return;
    }
    let (name, default) = match inside.split_once(',') {
        Some((name, default)) => (name, Some(default.trim())),
        None => (inside, None),
    };
    if name.contains(' ') {
        report.add(UNSUPPORTED_SPACE_IN_VARIABLE, place).with("variable", format!("${{{inside}}}"));
    }
    let quoted = |text: &str| text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'');
    if default.is_some_and(|default| !quoted(default)) {
        report.add(MISSING_QUOTE_IN_VARIABLE, place).with("variable", format!("${{{inside}}}"));
    }
}
