//! How a decision came about: every policy type, statement and element.
//!
//! Entry: [`authorization`]. What it writes is as long as the policies are; the decision itself is made elsewhere.

mod citations;
mod near_miss;
mod statement;
mod unsupported;

use super::question::Question;
use super::what_if::Resolution;
use super::{Authorization, Citation, Decision, Dependence, Detail, Gate, GateState, Level, PolicyMatch};
use crate::gather::Gather;
use crate::json::{LineIndex, TextSpan};
use crate::policy::{Effect, Policy, Statement};
use crate::sorted::SortedMap;
use std::sync::Arc;

/// The whole answer.
pub(super) fn authorization(
    question: &Question<'_>,
    resolution: &Resolution,
    detail: Detail,
) -> Authorization {
    let ruling = &resolution.ruling;
    let cited = citations::of(question, ruling);
    let mut answer = Authorization {
        decision: ruling.decision,
        blocked_by: resolution.closed.clone(),
        gates: Gate::ALL.into_iter().map(|gate| (gate, *ruling.states.get(gate))).gather(),
        decided_by: cited.decided_by,
        unsupported: cited.unsupported,
        explain: SortedMap::new(),
        near_misses: Vec::new(),
        depends_on: dependences(question, resolution),
    };
    if detail == Detail::Full {
        for gate in Gate::ALL {
            tell(question, gate, *ruling.states.get(gate), &mut answer);
        }
    }
    answer
}

/// Compares every statement of a gate's policies, and finds those that nearly allow.
fn tell(question: &Question<'_>, gate: Gate, state: GateState, answer: &mut Authorization) {
    let mut matches = Vec::new();
    for policy in policies_of(question, gate) {
        let asked = question.to(policy);
        let mut statements = Vec::with_capacity(policy.statements().len());
        let mut places = Places::new(policy);
        for (number, one) in policy.statements().iter().enumerate() {
            let told = statement::explain(one, &asked, places.of(number, one));
            let allows = one.effect == Effect::Allow && !told.matched;
            if allows && state == GateState::ImplicitDeny && answer.decision != Decision::Allow {
                answer.near_misses.extend(near_miss::of(one, &asked, &told, policy));
            }
            statements.push(told);
        }
        matches.push(PolicyMatch { policy: policy.name.clone(), statements });
    }
    if !matches.is_empty() {
        answer.explain.insert(gate, matches);
    }
}

/// Where a statement stands.
struct Place {
    pointer: String,
    span: Option<TextSpan>,
}

/// The places of a policy's statements; its lines are counted when the first is asked for.
struct Places<'p> {
    policy: &'p Policy,
    lines: Option<LineIndex<'p>>,
}

impl<'p> Places<'p> {
    fn new(policy: &'p Policy) -> Self {
        Places { policy, lines: None }
    }

    fn of(&mut self, number: usize, statement: &Statement) -> Place {
        let document = self.policy.document.as_deref();
        let relative = document.map_or(String::new(), |document| document.statement_pointer(number));
        let pointer = format!("{}{relative}", self.policy.pointer);
        if self.policy.text.is_empty() {
            return Place { pointer, span: None };
        }
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(&self.policy.text));
        Place { pointer, span: Some(lines.span(statement.span)) }
    }

    fn citation(&mut self, number: usize, statement: &Statement) -> Citation {
        let place = self.of(number, statement);
        Citation { policy: self.policy.name.clone(), pointer: place.pointer, span: place.span }
    }
}

fn dependences(question: &Question<'_>, resolution: &Resolution) -> Vec<Dependence> {
    let mut dependences = Vec::new();
    for (gate, could_be) in &resolution.depends_on {
        let gate_of_policy = if *gate == Gate::S3BlockPublicAccess { Gate::Resource } else { *gate };
        for policy in policies_of(question, gate_of_policy).iter().filter(|policy| policy.document.is_none())
        {
            let (policy, pointer) = (policy.name.clone(), policy.pointer.clone());
            dependences.push(Dependence { gate: *gate, policy, pointer, could_be: could_be.clone() });
        }
    }
    dependences
}

/// The policies that feed a gate.
fn policies_of<'q>(question: &Question<'q>, gate: Gate) -> Vec<&'q Arc<Policy>> {
    let policies = question.policies;
    let levels = |levels: &'q [Level]| levels.iter().flat_map(|level| &level.policies).gather();
    match gate {
        Gate::Rcp => levels(&policies.rcp),
        Gate::Scp => levels(&policies.scp),
        Gate::Resource => policies.resource.iter().gather(),
        Gate::Identity => policies.identity.iter().gather(),
        Gate::Boundary => policies.boundary.iter().gather(),
        Gate::Session => policies.session.iter().flatten().gather(),
        Gate::VpcEndpoint => policies.vpc_endpoint.iter().flatten().gather(),
        Gate::S3BlockPublicAccess if policies.public_access_block.is_some() => {
            policies.resource.iter().gather()
        }
        Gate::S3BlockPublicAccess => Vec::new(),
    }
}
