//! StringEquals, StringEqualsIgnoreCase, StringLike and their negations.

use super::super::variable::{Template, Wildcards};
use super::super::{ConditionKeys, wildcard};
use super::operator::Comparison;
use super::{Meaning, Operand};

pub(super) fn read(comparison: Comparison, text: &str, variables: bool) -> Meaning {
    let wildcards = if comparison == Comparison::StringLike { Wildcards::Read } else { Wildcards::Literal };
    let template = if variables { Template::new(text, wildcards) } else { None };
    template.map_or(Meaning::Text, |template| Meaning::Template(Box::new(template)))
}

pub(super) fn matches(
    operand: &Operand,
    comparison: Comparison,
    value: &str,
    keys: &dyn ConditionKeys,
) -> bool {
    match (&operand.meaning, comparison) {
        (Meaning::Template(template), Comparison::StringEqualsIgnoreCase) => {
            template.resolve(keys).is_some_and(|wanted| same_ignoring_case(&wanted, value))
        }
        (Meaning::Template(template), _) => template.matches(keys, value),
        (_, Comparison::StringLike) => wildcard::matches(&operand.text, value),
        (_, Comparison::StringEqualsIgnoreCase) => same_ignoring_case(&operand.text, value),
        _ => *operand.text == *value,
    }
}

fn same_ignoring_case(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
        || left.chars().flat_map(char::to_lowercase).eq(right.chars().flat_map(char::to_lowercase))
}
