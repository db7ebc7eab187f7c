//! The statements that decided, and what couldn't be evaluated on the way.

use super::super::decide::Ruling;
use super::super::question::Question;
use super::super::{Citation, Decision, Gate, GateState, Unsupported};
use super::{Places, policies_of, unsupported};
use crate::policy::Effect;

pub(super) struct Cited {
    /// Of an Allow the statements of identity and resource policies that grant, of an ExplicitDeny every Deny.
    pub decided_by: Vec<Citation>,
    pub unsupported: Vec<Unsupported>,
}

pub(super) fn of(question: &Question<'_>, ruling: &Ruling) -> Cited {
    let mut cited = Cited { decided_by: Vec::new(), unsupported: Vec::new() };
    for gate in Gate::ALL {
        let state = *ruling.states.get(gate);
        if gate == Gate::S3BlockPublicAccess && state == GateState::ExplicitDeny {
            public_statements(question, &mut cited.decided_by);
        }
        for policy in policies_of(question, gate) {
            let asked = question.to(policy);
            let mut places = Places::new(policy);
            for (number, statement) in policy.statements().iter().enumerate() {
                if !statement.is_about(&asked) {
                    continue;
                }
                let unsupported =
                    unsupported::of(statement, &asked, &policy.name, || places.of(number, statement));
                cited.unsupported.extend(unsupported);
                if decides(gate, state, ruling.decision, statement.effect)
                    && statement.matches(&asked).is_some()
                {
                    cited.decided_by.push(places.citation(number, statement));
                }
            }
        }
    }
    cited
}

/// Whether a matching statement of that effect belongs to what decided.
fn decides(gate: Gate, state: GateState, decision: Decision, effect: Effect) -> bool {
    match effect {
        // Guard rails allow, but only identity and resource policies grant.
        Effect::Allow => {
            let grants = matches!(gate, Gate::Identity | Gate::Resource) && state == GateState::Allow;
            grants && decision == Decision::Allow
        }
        Effect::Deny => state == GateState::ExplicitDeny && decision == Decision::ExplicitDeny,
    }
}

/// Block Public Access refuses what makes the bucket policy public.
fn public_statements(question: &Question<'_>, decided_by: &mut Vec<Citation>) {
    for policy in policies_of(question, Gate::Resource) {
        let mut places = Places::new(policy);
        for (number, statement) in policy.statements().iter().enumerate().filter(|(_, one)| one.is_public()) {
            decided_by.push(places.citation(number, statement));
        }
    }
}
