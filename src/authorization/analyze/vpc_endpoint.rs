//! The policy of the VPC endpoint on the route: it must allow, and never grants.
//!
//! AWS page: VPC PrivateLink guide, "Control access to VPC endpoints using endpoint policies". No endpoint, or the
//! default policy, binds nothing.

use super::super::question::Question;
use super::{Finding, read};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let policies = question.policies.vpc_endpoint.as_deref().unwrap_or(&[]);
    (!policies.is_empty()).then(|| read(question, policies))
}
