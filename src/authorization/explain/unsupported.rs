//! What a statement says that can't be evaluated, where the rest of it is about this request.
//!
//! An unknown operator never holds; an unknown key is as one that the request doesn't carry. In a Deny either
//! may protect nothing.

use super::super::{StatementMatch, Unsupported};
use super::known_keys;
use crate::policy::Statement;

pub(super) fn of(statement: &Statement, told: &StatementMatch, policy: &str) -> Vec<Unsupported> {
    let mut found: Vec<Unsupported> = Vec::new();
    if !told.elements.iter().all(|element| element.matched) {
        return found;
    }
    for (condition, compared) in statement.conditions.iter().zip(&told.conditions) {
        let (code, pointer) = if !condition.operator_is_known() {
            ("unknown-operator", format!("{}{}", told.pointer, condition.operator_pointer()))
        } else if compared.actual.is_none() && !known_keys::is_known(&condition.key) {
            ("unknown-key", compared.pointer.clone())
        } else {
            continue;
        };
        if !found.iter().any(|one| one.pointer == pointer) {
            found.push(Unsupported { policy: policy.to_string(), pointer, code });
        }
    }
    found
}
