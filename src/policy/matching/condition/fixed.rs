//! Whether a condition limits its key to values that S3 counts as fixed.

use super::operator::{Comparison, Quantifier};
use super::{Condition, Meaning, Operand};
use ipnet::IpNet;

impl Condition {
    /// Whether the condition fails for all but fixed values: a positive operator that an absent key fails, and no
    /// wildcard or variable; ranges of addresses no wider than /8 (IPv4) or /32 (IPv6), private ones excepted.
    ///
    /// AWS page: S3 User Guide, "The meaning of public".
    pub(crate) fn limits_to_fixed_values(&self) -> bool {
        let Some(operator) = self.meaning else {
            return false;
        };
        let loose =
            operator.negated || operator.if_exists || operator.quantifier == Some(Quantifier::ForAllValues);
        !loose && self.values.iter().all(|operand| self.is_fixed(operator.comparison, operand))
    }

    fn is_fixed(&self, comparison: Comparison, operand: &Operand) -> bool {
        let wild = operand.text.contains(['*', '?']);
        match (comparison, &operand.meaning) {
            (Comparison::StringEquals | Comparison::StringEqualsIgnoreCase, Meaning::Text) => true,
            (Comparison::StringLike | Comparison::Arn, Meaning::Text) => {
                !wild || self.is_access_point(operand)
            }
            (Comparison::IpAddress, Meaning::Network(range)) => is_narrow(range),
            _ => false,
        }
    }

    /// An access point's name may be a wildcard as long as its account is fixed.
    fn is_access_point(&self, operand: &Operand) -> bool {
        let account = operand.text.split(':').nth(4).unwrap_or("*");
        &*self.lower_case_key == "s3:dataaccesspointarn"
            && !account.is_empty()
            && !account.contains(['*', '?'])
    }
}

fn is_narrow(range: &IpNet) -> bool {
    match range {
        IpNet::V4(range) => {
            range.prefix_len() >= 8 || range.network().is_private() && range.broadcast().is_private()
        }
        IpNet::V6(range) => range.prefix_len() >= 32,
    }
}
