//! AWS's sentence for a request that policies refuse.
//!
//! AWS page: IAM User Guide, "Troubleshoot access denied error messages". AWS names one policy type, also where
//! several refuse; which one isn't documented: here the first in the order of evaluation.

use super::errors::{
    AwsError, DENIED, DENIED_EXPLICITLY, DENIED_IMPLICITLY, DENIED_ON, DENIED_ON_QUOTED, fill,
};
use crate::authorization::{Authorization, AuthorizationRequest, Decision, Gate, GateState, Policies};
use crate::gather::Gather;
use crate::policy::Policy;
use std::sync::Arc;

/// How a service writes the resource in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResourceClause {
    /// `on resource: ARN`
    Plain,
    /// `on resource: "ARN"`
    Quoted,
    /// Not at all.
    Absent,
}

/// `User: ... is not authorized to perform: ...`, with the policy type that refuses. `told`: the resource as the service
/// calls it.
pub(super) fn denial(
    request: &AuthorizationRequest,
    policies: &Policies,
    answer: &Authorization,
    clause: ResourceClause,
    told: &str,
) -> AwsError {
    let on = match clause {
        ResourceClause::Plain => DENIED_ON,
        ResourceClause::Quoted => DENIED_ON_QUOTED,
        ResourceClause::Absent => "",
    };
    let on = fill(on, &[("resource", told)]);
    let reason = reason(request, policies, answer);
    DENIED.with(&[
        ("principal", &request.principal.arn),
        ("action", &request.action),
        ("resource", &on),
        ("reason", &reason),
    ])
}

fn reason(request: &AuthorizationRequest, policies: &Policies, answer: &Authorization) -> String {
    let state = match answer.decision {
        Decision::ExplicitDeny => GateState::ExplicitDeny,
        _ => GateState::ImplicitDeny,
    };
    let closed = |gate: &&Gate| answer.gates.get(gate) == Some(&state);
    let Some(gate) = answer.blocked_by.iter().find(closed).or(answer.blocked_by.first()) else {
        return String::new();
    };
    let trust = request.asks_trust_policy();
    if state == GateState::ImplicitDeny {
        // STS doesn't say that it is the trust policy that lacks an Allow.
        return match gate {
            Gate::Rcp => String::new(),
            Gate::Resource if trust => String::new(),
            _ => fill(DENIED_IMPLICITLY, &[("kind", kind(*gate, trust)), ("action", &request.action)]),
        };
    }
    let kind = kind(*gate, trust);
    let article = match (gate, trust) {
        (Gate::Resource, true) => "the",
        (Gate::Identity, _) => "an",
        _ => "a",
    };
    let mut text = fill(DENIED_EXPLICITLY, &[("a", &format!("{article} {kind}"))]);
    if let Some(arn) = denying_arn(*gate, policies, answer) {
        text.push_str(&format!(": {arn}"));
    }
    text
}

fn kind(gate: Gate, trust: bool) -> &'static str {
    match gate {
        Gate::Rcp => "resource control policy",
        Gate::Scp => "service control policy",
        Gate::Resource if trust => "role trust policy",
        Gate::Resource | Gate::S3BlockPublicAccess => "resource-based policy",
        Gate::Identity => "identity-based policy",
        Gate::Boundary => "permissions boundary",
        Gate::Session => "session policy",
        Gate::VpcEndpoint => "VPC endpoint policy",
    }
}

/// The ARN of the managed policy that denies; inline policies have none.
fn denying_arn(gate: Gate, policies: &Policies, answer: &Authorization) -> Option<String> {
    let levels = |levels: &[crate::authorization::Level]| -> Vec<Arc<Policy>> {
        levels.iter().flat_map(|level| level.policies.iter().cloned()).gather()
    };
    let candidates: Vec<Arc<Policy>> = match gate {
        Gate::Identity => policies.identity.clone(),
        Gate::Boundary => policies.boundary.iter().cloned().gather(),
        Gate::Session => policies.session.clone().unwrap_or_default(),
        Gate::Scp => levels(&policies.scp),
        Gate::Rcp => levels(&policies.rcp),
        Gate::Resource | Gate::VpcEndpoint | Gate::S3BlockPublicAccess => return None,
    };
    let denies = |policy: &&Arc<Policy>| {
        answer
            .decided_by
            .iter()
            .any(|citation| citation.policy == policy.name && citation.pointer.starts_with(&policy.pointer))
    };
    candidates.iter().find(denies).and_then(|policy| policy.arn.clone())
}
