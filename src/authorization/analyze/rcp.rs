//! Resource control policies: deny, whoever calls. RCPFullAWSAccess is attached everywhere and allows.
//!
//! AWS page: Organizations User Guide, "Resource control policies (RCPs)", with the list of services that support
//! them. Service-linked roles are exempt, and kms:RetireGrant.
//! Left out on purpose: AWS managed keys, which are exempt too, can't be told from the request.

use super::super::question::Question;
use super::{Finding, read_levels};
use crate::data::resource_control_services;
use crate::policy::Naming;

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let levels = &question.policies.rcp;
    if levels.is_empty() || question.service_linked() || !supported(question) {
        return None;
    }
    let mut finding = read_levels(question, levels);
    finding.allow = Some(Naming::Caller);
    finding.hoped = finding.allow;
    Some(finding)
}

fn supported(question: &Question<'_>) -> bool {
    let service = question.service();
    resource_control_services().any(|known| known.eq_ignore_ascii_case(service))
        && !question.is("kms:RetireGrant")
}
