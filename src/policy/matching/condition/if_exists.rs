//! ...IfExists, and what a missing key means to each operator.

use super::operator::Operator;

/// Whether a condition holds when the request doesn't carry the key: a negated operator does, and every
/// operator with IfExists.
pub(super) fn absent(operator: Operator) -> bool {
    operator.negated || operator.if_exists
}
