//! Permissions boundary: limits what identity policies grant to a user or role; grants nothing.
//!
//! AWS page: IAM User Guide, "Permissions boundaries for IAM entities".

use super::super::question::Question;
use super::{Finding, read};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    if !question.has_account() {
        return None;
    }
    question.policies.boundary.as_ref().map(|boundary| read(question, [boundary]))
}
