//! Condition operators: what a name means.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Condition operators".

/// A condition operator, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// Set operator before the colon.
    pub qualifier: Option<Qualifier>,
    /// The name without qualifier and suffix.
    pub name: &'static str,
    /// What its values are.
    pub family: Family,
    /// Whether it ends in `IfExists`.
    pub if_exists: bool,
}

/// A set operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// `ForAllValues:`
    ForAllValues,
    /// `ForAnyValue:`
    ForAnyValue,
}

/// The type of values that an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Text.
    String,
    /// Numbers.
    Numeric,
    /// Dates and times.
    Date,
    /// `true` and `false`.
    Bool,
    /// Base64.
    Binary,
    /// IP addresses and ranges.
    IpAddress,
    /// ARNs.
    Arn,
    /// Whether the key is present.
    Null,
}

/// Every operator without qualifier and suffix.
pub const OPERATORS: [(&str, Family); 27] = [
    ("StringEquals", Family::String),
    ("StringNotEquals", Family::String),
    ("StringEqualsIgnoreCase", Family::String),
    ("StringNotEqualsIgnoreCase", Family::String),
    ("StringLike", Family::String),
    ("StringNotLike", Family::String),
    ("NumericEquals", Family::Numeric),
    ("NumericNotEquals", Family::Numeric),
    ("NumericLessThan", Family::Numeric),
    ("NumericLessThanEquals", Family::Numeric),
    ("NumericGreaterThan", Family::Numeric),
    ("NumericGreaterThanEquals", Family::Numeric),
    ("DateEquals", Family::Date),
    ("DateNotEquals", Family::Date),
    ("DateLessThan", Family::Date),
    ("DateLessThanEquals", Family::Date),
    ("DateGreaterThan", Family::Date),
    ("DateGreaterThanEquals", Family::Date),
    ("Bool", Family::Bool),
    ("BinaryEquals", Family::Binary),
    ("IpAddress", Family::IpAddress),
    ("NotIpAddress", Family::IpAddress),
    ("ArnEquals", Family::Arn),
    ("ArnLike", Family::Arn),
    ("ArnNotEquals", Family::Arn),
    ("ArnNotLike", Family::Arn),
    ("Null", Family::Null),
];

impl Operator {
    /// Takes a name apart; `None` if no such operator exists. `NullIfExists`, which no policy may use, is read too.
    pub fn parse(text: &str) -> Option<Self> {
        let (qualifier, rest) = match text.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Qualifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Qualifier::ForAnyValue), rest),
            Some(_) => return None,
            None => (None, text),
        };
        let named = |name: &str| OPERATORS.iter().find(|(other, _)| *other == name);
        if let Some((name, family)) = named(rest) {
            return Some(Operator { qualifier, name, family: *family, if_exists: false });
        }
        let (name, family) = named(rest.strip_suffix("IfExists")?)?;
        Some(Operator { qualifier, name, family: *family, if_exists: true })
    }

    /// Whether it matches when the values differ, or the key is absent.
    pub fn negated(&self) -> bool {
        self.name.contains("Not")
    }

    /// Whether `*` and `?` are wildcards in its values.
    pub fn is_like(&self) -> bool {
        self.name.ends_with("Like") || self.family == Family::Arn
    }
}

impl Family {
    /// As findings name the type.
    pub fn name(self) -> &'static str {
        match self {
            Family::String => "String",
            Family::Numeric => "Numeric",
            Family::Date => "Date",
            Family::Bool => "Bool",
            Family::Binary => "Binary",
            Family::IpAddress => "IpAddress",
            Family::Arn => "Arn",
            Family::Null => "Null",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_apart() {
        let operator = Operator::parse("ForAnyValue:StringNotLikeIfExists").unwrap();
        assert_eq!(operator.qualifier, Some(Qualifier::ForAnyValue));
        assert_eq!((operator.name, operator.if_exists), ("StringNotLike", true));
        assert!(operator.negated() && operator.is_like());
        assert!(Operator::parse("NullIfExists").is_some_and(|operator| operator.if_exists));
        for wrong in ["StringContains", "stringequals", "ForEachValue:StringEquals", "IfExists", "", ":Bool"]
        {
            assert_eq!(Operator::parse(wrong), None, "{wrong}");
        }
    }
}
