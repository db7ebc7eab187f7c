//! What a statement says that can't be evaluated.
//!
//! An unknown operator never holds; an unknown key is as one that the request doesn't carry. In a Deny either
//! may protect nothing.

use super::super::Unsupported;
use super::Place;
use crate::data::is_known_key;
use crate::policy::{Asked, Statement};

/// The conditions that can't be evaluated, of a statement that is about this request.
pub(super) fn of(
    statement: &Statement,
    asked: &Asked<'_>,
    policy: &str,
    mut place: impl FnMut() -> Place,
) -> Vec<Unsupported> {
    let mut found: Vec<Unsupported> = Vec::new();
    for condition in &statement.conditions {
        let (code, relative) = if !condition.operator_is_known() {
            ("unknown-operator", condition.operator_pointer())
        } else if condition.values_of(asked.keys).is_none() && !is_known_key(&condition.key) {
            ("unknown-key", condition.pointer())
        } else {
            continue;
        };
        let pointer = format!("{}{relative}", place().pointer);
        if !found.iter().any(|one| one.pointer == pointer) {
            found.push(Unsupported { policy: policy.to_string(), pointer, code });
        }
    }
    found
}
