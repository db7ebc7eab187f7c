//! What S3 calls a public bucket policy.
//!
//! AWS page: S3 User Guide, "Blocking public access to your Amazon S3 storage", section "The meaning of public".
//! A policy counts as public until every Allow is limited to fixed values, without wildcards or variables.

use super::document::{Document, Effect, Statement};
use super::matching::PrincipalPattern;

/// Keys whose fixed values limit a statement, in lower case.
const LIMITING_KEYS: [&str; 14] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
];

impl Document {
    /// Whether S3 calls the policy public: one public statement is enough.
    pub fn is_public(&self) -> bool {
        self.statements.iter().any(Statement::is_public)
    }
}

impl Statement {
    /// Whether the statement grants to others than fixed ones.
    pub fn is_public(&self) -> bool {
        let named = self.principal.as_ref().is_some_and(|principal| {
            !principal.negated && principal.patterns.iter().all(PrincipalPattern::is_fixed)
        });
        let limited = self.conditions.iter().any(|condition| {
            LIMITING_KEYS.contains(&&*condition.lower_case_key) && condition.limits_to_fixed_values()
        });
        self.effect == Effect::Allow && !named && !limited
    }
}

impl PrincipalPattern {
    fn is_fixed(&self) -> bool {
        !matches!(
            self,
            PrincipalPattern::Everyone | PrincipalPattern::EveryService | PrincipalPattern::Federated(_)
        )
    }
}
