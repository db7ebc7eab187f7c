//! How one statement compared, element by element.

use super::super::{ConditionMatch, ElementMatch, StatementMatch};
use super::Place;
use crate::gather::Gather;
use crate::policy::{Asked, CallerKind, Statement};

/// Compares every element, also after one that didn't match.
pub(super) fn explain(statement: &Statement, asked: &Asked<'_>, place: Place) -> StatementMatch {
    let mut elements = Vec::with_capacity(3);
    let mut element = |element: &'static str, matched: bool, asked: &str, against: Vec<String>| {
        let pointer = format!("{}/{element}", place.pointer);
        elements.push(ElementMatch { element, pointer, matched, asked: asked.to_string(), against });
    };
    if let Some(principal) = &statement.principal {
        let against = principal.patterns.iter().map(|pattern| pattern.text().to_string()).gather();
        let matched = statement.matches_principal(asked).is_some();
        element(statement.principal_element(), matched, caller(asked), against);
    }
    let against = statement.actions.patterns.iter().map(|pattern| pattern.text().to_string()).gather();
    element(statement.action_element(), statement.matches_action(asked.action), asked.action, against);
    if let Some(resources) = &statement.resources {
        let against = resources.patterns.iter().map(|pattern| pattern.resolve(asked.keys)).gather();
        element(
            statement.resource_element(),
            statement.matches_resource(asked),
            asked.resource.text(),
            against,
        );
    }
    let conditions: Vec<ConditionMatch> = statement
        .conditions
        .iter()
        .map(|condition| ConditionMatch {
            operator: condition.operator.to_string(),
            key: condition.key.to_string(),
            pointer: format!("{}{}", place.pointer, condition.pointer()),
            values: condition.values.iter().map(|value| value.resolve(asked.keys)).gather(),
            actual: condition.values_of(asked.keys).map(|found| found.values.to_vec()),
            matched: condition.holds(asked.keys),
        })
        .gather();
    let matched = elements.iter().all(|element| element.matched)
        && conditions.iter().all(|condition| condition.matched);
    StatementMatch {
        pointer: place.pointer,
        span: place.span,
        sid: statement.sid.as_ref().map(|sid| sid.to_string()),
        effect: statement.effect.name(),
        matched,
        elements,
        conditions,
    }
}

/// The caller as Principal is compared with it.
fn caller<'a>(asked: &Asked<'a>) -> &'a str {
    if asked.caller.kind == CallerKind::Anonymous { "anonymous" } else { asked.caller.arn }
}
