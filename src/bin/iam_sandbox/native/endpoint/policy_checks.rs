//! The checks of policies, with their English sentences, as Access Analyzer answers them.

use crate::native::texts::Texts;
use iam_sandbox::data::Tables;
use iam_sandbox::policy::validate::{FindingType, Subject, validate};
use iam_sandbox::services::CheckedPolicyFinding;
use std::sync::OnceLock;

/// Read once: they are large.
static TABLES: OnceLock<Tables> = OnceLock::new();
static TEXTS: OnceLock<Texts> = OnceLock::new();

/// All findings about a policy; `None` if the types don't exist or don't fit each other.
pub fn check(
    text: &str,
    policy_type: &str,
    resource_type: Option<&str>,
) -> Option<Vec<CheckedPolicyFinding>> {
    let subject = Subject::new(policy_type, resource_type)?;
    let findings = validate(text, subject, TABLES.get_or_init(Tables::carried));
    let texts = TEXTS.get_or_init(Texts::english_findings);
    let told = |finding: iam_sandbox::policy::validate::Finding| CheckedPolicyFinding {
        finding_type: match finding.finding_type {
            FindingType::Error => "ERROR",
            FindingType::SecurityWarning => "SECURITY_WARNING",
            FindingType::Warning => "WARNING",
            FindingType::Suggestion => "SUGGESTION",
        },
        issue_code: finding.issue_code,
        details: texts.say(&finding.text_key(), &finding.params),
        locations: finding.locations.into_iter().map(|place| (place.pointer, place.span)).collect(),
    };
    Some(findings.into_iter().map(told).collect())
}
