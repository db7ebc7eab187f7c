//! A role's trust policy: who may assume it. Without its Allow nobody does.
//!
//! AWS page: IAM User Guide, "How to use trust policies"; STS API Reference, "AssumeRole".

use super::super::question::Question;
use super::{Finding, read};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let mut finding = read(question, &question.policies.resource);
    if !question.same_partition {
        finding.allow = None;
        finding.hoped = None;
    }
    Some(finding)
}
