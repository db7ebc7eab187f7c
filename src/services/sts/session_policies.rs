//! Policy and PolicyArns: what a session may do at most, and how much room that takes.
//!
//! AWS page: IAM User Guide, "Session policies". Simplified: AWS packs policies and tags in a form that isn't
//! documented and has a limit of its own; here their characters are counted against the limit of one inline policy.

use super::Sts;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::services::constraints::length;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use std::sync::Arc;

/// The longest inline session policy, in characters.
const MAX_POLICY: usize = 2_048;
/// Most managed session policies.
const MAX_ARNS: usize = 10;
/// Characters that fill the packed form.
const PACKED: usize = 2_048;

/// The form of both parameters.
pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    if let Some(text) = input.get("Policy") {
        length("Policy", text, (1, MAX_POLICY))?;
    }
    let arns = input.members("PolicyArns", ".arn");
    if arns.len() > MAX_ARNS {
        return Err(STS_MANY_POLICIES.error());
    }
    arns.iter().try_for_each(|arn| length("PolicyArns", arn, (20, 2_048)))
}

/// Inline and managed session policies; `None`: none was passed. `account` owns the managed ones.
///
/// # Errors
/// MalformedPolicyDocument.
pub(super) fn read(
    sts: &mut Sts<'_, '_>,
    name: &str,
    account: &str,
) -> Result<Option<Vec<Arc<Policy>>>, AwsError> {
    let arns = sts.input.members("PolicyArns", ".arn");
    if sts.input.get("Policy").is_none() && arns.is_empty() {
        return Ok(None);
    }
    let mut policies = Vec::new();
    if let Some(text) = sts.input.get("Policy") {
        let node = json::parse(text).map_err(|_| STS_POLICY_JSON.error())?;
        let name = format!("session-policy/{name}");
        let policy = Policy::parse(&name, None, "", Arc::from(text), &node, PolicyKind::Identity);
        policies.push(Arc::new(policy.map_err(|_| STS_MALFORMED_POLICY.error())?));
    }
    for arn in arns {
        let aws = arn.starts_with(crate::cloud::AWS_MANAGED);
        let own = crate::arn::Arn::parse(arn).is_some_and(|arn| arn.account == account);
        let policy = match sts.call.cloud.managed_policy(arn).filter(|_| aws || own) {
            Some(policy) => Some(policy.clone()),
            None if aws => crate::cloud::aws_managed_policy(arn).map(|managed| managed.policy),
            None => None,
        };
        policies.push(policy.ok_or_else(|| STS_NO_POLICY.with(&[("arn", arn)]))?);
    }
    Ok(Some(policies))
}

/// PackedPolicySize in per cent, where policies or tags were passed.
///
/// # Errors
/// PackedPolicyTooLarge.
pub(super) fn packed_size(sts: &Sts<'_, '_>, tree: &mut Tree) -> Result<(), AwsError> {
    let size = size(sts.input);
    let percent = size.saturating_mul(100).div_ceil(PACKED);
    if percent > 100 {
        return Err(STS_PACKED.with(&[("percent", &percent.to_string())]));
    }
    if size > 0 {
        tree.text("PackedPolicySize", &percent.to_string());
    }
    Ok(())
}

fn size(input: &Parameters) -> usize {
    let mut size = 0;
    for text in input.get("Policy").into_iter().chain(input.members("PolicyArns", ".arn")) {
        size += text.chars().filter(|c| !c.is_whitespace()).count();
    }
    for text in [".Key", ".Value"].iter().flat_map(|part| input.members("Tags", part)) {
        size += text.chars().count();
    }
    size
}
