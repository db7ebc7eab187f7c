//! The policies of a simulation, and the condition keys that they ask for: GetContextKeysForCustomPolicy,
//! GetContextKeysForPrincipalPolicy.
//!
//! AWS pages: IAM API Reference, the operations of these names, "Statement" (SourcePolicyId).

use super::kind::{Entity, Kind, find};
use super::parameters::MOST_DOCUMENT;
use super::{Answer, Iam};
use crate::authorization::Level;
use crate::cloud::AWS_MANAGED;
use crate::gather::Gather;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::services::authorize::service_control_levels;
use crate::services::constraints::length;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;
use std::sync::Arc;

/// Most policies of a request.
const MOST_POLICIES: usize = 20;

/// A policy with what the answer says of its kind.
pub(super) struct Source {
    pub policy: Arc<Policy>,
    pub kind: &'static str,
}

/// What is simulated.
pub(super) struct Simulated {
    pub identity: Vec<Source>,
    pub boundary: Option<Arc<Policy>>,
    pub scp: Vec<Level>,
}

/// The policies of the request.
pub(super) fn custom(iam: &Iam<'_, '_>) -> Result<Simulated, AwsError> {
    let mut identity = Vec::new();
    let texts = iam.input.members("PolicyInputList", "");
    if texts.len() > MOST_POLICIES {
        return Err(IAM_SIMULATION.with(&[("what", "too many policies")]));
    }
    for (place, text) in texts.into_iter().enumerate() {
        let policy = read(&format!("PolicyInputList.{}", place + 1), text, PolicyKind::Identity)?;
        identity.push(Source { policy, kind: "IAM Policy" });
    }
    let boundary = iam.input.members("PermissionsBoundaryPolicyInputList", "");
    if boundary.len() > 1 {
        return Err(IAM_SIMULATION.with(&[("what", "more than one permissions boundary")]));
    }
    let boundary =
        boundary.first().map(|text| read("PermissionsBoundaryPolicyInputList.1", text, PolicyKind::Identity));
    Ok(Simulated { identity, boundary: boundary.transpose()?, scp: Vec::new() })
}

/// The policies of a user, group or role, and those of the request.
pub(super) fn of_principal(iam: &Iam<'_, '_>, arn: &str) -> Result<Simulated, AwsError> {
    let mut simulated = custom(iam)?;
    let account = iam.account()?;
    let (kind, name) = arn
        .split_once(&format!("::{}:", iam.id))
        .and_then(|(_, resource)| resource.split_once('/'))
        .map(|(kind, path)| (kind, path.rsplit('/').next().unwrap_or(path)))
        .ok_or_else(|| IAM_ARN.with(&[("arn", arn)]))?;
    let kind = match kind {
        "user" => Kind::User,
        "role" => Kind::Role,
        "group" => Kind::Group,
        _ => return Err(IAM_ARN.with(&[("arn", arn)])),
    };
    let entity = iam.entity(kind, name)?;
    add(iam, kind, &entity, &mut simulated.identity);
    for group in entity.groups.iter().filter_map(|group| find(account, Kind::Group, group)) {
        add(iam, Kind::Group, &group, &mut simulated.identity);
    }
    let bounded = entity.boundary;
    if simulated.boundary.is_none()
        && let Some(arn) = bounded
    {
        simulated.boundary = iam.call.cloud.managed_policy(arn).cloned();
    }
    simulated.scp = service_control_levels(iam.call.cloud, &iam.id);
    Ok(simulated)
}

/// Adds the policies of a user, group or role.
fn add(iam: &Iam<'_, '_>, kind: Kind, holder: &Entity<'_>, sources: &mut Vec<Source>) {
    for each in holder.inline {
        let name = format!("{}_{}_{}", kind.facts().arn, holder.name, each.name);
        let policy = Arc::new(Policy { name, ..(*each.policy).clone() });
        sources.push(Source { policy, kind: "IAM Policy" });
    }
    for arn in holder.attached {
        let Some(policy) = iam.call.cloud.managed_policy(arn) else { continue };
        let name = arn.rsplit('/').next().unwrap_or(arn).to_string();
        let kind = if arn.starts_with(AWS_MANAGED) { "AWS Managed Policy" } else { "IAM Policy" };
        sources.push(Source { policy: Arc::new(Policy { name, ..(**policy).clone() }), kind });
    }
}

/// The policy of the resource, if the request gives one.
pub(super) fn resource_policy(iam: &Iam<'_, '_>) -> Result<Option<Arc<Policy>>, AwsError> {
    iam.input.get("ResourcePolicy").map(|text| read("ResourcePolicy", text, PolicyKind::Resource)).transpose()
}

fn read(name: &str, text: &str, kind: PolicyKind) -> Result<Arc<Policy>, AwsError> {
    length(name, text, (1, MOST_DOCUMENT))?;
    let wrong = || IAM_SIMULATION.with(&[("what", &format!("{name} is not a policy"))]);
    let node = json::parse(text).map_err(|_| wrong())?;
    let policy = Policy::parse(name, None, "", Arc::from(text), &node, kind).map_err(|_| wrong())?;
    Ok(Arc::new(policy))
}

/// GetContextKeysForCustomPolicy.
pub(super) fn custom_keys(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    keys(&custom(iam)?)
}

/// GetContextKeysForPrincipalPolicy.
pub(super) fn principal_keys(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    keys(&of_principal(iam, iam.text("PolicySourceArn"))?)
}

fn keys(simulated: &Simulated) -> Answer {
    let policies: Vec<&Policy> = simulated.identity.iter().map(|source| &*source.policy).gather();
    let names = condition_keys(&policies).into_values();
    Ok(Some(Tree::of("ContextKeyNames", Tree::Items(names.map(Tree::Text).gather()))))
}

/// The condition keys that policies name, each once: in lower case, and as it is first written.
pub(super) fn condition_keys(policies: &[&Policy]) -> SortedMap<String, String> {
    let mut pairs = Vec::new();
    for statement in policies.iter().flat_map(|policy| policy.statements()) {
        for condition in &statement.conditions {
            pairs.push((condition.key.to_ascii_lowercase(), condition.key.to_string()));
        }
    }
    pairs.reverse();
    SortedMap::of_many(pairs)
}
