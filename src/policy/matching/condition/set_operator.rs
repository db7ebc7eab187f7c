//! ForAllValues and ForAnyValue: over the values that the request carries.
//!
//! AWS page: IAM User Guide, "Set operators for multi-valued context keys". Without any value ForAllValues
//! holds and ForAnyValue doesn't, with IfExists too.

use super::super::KeyValues;
use super::operator::Quantifier;

pub(super) fn holds(
    quantifier: Quantifier,
    found: Option<KeyValues<'_>>,
    matches: impl Fn(&str) -> bool,
) -> bool {
    let values = found.map_or(&[][..], |found| found.values);
    match quantifier {
        Quantifier::ForAllValues => values.iter().all(|value| matches(value)),
        Quantifier::ForAnyValue => values.iter().any(|value| matches(value)),
    }
}
