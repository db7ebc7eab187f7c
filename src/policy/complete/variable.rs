//! Policy variables, once `${` is typed.

use super::cursor::{Cursor, Step};
use super::{CompletionKind, Proposal};
use crate::data::Tables;
use crate::gather::Gather;
use crate::policy::validate::{Family, Operator};

/// Where a variable that isn't closed begins in the typed text.
pub fn open(typed: &str) -> Option<usize> {
    let start = typed.rfind("${")?;
    let closed = typed.get(start..).is_some_and(|rest| rest.contains('}'));
    (!closed).then_some(start)
}

/// Whether variables are replaced at the cursor: in resources, and in values of string and ARN operators.
pub fn allowed(cursor: &Cursor<'_>) -> bool {
    let path: Vec<&str> = cursor.path.iter().filter_map(Step::key).gather();
    match (path.get(1).copied(), path.get(2)) {
        (Some("Resource" | "NotResource"), _) => true,
        (Some("Condition"), Some(operator)) => {
            path.len() > 3
                && Operator::parse(operator)
                    .is_some_and(|operator| matches!(operator.family, Family::String | Family::Arn))
        }
        _ => false,
    }
}

/// Single-valued global keys; multivalued ones can't be variables.
pub fn proposals(tables: &Tables) -> Vec<Proposal> {
    let single = tables.global_keys.iter().filter(|key| !key.multivalued);
    let variable = |name: &str| match name.split_once("${") {
        // The tag's key is for the reader to write.
        Some((start, _)) => format!("${{{start}"),
        None => format!("${{{name}}}"),
    };
    single.map(|key| Proposal::new(variable(&key.name), CompletionKind::Variable, "editor.variable")).gather()
}
