//! Decisions when some policies can't be seen: every such policy may allow, deny or say nothing.
//!
//! Entry: [`resolve`]. A gate's unknown policies together have three outcomes, so all cases of all gates are few.

use super::analyze::{Finding, Findings};
use super::decide::{Ruling, decide};
use super::question::Question;
use super::{Decision, Gate};
use crate::gather::Gather;
use crate::sorted::sort_by;

/// The decision, and what it hangs on.
pub(super) struct Resolution {
    /// With `Depends` if the unknown policies matter.
    pub ruling: Ruling,
    /// Gates that are closed whatever the unknown policies say.
    pub closed: Vec<Gate>,
    /// Each gate that could be responsible, with the decisions that stay possible, the likeliest first.
    pub depends_on: Vec<(Gate, Vec<Decision>)>,
}

/// The decision alone.
pub(super) fn decision(question: &Question<'_>, findings: &Findings) -> Decision {
    if unknown_gates(findings).next().is_none() {
        return decide(question, findings).decision;
    }
    resolve(question, findings).ruling.decision
}

/// Decides every case of the unknown policies.
pub(super) fn resolve(question: &Question<'_>, findings: &Findings) -> Resolution {
    let mut ruling = decide(question, findings);
    let gates: Vec<Gate> = unknown_gates(findings).gather();
    if gates.is_empty() {
        return Resolution { ruling, closed: ruling.blocked_by().gather(), depends_on: Vec::new() };
    }
    let cases = cases(question, findings, &gates);
    let possible = |decision: Decision| cases.iter().any(|case| case.decision == decision);
    let all = [Decision::Allow, Decision::ExplicitDeny, Decision::ImplicitDeny];
    let decisions: Vec<Decision> = all.into_iter().filter(|decision| possible(*decision)).gather();
    let closed = Gate::ALL.into_iter().filter(|gate| cases.iter().all(|case| case.is_closed(*gate))).gather();
    if let [only] = decisions.as_slice() {
        ruling.decision = *only;
        return Resolution { ruling, closed, depends_on: Vec::new() };
    }
    ruling.decision = Decision::Depends;
    let mut weights: Vec<(Gate, usize)> =
        gates.iter().enumerate().map(|(place, gate)| (*gate, weight(&cases, place))).gather();
    weights.retain(|(_, weight)| *weight > 0);
    sort_by(&mut weights, |a, b| b.1.cmp(&a.1).then(likelihood(a.0).cmp(&likelihood(b.0))));
    let depends_on = weights.into_iter().map(|(gate, _)| (gate, decisions.clone())).gather();
    Resolution { ruling, closed, depends_on }
}

/// The rulings of every case, numbered in base three: one digit for each unknown gate.
fn cases(question: &Question<'_>, findings: &Findings, gates: &[Gate]) -> Vec<Ruling> {
    let mut rulings = Vec::new();
    for number in 0..three_to_the(gates.len()) {
        let mut rest = number;
        let mut case = *findings;
        for gate in gates {
            let finding = case.get_mut(*gate);
            *finding = finding.map(|finding| settle(finding, rest % 3));
            rest /= 3;
        }
        rulings.push(decide(question, &case));
    }
    rulings
}

fn three_to_the(power: usize) -> usize {
    3_usize.saturating_pow(u32::try_from(power).unwrap_or(0))
}

/// 0: the unknown policy says nothing; 1: it allows; 2: it denies.
fn settle(finding: Finding, choice: usize) -> Finding {
    match choice {
        0 => finding,
        1 => Finding { allow: finding.hoped, ..finding },
        _ => Finding { deny: true, ..finding },
    }
}

/// In how many pairs of cases that differ in this gate alone the decision differs.
fn weight(cases: &[Ruling], place: usize) -> usize {
    let step = three_to_the(place);
    let silent = cases.iter().enumerate().filter(|(number, _)| (number / step).is_multiple_of(3));
    let differs = |(number, ruling): (usize, &Ruling)| {
        let others = [1, 2].iter().filter_map(|choice| cases.get(number + choice * step));
        others.filter(|other| other.decision != ruling.decision).count()
    };
    silent.map(differs).sum()
}

/// The order in which people find the culprit.
fn likelihood(gate: Gate) -> u8 {
    match gate {
        Gate::Identity => 0,
        Gate::Resource => 1,
        Gate::Scp => 2,
        Gate::Boundary => 3,
        Gate::Session => 4,
        Gate::VpcEndpoint => 5,
        Gate::Rcp => 6,
        Gate::S3BlockPublicAccess => 7,
    }
}

fn unknown_gates(findings: &Findings) -> impl Iterator<Item = Gate> {
    Gate::ALL.into_iter().filter(|gate| findings.get(*gate).is_some_and(|finding| finding.unknown))
}
