//! Names of condition operators. The table is AWS's: "IAM JSON policy elements: Condition operators".

/// What an operator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub comparison: Comparison,
    pub negated: bool,
    pub quantifier: Option<Quantifier>,
    pub if_exists: bool,
}

/// How values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

/// How numbers and dates compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

/// A set operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

impl Order {
    /// Whether `found`, as it compares to the policy's value, satisfies the operator.
    pub(super) fn accepts(self, found: std::cmp::Ordering) -> bool {
        match self {
            Order::Equals => found.is_eq(),
            Order::LessThan => found.is_lt(),
            Order::LessThanEquals => found.is_le(),
            Order::GreaterThan => found.is_gt(),
            Order::GreaterThanEquals => found.is_ge(),
        }
    }
}

impl Operator {
    /// The operator of that name; names compare as written.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (quantifier, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            Some(_) => return None,
            None => (None, name),
        };
        let (base, if_exists) = match rest.strip_suffix("IfExists") {
            Some(base) => (base, true),
            None => (rest, false),
        };
        let (comparison, negated) = base_operator(base)?;
        if comparison == Comparison::Null && (if_exists || quantifier.is_some()) {
            return None;
        }
        Some(Operator { comparison, negated, quantifier, if_exists })
    }
}

/// Whether it is the one combination that AWS refuses outright.
pub(crate) fn is_null_if_exists(name: &str) -> bool {
    name.rsplit(':').next() == Some("NullIfExists")
}

fn base_operator(name: &str) -> Option<(Comparison, bool)> {
    use Comparison::{Arn, Binary, Bool, Date, IpAddress, Null, Numeric};
    use Comparison::{StringEquals, StringEqualsIgnoreCase, StringLike};
    Some(match name {
        "StringEquals" => (StringEquals, false),
        "StringNotEquals" => (StringEquals, true),
        "StringEqualsIgnoreCase" => (StringEqualsIgnoreCase, false),
        "StringNotEqualsIgnoreCase" => (StringEqualsIgnoreCase, true),
        "StringLike" => (StringLike, false),
        "StringNotLike" => (StringLike, true),
        "NumericEquals" => (Numeric(Order::Equals), false),
        "NumericNotEquals" => (Numeric(Order::Equals), true),
        "NumericLessThan" => (Numeric(Order::LessThan), false),
        "NumericLessThanEquals" => (Numeric(Order::LessThanEquals), false),
        "NumericGreaterThan" => (Numeric(Order::GreaterThan), false),
        "NumericGreaterThanEquals" => (Numeric(Order::GreaterThanEquals), false),
        "DateEquals" => (Date(Order::Equals), false),
        "DateNotEquals" => (Date(Order::Equals), true),
        "DateLessThan" => (Date(Order::LessThan), false),
        "DateLessThanEquals" => (Date(Order::LessThanEquals), false),
        "DateGreaterThan" => (Date(Order::GreaterThan), false),
        "DateGreaterThanEquals" => (Date(Order::GreaterThanEquals), false),
        "Bool" => (Bool, false),
        "BinaryEquals" => (Binary, false),
        "IpAddress" => (IpAddress, false),
        "NotIpAddress" => (IpAddress, true),
        "ArnEquals" | "ArnLike" => (Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Arn, true),
        "Null" => (Null, false),
        _ => return None,
    })
}
