//! S3 Block Public Access: RestrictPublicBuckets leaves a bucket with a public policy to its own account and to
//! AWS services.
//!
//! AWS page: S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of public".
//! BlockPublicPolicy and BlockPublicAcls refuse later PUTs and leave what exists alone. Left out on purpose: ACLs,
//! so that IgnorePublicAcls has nothing to ignore.

use super::super::PrincipalKind;
use super::super::question::Question;
use super::Finding;

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let settings = question.policies.public_access_block?;
    if !settings.restrict_public_buckets || !question.service().eq_ignore_ascii_case("s3") {
        return None;
    }
    let Some(policy) = &question.policies.resource else {
        return Some(Finding::ALLOW);
    };
    if question.same_account || question.principal().kind == PrincipalKind::Service {
        return Some(Finding::ALLOW);
    }
    let Some(document) = &policy.document else {
        return Some(Finding { unknown: true, ..Finding::ALLOW });
    };
    Some(Finding { deny: document.is_public(), ..Finding::ALLOW })
}
