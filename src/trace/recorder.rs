//! Collects steps in the order in which they begin.

use super::{Evidence, Outcome, Params, Step, StepKind};
use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::network::NodeRef;

/// A step that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepId(usize);

/// The steps so far. A step that is open is the parent of those that begin after it.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    steps: Vec<Option<Step>>,
    begun: Vec<Begun>,
    open: Vec<usize>,
    ended: Option<(usize, Params)>,
}

#[derive(Debug, Clone)]
struct Begun {
    kind: StepKind,
    from: NodeRef,
    to: NodeRef,
    at: Timestamp,
    parent: Option<u32>,
}

impl Recorder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a step; steps that begin before [`Recorder::close`] are its parts.
    pub fn open(&mut self, kind: StepKind, from: NodeRef, to: NodeRef, at: Timestamp) -> StepId {
        let parent = self.open.last().map(|place| *place as u32 + 1);
        self.begun.push(Begun { kind, from, to, at, parent });
        self.steps.push(None);
        let place = self.steps.len() - 1;
        self.open.push(place);
        StepId(place)
    }

    /// Ends a step and every step still open inside it.
    pub fn close(
        &mut self,
        id: StepId,
        outcome: Outcome,
        code: &'static str,
        params: Params,
        evidence: Evidence,
    ) {
        if let Some(depth) = self.open.iter().position(|place| *place == id.0) {
            self.open.truncate(depth);
        }
        let (Some(slot), Some(begun)) = (self.steps.get_mut(id.0), self.begun.get(id.0)) else {
            return;
        };
        let Begun { kind, from, to, at, parent } = begun.clone();
        let step = id.0 as u32 + 1;
        let mut step = Step { step, parent, kind, outcome, from, to, at, code, params, evidence };
        if let Some((end, _)) = &self.ended {
            if id.0 >= *end {
                return;
            }
            step.lose_answer();
        }
        *slot = Some(step);
    }

    /// Changes where an open step leads, for what is known only at its end.
    pub fn redirect(&mut self, id: StepId, to: NodeRef) {
        if let Some(begun) = self.begun.get_mut(id.0) {
            begun.to = to;
        }
    }

    /// From here on it can't be told what happens, for the reason that `why` gives: steps that are open end without
    /// an answer, and none follows.
    pub fn end(&mut self, why: Params) {
        self.ended.get_or_insert((self.steps.len(), why));
    }

    /// Why it can't be told how it goes on, if so.
    pub fn ended(&self) -> Option<&Params> {
        self.ended.as_ref().map(|(_, why)| why)
    }

    /// The steps so far, those that ended.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().flatten()
    }

    /// Copies steps of an earlier exchange, with their instants, as parts of the step that is open.
    pub fn replay(&mut self, steps: &[Step]) {
        let Some(first) = steps.first().map(|step| step.step) else {
            return;
        };
        let base = self.steps.len() as u32 + 1;
        let outer = self.open.last().map(|place| *place as u32 + 1);
        for step in steps {
            let mut copy = step.clone();
            copy.step = step.step - first.min(step.step) + base;
            copy.parent = match step.parent {
                Some(parent) if parent >= first => Some(parent - first + base),
                _ => outer,
            };
            let Step { kind, from, to, at, parent, .. } = copy.clone();
            self.begun.push(Begun { kind, from, to, at, parent });
            self.steps.push(Some(copy));
        }
    }

    /// Takes another recorder's steps as parts of the step that is open, and its end if it has ended. Gives its steps.
    pub fn absorb(&mut self, other: Recorder) -> Vec<Step> {
        let why = other.ended().cloned();
        let steps = other.finish();
        self.replay(&steps);
        if let Some(why) = why {
            self.end(why);
        }
        steps
    }

    /// All steps, in the order in which they began.
    pub fn finish(self) -> Vec<Step> {
        self.steps.into_iter().flatten().gather()
    }
}

impl Step {
    /// Takes out what can't be told.
    fn lose_answer(&mut self) {
        self.code = match self.kind {
            StepKind::Credentials => "credentials.untold",
            StepKind::Imds => "imds.untold",
            StepKind::Sts => "sts.untold",
            StepKind::Respond => "respond.untold",
            StepKind::Route | StepKind::Sign | StepKind::Authenticate | StepKind::Authorize => return,
        };
        self.outcome = Outcome::Unknown;
        self.params.retain(|name, _| !matches!(*name, "error" | "status"));
        match &mut self.evidence {
            Evidence::Http(http) => http.response = None,
            Evidence::Credentials(credentials) => credentials.reason = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NodeKind;
    use crate::trace::CredentialsEvidence;

    fn evidence() -> Evidence {
        Evidence::Credentials(CredentialsEvidence {
            provider: "env",
            reason: None,
            access_key_id: None,
            arn: None,
        })
    }

    #[test]
    fn steps_know_their_parents_also_when_replayed() {
        let node = || NodeRef::new(NodeKind::Host, "h");
        let mut recorder = Recorder::new();
        for _ in 0..2 {
            let outer = recorder.open(StepKind::Credentials, node(), node(), Timestamp(0));
            let inner = recorder.open(StepKind::Imds, node(), node(), Timestamp(0));
            recorder.close(inner, Outcome::Ok, "x", Params::new(), evidence());
            recorder.close(outer, Outcome::Ok, "x", Params::new(), evidence());
        }
        let steps = recorder.finish();
        let parents = |steps: &[Step]| steps.iter().map(|step| (step.step, step.parent)).collect::<Vec<_>>();
        assert_eq!(parents(&steps), [(1, None), (2, Some(1)), (3, None), (4, Some(3))]);
        let mut again = Recorder::new();
        let outer = again.open(StepKind::Imds, node(), node(), Timestamp(0));
        again.replay(&steps[2..]);
        again.close(outer, Outcome::Ok, "x", Params::new(), evidence());
        assert_eq!(parents(&again.finish()), [(1, None), (2, Some(1)), (3, Some(2))]);
    }
}
