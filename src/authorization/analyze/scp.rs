//! Service control policies: every level from the root to the account must allow.
//!
//! AWS page: Organizations User Guide, "SCP evaluation". They bind users, role sessions and the root users of
//! member accounts; not service-linked roles, services or anonymous callers. An empty list stands for no
//! organization or its management account.

use super::super::question::Question;
use super::{Finding, read_levels};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let levels = &question.policies.scp;
    if levels.is_empty() || !question.has_account() || question.service_linked() {
        return None;
    }
    Some(read_levels(question, levels))
}
