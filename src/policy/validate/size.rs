//! How long a policy may be.
//!
//! AWS pages: IAM User Guide, "IAM and AWS STS quotas"; Organizations User Guide, "Quotas for AWS
//! Organizations"; S3 User Guide, "Bucket policies" (20 KB); VPC User Guide, "Endpoint policies" (20,480).

use super::issue::{
    Issue, POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, POLICY_SIZE_EXCEEDS_RCP_QUOTA,
    POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA,
    POLICY_SIZE_EXCEEDS_SCP_QUOTA,
};
use super::report::Report;
use super::{Document, ResourceType};
use crate::policy::PolicyKind;

/// Whether white space outside strings counts.
enum WhiteSpace {
    Counts,
    DoesNot,
}

/// Compares the length in characters with the quota of the policy's type.
pub fn check(text: &str, document: &Document<'_>, report: &mut Report) {
    let (issue, quota, white_space): (Issue, usize, WhiteSpace) = match document.subject.kind {
        PolicyKind::Identity => (POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, 6_144, WhiteSpace::DoesNot),
        PolicyKind::Trust => (POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA, 2_048, WhiteSpace::DoesNot),
        PolicyKind::ServiceControl => (POLICY_SIZE_EXCEEDS_SCP_QUOTA, 10_240, WhiteSpace::Counts),
        PolicyKind::ResourceControl => (POLICY_SIZE_EXCEEDS_RCP_QUOTA, 5_120, WhiteSpace::Counts),
        PolicyKind::VpcEndpoint => (POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, 20_480, WhiteSpace::Counts),
        PolicyKind::Resource if document.subject.resource_type == Some(ResourceType::Bucket) => {
            (POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, 20_480, WhiteSpace::Counts)
        }
        // Each service has a quota of its own.
        PolicyKind::Resource => return,
    };
    let size = match white_space {
        WhiteSpace::Counts => text.trim().chars().count(),
        WhiteSpace::DoesNot => without_white_space(text),
    };
    if size > quota {
        report
            .add(issue, &document.place)
            .with("policySize", size.to_string())
            .with("policySizeQuota", quota.to_string());
    }
}

/// Characters but for white space between tokens.
fn without_white_space(text: &str) -> usize {
    let (mut in_string, mut escaped, mut count) = (false, false, 0);
    for character in text.chars() {
        match character {
            '"' if !escaped => in_string = !in_string,
            ' ' | '\t' | '\n' | '\r' if !in_string => continue,
            _ => {}
        }
        escaped = in_string && character == '\\' && !escaped;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_in_strings_counts() {
        assert_eq!(without_white_space("{ \"a b\" :\n1 }"), 9);
        assert_eq!(without_white_space(r#"{"a\" b": 1}"#), 11);
    }
}
