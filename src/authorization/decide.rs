//! The decision, from what each policy type says. This file evaluates no policy.
//!
//! AWS page: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access", and
//! "Evaluating resource-based policies" for what a grant in the same account passes by.

use super::analyze::{Finding, Findings, PerGate};
use super::question::{Question, ResourceGate};
use super::{Decision, Gate, GateState, PrincipalKind};
use crate::policy::Naming;

/// The decision and what each gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ruling {
    pub decision: Decision,
    pub states: PerGate<GateState>,
}

impl Ruling {
    /// Every closed gate, in AWS's order.
    pub fn blocked_by(&self) -> impl Iterator<Item = Gate> {
        Gate::ALL.into_iter().filter(|gate| self.is_closed(*gate))
    }

    pub fn is_closed(&self, gate: Gate) -> bool {
        matches!(self.states.get(gate), GateState::ExplicitDeny | GateState::ImplicitDeny)
    }
}

/// Decides with every policy that can't be seen taken as saying nothing.
pub(super) fn decide(question: &Question<'_>, findings: &Findings) -> Ruling {
    if question.is("sts:GetCallerIdentity") {
        // STS answers it whatever any policy says.
        let not_applicable = GateState::NotApplicable;
        return Ruling { decision: Decision::Allow, states: every(not_applicable) };
    }
    let grant = grant(question, findings.resource);
    let passes = |needed: Naming| grant.is_some_and(|naming| naming >= needed);
    // A trust policy that names the caller doesn't pass by what limits the caller's own permissions.
    let limits_pass = passes(Naming::Caller) && question.resource_gate != ResourceGate::Trust;
    let states = PerGate {
        rcp: state(findings.rcp),
        scp: state(findings.scp),
        resource: resource(question, findings.resource),
        identity: bypass(
            state(findings.identity),
            passes(Naming::Issuer) && !chains_source_identity(question),
        ),
        boundary: bypass(state(findings.boundary), limits_pass),
        session: bypass(state(findings.session), limits_pass),
        vpc_endpoint: state(findings.vpc_endpoint),
        s3_block_public_access: state(findings.s3_block_public_access),
    };
    Ruling { decision: decision(&states), states }
}

/// A role session that sets a source identity needs both sides, also where the trust policy names its role.
/// AWS page: IAM User Guide, "Monitor and control actions taken with assumed roles".
fn chains_source_identity(question: &Question<'_>) -> bool {
    question.is("sts:SetSourceIdentity") && question.principal().kind == PrincipalKind::AssumedRole
}

fn decision(states: &PerGate<GateState>) -> Decision {
    let mut decision = Decision::Allow;
    for gate in Gate::ALL {
        match states.get(gate) {
            GateState::ExplicitDeny => return Decision::ExplicitDeny,
            GateState::ImplicitDeny => decision = Decision::ImplicitDeny,
            GateState::Allow | GateState::Bypassed | GateState::NotApplicable => {}
        }
    }
    decision
}

fn state(finding: Option<Finding>) -> GateState {
    match finding {
        None => GateState::NotApplicable,
        Some(Finding { deny: true, .. }) => GateState::ExplicitDeny,
        Some(Finding { allow: Some(_), .. }) => GateState::Allow,
        Some(_) => GateState::ImplicitDeny,
    }
}

fn bypass(state: GateState, passed: bool) -> GateState {
    if state == GateState::ImplicitDeny && passed { GateState::Bypassed } else { state }
}

/// How closely the resource policy's grant names the caller, where one account holds both.
fn grant(question: &Question<'_>, resource: Option<Finding>) -> Option<Naming> {
    if question.same_account { resource?.allow } else { None }
}

/// In one account a resource policy that grants nothing doesn't close its gate, but for trust and key policies.
fn resource(question: &Question<'_>, finding: Option<Finding>) -> GateState {
    match state(finding) {
        GateState::ImplicitDeny if !question.resource_must_allow() => GateState::NotApplicable,
        state => state,
    }
}

fn every(state: GateState) -> PerGate<GateState> {
    PerGate {
        rcp: state,
        scp: state,
        resource: state,
        identity: state,
        boundary: state,
        session: state,
        vpc_endpoint: state,
        s3_block_public_access: state,
    }
}
