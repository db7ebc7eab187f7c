//! Reads the document of a policy that a request brings.

use super::Ask;
use crate::cloud::ControlPolicyKind;
use crate::json;
use crate::policy::{Effect, Policy};
use crate::services::errors::{AwsError, ORG_MALFORMED_POLICY, ORG_POLICY_SIZE};
use std::sync::Arc;

/// The document in `Content`, under the policy's ARN.
///
/// # Errors
/// What the type's grammar or size refuses; an RCP of one's own can't allow.
pub(super) fn read(ask: &Ask<'_>, kind: ControlPolicyKind, arn: &str) -> Result<Arc<Policy>, AwsError> {
    let content = ask.text("Content");
    if content.chars().count() > kind.longest() {
        return Err(ORG_POLICY_SIZE.error().field("Reason", "POLICY_CONTENT_LIMIT_EXCEEDED"));
    }
    let malformed = || ORG_MALFORMED_POLICY.error();
    let node = json::parse(content).map_err(|_| malformed())?;
    let arn = arn.to_string();
    let policy = Policy::parse(arn.clone(), Some(arn), "", content.into(), &node, kind.policy_kind());
    let policy = policy.map_err(|_| malformed())?;
    let allows = policy.statements().iter().any(|statement| statement.effect == Effect::Allow);
    if kind == ControlPolicyKind::Resource && allows {
        return Err(malformed());
    }
    Ok(Arc::new(policy))
}
