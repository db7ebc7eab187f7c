//! Policies of roots, units and accounts: AttachPolicy, DetachPolicy, ListPoliciesForTarget, ListTargetsForPolicy; and the
//! types of policies that count: EnablePolicyType, DisablePolicyType.
//!
//! AWS page: Organizations API Reference, the operations of these names.

use super::policy::kind;
use super::{Answer, Ask, shapes};
use crate::cloud::{AttachedControlPolicy, ControlPolicyKind, Organization};
use crate::json::Value;
use crate::services::errors::*;
use crate::services::protocol::json::one;

/// AttachPolicy.
pub(super) fn attach(ask: &mut Ask<'_>) -> Answer {
    let (policy, target, attached) = named(ask)?;
    if !ask.organization()?.policy_types.contains(&policy.kind) {
        return Err(ORG_TYPE_NOT_ENABLED.error());
    }
    if policy.targets.contains(target) {
        return Err(ORG_ATTACHED.error());
    }
    if attached >= policy.kind.most_attached() {
        return Err(ORG_TOO_MANY_ATTACHED
            .error()
            .field("Reason", "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"));
    }
    if let Some(policy) = changed(ask)? {
        policy.targets.insert(target.to_string());
    }
    Ok(Value::Null)
}

/// DetachPolicy, of any but the last one.
pub(super) fn detach(ask: &mut Ask<'_>) -> Answer {
    let (policy, target, attached) = named(ask)?;
    if !policy.targets.contains(target) {
        return Err(ORG_NOT_ATTACHED.error());
    }
    if attached == 1 || ask.text("PolicyId") == ControlPolicyKind::Resource.default_id() {
        return Err(ORG_LAST_POLICY.error().field("Reason", "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"));
    }
    if let Some(policy) = changed(ask)? {
        policy.targets.remove(target);
    }
    Ok(Value::Null)
}

/// The policy and the target that the request names, and how many policies of that type the target has.
fn named<'s, 'a>(ask: &'s Ask<'a>) -> Result<(&'s AttachedControlPolicy, &'a str, usize), AwsError> {
    let policy = ask.policy()?;
    let target = ask.known("TargetId", &ORG_TARGET_NOT_FOUND, Organization::has)?;
    Ok((policy, target, ask.organization()?.attached(target, policy.kind).count()))
}

fn changed<'s>(ask: &'s mut Ask<'_>) -> Result<Option<&'s mut AttachedControlPolicy>, AwsError> {
    let id = ask.text("PolicyId");
    Ok(ask.change()?.policies.get_mut(id))
}

/// ListPoliciesForTarget: those attached to it directly.
pub(super) fn of_target(ask: &mut Ask<'_>) -> Answer {
    let kind = kind(ask, "Filter")?;
    let target = ask.known("TargetId", &ORG_TARGET_NOT_FOUND, Organization::has)?;
    let organization = ask.organization()?;
    let wanted = |id: &str| {
        let policy = organization.policies.get(id);
        policy.is_some_and(|policy| policy.kind == kind && policy.targets.contains(target))
    };
    let ids = organization.policies.keys();
    Ok(shapes::listed("Policies", organization, ids, &wanted, shapes::policy_summary))
}

/// ListTargetsForPolicy: every root, unit and account that it is attached to.
pub(super) fn targets(ask: &mut Ask<'_>) -> Answer {
    let (organization, ids) = (ask.organization()?, ask.policy()?.targets.iter());
    Ok(shapes::listed("Targets", organization, ids, &|_| true, shapes::target))
}

/// EnablePolicyType: AWS's own policy of the type is attached to everything.
pub(super) fn enable(ask: &mut Ask<'_>) -> Answer {
    let (kind, organization) = typed(ask)?;
    if !organization.all_features {
        return Err(ORG_TYPE_NOT_AVAILABLE.error());
    }
    if organization.policy_types.contains(&kind) {
        return Err(ORG_TYPE_ENABLED.error());
    }
    organization.enable(kind);
    Ok(one("Root", shapes::root(organization)))
}

/// DisablePolicyType: its policies are detached from everything.
pub(super) fn disable(ask: &mut Ask<'_>) -> Answer {
    let (kind, organization) = typed(ask)?;
    if !organization.policy_types.remove(&kind) {
        return Err(ORG_TYPE_NOT_ENABLED.error());
    }
    for policy in organization.policies.values_mut().filter(|policy| policy.kind == kind) {
        policy.targets = Default::default();
    }
    Ok(one("Root", shapes::root(organization)))
}

fn typed<'s>(ask: &'s mut Ask<'_>) -> Result<(ControlPolicyKind, &'s mut Organization), AwsError> {
    ask.known("RootId", &ORG_ROOT_NOT_FOUND, |found, id| found.root_id == id)?;
    let kind = kind(ask, "PolicyType")?;
    Ok((kind, ask.change()?))
}
