//! Session policies: limit one session; grant nothing.
//!
//! AWS page: IAM User Guide, "Session policies". A role session without any has what the role has; a federated
//! session without any has nothing but what resource policies grant to it.

use super::super::PrincipalKind;
use super::super::question::Question;
use super::{Finding, read};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    if !question.has_account() {
        return None;
    }
    let policies = question.policies.session.as_deref().unwrap_or(&[]);
    if policies.is_empty() {
        return (question.principal().kind == PrincipalKind::FederatedUser).then_some(Finding::NOTHING);
    }
    Some(read(question, policies))
}
