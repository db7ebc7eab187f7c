//! An authorization: what each policy type says, which statements say it, and which nearly did.

use super::{Detail, Page, statement_name};
use iam_sandbox::authorization::{
    Citation, ConditionMatch, Gate, GateState, NearMiss, PolicyMatch, StatementMatch,
};
use iam_sandbox::trace::{AuthorizeEvidence, Params};

/// The widest name of a policy type in the catalogue.
const GATE: usize = 25;
/// Statements that are named of one policy type, unless all is told.
const STATEMENTS: usize = 4;

impl Page<'_> {
    /// Every policy type that has a part, its statements that apply, and why others don't.
    pub(super) fn authorization(&mut self, evidence: &AuthorizeEvidence, failed: bool, margin: &str) {
        let mut told: Vec<&str> = Vec::new();
        let mut near: Vec<&NearMiss> = evidence.near_misses.iter().filter(|_| failed).collect();
        for (gate, state) in &evidence.gates {
            if *state == GateState::NotApplicable {
                continue;
            }
            let policies = evidence.explain.get(gate).map(Vec::as_slice).unwrap_or_default();
            self.gate(*gate, *state, margin);
            let shown = if self.detail == Detail::Bytes { usize::MAX } else { STATEMENTS };
            let applying = applying(policies);
            // Block Public Access looks at the bucket policy once more.
            let fresh = applying.iter().filter(|(_, one)| !told.contains(&one.pointer.as_str()));
            for (policy, statement) in fresh.take(shown) {
                self.statement(policy, statement, margin);
            }
            told.extend(applying.iter().map(|(_, statement)| statement.pointer.as_str()));
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                near.into_iter().partition(|miss| policies.iter().any(|policy| holds(policy, &miss.pointer)));
            near = elsewhere;
            if *state == GateState::ImplicitDeny && here.is_empty() && applying.is_empty() {
                self.nothing_applies(policies, margin);
            }
            here.into_iter().for_each(|miss| self.near_miss(miss, policies, margin));
        }
        for citation in evidence.decided_by.iter().filter(|one| !told.contains(&one.pointer.as_str())) {
            let place = self.place(&citation.pointer);
            self.put(margin, &format!("  {}{place}", citation.policy));
        }
        near.into_iter().for_each(|miss| self.near_miss(miss, &[], margin));
        for unsupported in &evidence.unsupported {
            let place = self.place(&unsupported.pointer);
            let code = match unsupported.code {
                "unknown-operator" => "reason.near-miss.unknown-operator",
                _ => "run.unknown-key",
            };
            let sentence = self.texts.say(code, &Params::new());
            self.put(margin, &format!("  {}{place}: {sentence}", unsupported.policy));
        }
    }

    /// Which policies were looked at in vain.
    fn nothing_applies(&mut self, policies: &[PolicyMatch], margin: &str) {
        let names: Vec<&str> = policies.iter().map(|policy| policy.policy.as_str()).collect();
        let code = if names.is_empty() { "run.no-policy" } else { "run.no-statement" };
        let params = Params::from([("policies", names.join(", "))]);
        self.say(&format!("{margin}  "), code, &params);
    }

    fn gate(&mut self, gate: Gate, state: GateState, margin: &str) {
        let none = Params::new();
        let title = self.texts.say(&format!("ui.gate.{}", gate.name()), &none);
        let result = self.texts.say(&format!("ui.gate-result.{}", state.name()), &none);
        self.put(margin, &format!("{title:GATE$}  {result}"));
    }

    fn statement(&mut self, policy: &str, statement: &StatementMatch, margin: &str) {
        let citation =
            Citation { policy: policy.to_string(), pointer: statement.pointer.clone(), span: None };
        let name = statement_name(&citation, statement.sid.as_deref());
        let place = self.place(&statement.pointer);
        self.put(margin, &format!("  {} by {name}{place}", statement.effect));
        for condition in &statement.conditions {
            let sentence = self.condition(condition);
            self.put(margin, &format!("    {sentence}"));
        }
    }

    /// The statement, the element in the way, and the sentence on this kind of mistake.
    fn near_miss(&mut self, miss: &NearMiss, policies: &[PolicyMatch], margin: &str) {
        let statement = policies
            .iter()
            .flat_map(|policy| &policy.statements)
            .find(|statement| within(&miss.pointer, &statement.pointer));
        let citation = Citation { policy: miss.policy.clone(), pointer: miss.pointer.clone(), span: None };
        let name = statement_name(&citation, statement.and_then(|found| found.sid.as_deref()));
        let effect = statement.map(|found| found.effect).unwrap_or_default();
        let place = self.place(&miss.pointer);
        let nearly = self.texts.say("run.nearly", &Params::new());
        self.put(margin, &format!("  {nearly} {effect} by {name}{place}"));
        for sentence in statement.map(|found| self.in_the_way(found, miss)).unwrap_or_default() {
            self.put(margin, &format!("    {sentence}"));
        }
        self.say(&format!("{margin}    "), miss.code, &Params::new());
    }

    /// What the request asks and the statement says, for the element at which they part.
    fn in_the_way(&self, statement: &StatementMatch, miss: &NearMiss) -> Vec<String> {
        let conditions = statement.conditions.iter().filter(|condition| !condition.matched);
        let conditions: Vec<String> = conditions
            .filter(|condition| {
                within(&condition.pointer, &miss.pointer) || within(&miss.pointer, &condition.pointer)
            })
            .map(|condition| self.condition(condition))
            .collect();
        let elements = statement.elements.iter().filter(|element| !element.matched);
        elements
            .filter(|element| within(&miss.pointer, &element.pointer))
            .map(|element| {
                let params = Params::from([
                    ("element", element.element.to_string()),
                    ("against", element.against.join(", ")),
                    ("asked", element.asked.clone()),
                ]);
                self.texts.say("run.element", &params)
            })
            .chain(conditions)
            .collect()
    }

    fn condition(&self, condition: &ConditionMatch) -> String {
        let mut params = Params::from([
            ("operator", condition.operator.clone()),
            ("key", condition.key.clone()),
            ("values", condition.values.join(", ")),
        ]);
        match &condition.actual {
            None => self.texts.say("run.condition.absent", &params),
            Some(actual) => {
                params.insert("actual", actual.join(", "));
                self.texts.say("run.condition", &params)
            }
        }
    }
}

/// The statements that apply to the request, those that deny first.
fn applying(policies: &[PolicyMatch]) -> Vec<(&str, &StatementMatch)> {
    let mut found: Vec<(&str, &StatementMatch)> = policies
        .iter()
        .flat_map(|policy| policy.statements.iter().map(|statement| (policy.policy.as_str(), statement)))
        .filter(|(_, statement)| statement.matched)
        .collect();
    found.sort_by_key(|(_, statement)| statement.effect != "Deny");
    found
}

fn holds(policy: &PolicyMatch, pointer: &str) -> bool {
    policy.statements.iter().any(|statement| within(pointer, &statement.pointer))
}

/// Whether `pointer` is `place` or lies below it.
fn within(pointer: &str, place: &str) -> bool {
    pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
