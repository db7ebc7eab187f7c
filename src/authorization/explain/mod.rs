//! How a decision came about: every policy type, statement and element.
//!
//! Entry: [`authorization`]. What it writes is as long as the policies are; the decision itself is made elsewhere.

mod known_keys;
mod near_miss;
mod statement;
mod unsupported;

use super::decide::GATES;
use super::question::Question;
use super::what_if::Resolution;
use super::{
    Authorization, Citation, Decision, Dependence, Gate, GateState, Level, NearMiss, PolicyMatch, Unsupported,
};
use crate::json::{LineIndex, TextSpan};
use crate::policy::{Effect, Policy, Statement};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The whole answer.
pub(super) fn authorization(question: &Question<'_>, resolution: &Resolution) -> Authorization {
    let ruling = &resolution.ruling;
    let mut story = Story::default();
    for gate in GATES {
        let state = *ruling.states.get(gate);
        let policies = policies_of(question, gate);
        if gate == Gate::S3BlockPublicAccess {
            story.tell_public_access(&policies, state);
        } else if !policies.is_empty() {
            story.tell(question, gate, state, &policies);
        }
    }
    let decided_by = match ruling.decision {
        Decision::Allow => story.grants,
        Decision::ExplicitDeny => story.denials,
        Decision::ImplicitDeny | Decision::Depends => Vec::new(),
    };
    let near_misses = match ruling.decision {
        Decision::Allow => Vec::new(),
        _ => story.near_misses,
    };
    Authorization {
        decision: ruling.decision,
        blocked_by: if ruling.decision == Decision::Allow { Vec::new() } else { resolution.closed.clone() },
        gates: GATES.into_iter().map(|gate| (gate, *ruling.states.get(gate))).collect(),
        decided_by,
        unsupported: story.unsupported,
        explain: story.explain,
        near_misses,
        depends_on: dependences(question, resolution),
    }
}

/// What the explanation gathers on its way through the policies.
#[derive(Default)]
struct Story {
    grants: Vec<Citation>,
    denials: Vec<Citation>,
    unsupported: Vec<Unsupported>,
    near_misses: Vec<NearMiss>,
    explain: BTreeMap<Gate, Vec<PolicyMatch>>,
}

impl Story {
    fn tell(&mut self, question: &Question<'_>, gate: Gate, state: GateState, policies: &[&Arc<Policy>]) {
        let mut matches = Vec::with_capacity(policies.len());
        for policy in policies {
            let asked = question.to(policy);
            let mut statements = Vec::with_capacity(policy.statements().len());
            for (one, place) in places(policy) {
                let told = statement::explain(one, &asked, place);
                let citation = || Citation {
                    policy: policy.name.clone(),
                    pointer: told.pointer.clone(),
                    span: told.span,
                };
                match (one.effect, told.matched) {
                    (Effect::Deny, true) if state == GateState::ExplicitDeny => self.denials.push(citation()),
                    (Effect::Allow, true) if grants(gate, state) => self.grants.push(citation()),
                    (Effect::Allow, false) if state == GateState::ImplicitDeny => {
                        self.near_misses.extend(near_miss::of(one, &asked, &told, &policy.name));
                    }
                    _ => {}
                }
                self.unsupported.extend(unsupported::of(one, &told, &policy.name));
                statements.push(told);
            }
            matches.push(PolicyMatch { policy: policy.name.clone(), statements });
        }
        self.explain.insert(gate, matches);
    }

    /// Block Public Access has no statements of its own: what it refuses are those that make the policy public.
    fn tell_public_access(&mut self, policies: &[&Arc<Policy>], state: GateState) {
        if state != GateState::ExplicitDeny {
            return;
        }
        for policy in policies {
            for (_, place) in places(policy).filter(|(one, _)| one.is_public()) {
                let policy = policy.name.clone();
                self.denials.push(Citation { policy, pointer: place.pointer, span: place.span });
            }
        }
    }
}

/// Where a statement stands.
struct Place {
    pointer: String,
    span: Option<TextSpan>,
}

/// The statements of a policy with their places.
fn places(policy: &Policy) -> impl Iterator<Item = (&Statement, Place)> {
    let lines = (!policy.text.is_empty()).then(|| LineIndex::new(&policy.text));
    let document = policy.document.as_deref();
    policy.statements().iter().enumerate().map(move |(number, one)| {
        let relative = document.map_or(String::new(), |document| document.statement_pointer(number));
        let span = lines.as_ref().map(|lines| lines.span(one.span));
        (one, Place { pointer: format!("{}{relative}", policy.pointer), span })
    })
}

/// Guard rails allow, but only identity and resource policies grant.
fn grants(gate: Gate, state: GateState) -> bool {
    matches!(gate, Gate::Identity | Gate::Resource) && state == GateState::Allow
}

fn dependences(question: &Question<'_>, resolution: &Resolution) -> Vec<Dependence> {
    let mut dependences = Vec::new();
    for (gate, could_be) in &resolution.depends_on {
        for policy in policies_of(question, *gate).iter().filter(|policy| policy.document.is_none()) {
            let policy = policy.name.clone();
            dependences.push(Dependence { gate: *gate, policy, could_be: could_be.clone() });
        }
    }
    dependences
}

/// The policies that feed a gate.
fn policies_of<'q>(question: &Question<'q>, gate: Gate) -> Vec<&'q Arc<Policy>> {
    let policies = question.policies;
    let levels = |levels: &'q [Level]| levels.iter().flat_map(|level| &level.policies).collect();
    match gate {
        Gate::Rcp => levels(&policies.rcp),
        Gate::Scp => levels(&policies.scp),
        Gate::Resource => policies.resource.iter().collect(),
        Gate::Identity => policies.identity.iter().collect(),
        Gate::Boundary => policies.boundary.iter().collect(),
        Gate::Session => policies.session.iter().flatten().collect(),
        Gate::VpcEndpoint => policies.vpc_endpoint.iter().flatten().collect(),
        Gate::S3BlockPublicAccess if policies.public_access_block.is_some() => {
            policies.resource.iter().collect()
        }
        Gate::S3BlockPublicAccess => Vec::new(),
    }
}
