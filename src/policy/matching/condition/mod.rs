//! Condition: operators over condition keys.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple
//! context keys or values". Entry: [`Condition::holds`]. Operators and keys are ANDed, values ORed; the values
//! of a negated operator are NORed.

mod arn;
mod binary;
mod boolean;
mod date;
mod fixed;
mod if_exists;
mod ip_address;
mod null;
mod numeric;
mod operator;
mod set_operator;
mod string;

use super::variable::Template;
use super::{ConditionKeys, KeyValues};
use crate::clock::Timestamp;
use crate::gather::Gather;
use ipnet::IpNet;
pub(crate) use operator::is_null_if_exists;
use operator::{Comparison, Operator, Order};

/// One operator with one key and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// As written: `ForAnyValue:StringLikeIfExists`.
    pub operator: Box<str>,
    /// As written: `aws:SourceVpc`.
    pub key: Box<str>,
    /// In lower case, as the context compares keys.
    pub(crate) lower_case_key: Box<str>,
    /// The values.
    pub values: Box<[Operand]>,
    meaning: Option<Operator>,
}

/// One value of a condition, read once for its operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Operand {
    /// As written.
    pub text: Box<str>,
    meaning: Meaning,
}

#[derive(Debug, Clone, PartialEq)]
enum Meaning {
    /// The text itself.
    Text,
    /// The text with variables.
    Template(Box<Template>),
    /// An ARN pattern whose last segment has variables, and where that segment begins.
    ArnTemplate(u32, Box<Template>),
    Instant(Timestamp),
    Boolean(bool),
    Bytes(Box<[u8]>),
    Network(IpNet),
    /// Not a value of the operator's type: it matches nothing.
    Invalid,
}

impl Condition {
    /// A condition as written; variables are read if the policy's version knows them.
    pub(crate) fn new<'v>(
        operator: &str,
        key: &str,
        values: impl Iterator<Item = &'v str>,
        variables: bool,
    ) -> Self {
        let meaning = Operator::parse(operator);
        let operand = |text: &str| Operand {
            text: text.into(),
            meaning: meaning.map_or(Meaning::Invalid, |operator| read(operator.comparison, text, variables)),
        };
        Condition {
            operator: operator.into(),
            key: key.into(),
            lower_case_key: key.to_ascii_lowercase().into(),
            values: values.map(operand).gather(),
            meaning,
        }
    }

    /// Whether it holds for these keys. An unknown operator never does.
    pub fn holds(&self, keys: &dyn ConditionKeys) -> bool {
        let Some(operator) = self.meaning else {
            return false;
        };
        let found = keys.get(&self.lower_case_key);
        if operator.comparison == Comparison::Null {
            return null::holds(&self.values, found);
        }
        let matches = |value: &str| {
            let any = self.values.iter().any(|operand| operand.matches(operator.comparison, value, keys));
            any != operator.negated
        };
        if let Some(quantifier) = operator.quantifier {
            return set_operator::holds(quantifier, found, matches);
        }
        match found {
            None => if_exists::absent(operator),
            // A multivalued key needs a set operator.
            Some(found) => found.single().is_some_and(matches),
        }
    }

    /// The values that the request carries; `None` if it doesn't carry the key.
    pub fn values_of<'k>(&self, keys: &'k dyn ConditionKeys) -> Option<KeyValues<'k>> {
        keys.get(&self.lower_case_key)
    }

    /// Whether AWS has such an operator.
    pub fn operator_is_known(&self) -> bool {
        self.meaning.is_some()
    }

    /// Whether `*` and `?` in its values are wildcards.
    pub fn reads_wildcards(&self) -> bool {
        matches!(
            self.meaning.map(|operator| operator.comparison),
            Some(Comparison::StringLike | Comparison::Arn)
        )
    }

    /// Whether it holds for a value that it lists: not for a range of numbers or dates, nor for Null.
    pub fn takes_values(&self) -> bool {
        self.meaning.is_some_and(|operator| match operator.comparison {
            Comparison::Numeric(order) | Comparison::Date(order) => {
                order == Order::Equals && !operator.negated
            }
            Comparison::Null => false,
            _ => !operator.negated,
        })
    }

    /// Whether the operator is negated, so that a missing key makes it true.
    pub fn is_negated(&self) -> bool {
        self.meaning.is_some_and(|operator| operator.negated)
    }
}

impl Operand {
    fn matches(&self, comparison: Comparison, value: &str, keys: &dyn ConditionKeys) -> bool {
        match comparison {
            Comparison::StringEquals | Comparison::StringEqualsIgnoreCase | Comparison::StringLike => {
                string::matches(self, comparison, value, keys)
            }
            Comparison::Numeric(order) => numeric::matches(&self.text, order, value),
            Comparison::Date(order) => date::matches(&self.meaning, order, value),
            Comparison::Bool => boolean::matches(self, value, keys),
            Comparison::Binary => binary::matches(&self.meaning, value),
            Comparison::IpAddress => ip_address::matches(&self.meaning, value),
            Comparison::Arn => arn::matches(self, value, keys),
            Comparison::Null => false,
        }
    }

    /// The value with its variables replaced; as written if it has none, or one without a value.
    pub fn resolve(&self, keys: &dyn ConditionKeys) -> String {
        let resolved = match &self.meaning {
            Meaning::Template(template) => template.resolve(keys),
            Meaning::ArnTemplate(start, template) => template
                .resolve(keys)
                .map(|resource| format!("{}{resource}", self.text.get(..*start as usize).unwrap_or(""))),
            _ => None,
        };
        resolved.unwrap_or_else(|| self.text.to_string())
    }
}

fn read(comparison: Comparison, text: &str, variables: bool) -> Meaning {
    match comparison {
        Comparison::StringEquals | Comparison::StringEqualsIgnoreCase | Comparison::StringLike => {
            string::read(comparison, text, variables)
        }
        Comparison::Numeric(_) => Meaning::Text,
        Comparison::Date(_) => date::read(text),
        Comparison::Bool => boolean::read(text, variables),
        Comparison::Binary => binary::read(text),
        Comparison::IpAddress => ip_address::read(text),
        Comparison::Arn => arn::read(text, variables),
        Comparison::Null => boolean::read(text, false),
    }
}
