//! Looks for what an input names by its id.

use super::Ask;
use crate::cloud::{AttachedControlPolicy, Organization};
use crate::services::errors::{AwsError, ORG_POLICY_NOT_FOUND, Text};

/// The id that a member holds, if `has` says that the organization has it.
///
/// # Errors
/// `missing`.
pub(super) fn known<'a>(
    ask: &'a Ask<'_>,
    member: &str,
    missing: Text,
    has: impl Fn(&Organization, &str) -> bool,
) -> Result<(&'a Organization, &'a str), AwsError> {
    let (organization, id) = (ask.organization()?, ask.text(member));
    if has(organization, id) { Ok((organization, id)) } else { Err(missing.error()) }
}

/// Whether that is the root or a unit.
pub(super) fn is_parent(organization: &Organization, id: &str) -> bool {
    organization.root_id == id || organization.units.contains_key(id)
}

/// The policy that `PolicyId` names.
pub(super) fn policy<'a>(ask: &'a Ask<'_>) -> Result<(&'a str, &'a AttachedControlPolicy), AwsError> {
    let id = ask.text("PolicyId");
    let found = ask.organization()?.policies.get(id);
    found.map(|policy| (id, policy)).ok_or_else(|| ORG_POLICY_NOT_FOUND.error())
}
