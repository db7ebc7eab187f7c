//! Resource-based policy: bucket policy, queue policy, key policy.
//!
//! AWS page: IAM User Guide, "Policy evaluation for requests within a single account" and "Cross-account policy
//! evaluation logic". It reaches no principal of another partition.

use super::super::PrincipalKind;
use super::super::question::Question;
use super::{Finding, read};

pub(super) fn analyze(question: &Question<'_>) -> Option<Finding> {
    let mut finding = read(question, &question.policies.resource);
    if !question.same_partition {
        finding.allow = None;
        finding.hoped = None;
    }
    if owner_repairs_bucket_policy(question) {
        finding.deny = false;
        finding.unknown = false;
        finding.hoped = finding.allow;
    }
    (question.policies.resource.is_some() || question.resource_must_allow()).then_some(finding)
}

/// The root user of a bucket's owner can always read, replace and remove its policy, whatever that says.
///
/// AWS page: S3 API Reference, "PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy".
fn owner_repairs_bucket_policy(question: &Question<'_>) -> bool {
    let operations = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];
    question.principal().kind == PrincipalKind::Root
        && question.same_account
        && operations.iter().any(|operation| question.is(operation))
}
