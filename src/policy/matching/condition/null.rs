//! Null: `true` if the key must be absent, `false` if it must be present.

use super::super::KeyValues;
use super::{Meaning, Operand};

pub(super) fn holds(values: &[Operand], found: Option<KeyValues<'_>>) -> bool {
    // A multivalued key without values counts as absent.
    let absent = found.is_none_or(|found| found.values.is_empty());
    values.iter().any(|operand| operand.meaning == Meaning::Boolean(absent))
}
