//! The fewest statements without which an allowed request is denied.

use super::super::{Authorization, Decision, Gate, GateState};
use super::change::Change;
use super::draft::{self, Proposal, Slot, What};
use super::{Attempt, REMOVE_ALLOW, Suggestion};
use crate::gather::Gather;
use crate::policy::Effect;
use crate::sorted::sort_by;

/// The smallest set that evaluation confirms; none if the request is allowed without any statement.
pub(super) fn suggest(attempt: &Attempt<'_>, answer: &Authorization) -> Vec<Suggestion> {
    let mut sets = sets(attempt, answer);
    sort_by(&mut sets, |(_, one), (_, other)| one.len().cmp(&other.len()));
    for (gate, proposals) in sets {
        let denies = attempt
            .apply(&proposals)
            .is_some_and(|draft| attempt.evaluate(&draft).decision != Decision::Allow);
        if denies && let Some(found) = offered(attempt, gate, &proposals) {
            return found;
        }
    }
    Vec::new()
}

/// The suggestions, each with the gate in which it stands.
fn offered(attempt: &Attempt<'_>, gate: Gate, proposals: &[Proposal]) -> Option<Vec<Suggestion>> {
    if gate != Gate::Identity {
        return draft::suggestions(attempt.policies, gate, proposals, attempt.source);
    }
    let (of_resource, of_identity): (Vec<Proposal>, Vec<Proposal>) =
        proposals.iter().cloned().partition(|proposal| proposal.slot == Slot::Resource);
    let mut found = draft::suggestions(attempt.policies, Gate::Identity, &of_identity, attempt.source)?;
    found.extend(draft::suggestions(attempt.policies, Gate::Resource, &of_resource, attempt.source)?);
    Some(found)
}

/// What might be enough: the Allows of one guard rail, of one level, of the resource, of the identity; and of
/// resource and identity together, where either grants.
fn sets(attempt: &Attempt<'_>, answer: &Authorization) -> Vec<(Gate, Vec<Proposal>)> {
    let policies = attempt.policies;
    let mut sets = Vec::new();
    for gate in [Gate::Identity, Gate::Resource, Gate::Boundary, Gate::Session, Gate::VpcEndpoint] {
        if answer.gates.get(&gate) == Some(&GateState::Allow) {
            sets.push((gate, allows(attempt, &Slot::all(policies, gate))));
        }
    }
    if answer.gates.get(&Gate::Scp) == Some(&GateState::Allow) {
        for (number, level) in policies.scp.iter().enumerate() {
            let slots: Vec<Slot> = (0..level.policies.len()).map(|place| Slot::Scp(number, place)).gather();
            sets.push((Gate::Scp, allows(attempt, &slots)));
        }
    }
    let both = [Gate::Identity, Gate::Resource].map(|gate| Slot::all(policies, gate)).concat();
    sets.push((Gate::Identity, allows(attempt, &both)));
    sets.retain(|(_, proposals)| !proposals.is_empty());
    sets
}

/// The removal of every Allow in these policies that matches.
fn allows(attempt: &Attempt<'_>, slots: &[Slot]) -> Vec<Proposal> {
    let question = attempt.question(attempt.policies);
    let mut proposals = Vec::new();
    for slot in slots {
        let Some(policy) = slot.get(attempt.policies) else { continue };
        let asked = question.to(policy);
        for (number, statement) in policy.statements().iter().enumerate() {
            if statement.effect == Effect::Allow && statement.matches(&asked).is_some() {
                let what = What::Change(Change::Remove(number));
                proposals.push(Proposal { slot: *slot, code: REMOVE_ALLOW, what });
            }
        }
    }
    proposals
}
