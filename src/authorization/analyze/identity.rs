//! Identity-based policies: inline, managed and of groups; of a role for its sessions, of a user for its
//! federated sessions.
//!
//! AWS page: IAM User Guide, "Identity-based policies and resource-based policies". The root user is allowed by
//! default in what its account may do; but STS refuses it AssumeRole.

use super::super::PrincipalKind;
use super::super::question::Question;
use super::{Finding, read};
use crate::policy::Naming;

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    if !question.has_account() {
        return None;
    }
    let mut finding = read(question, &question.policies.identity);
    if question.principal().kind == PrincipalKind::Root && !question.is("sts:AssumeRole") {
        finding.allow = Some(Naming::Caller);
        finding.hoped = finding.allow;
    }
    Some(finding)
}
