//! NumericEquals, NumericLessThan and the others: integers and decimals, compared digit by digit, so that
//! no size loses precision.

use super::operator::Order;
use crate::decimal::Decimal;

pub(super) fn matches(wanted: &str, order: Order, value: &str) -> bool {
    match (Decimal::parse(wanted), Decimal::parse(value)) {
        (Some(wanted), Some(found)) => order.accepts(found.compare(&wanted)),
        _ => false,
    }
}
