//! A sandbox as a link, and back: scenario, edits, what was run, what was seen.
//!
//! A built-in scenario travels as its id and edits when these give its text exactly, else the whole text does,
//! so that a trace's lines and columns are the same where the link is opened.

use super::{Ran, Sandbox};
use crate::authorization::{Decision, Gate};
use crate::gather::Gather;
use crate::json::{self, Diagnostic, Node};
use crate::share::{self, Link, LinkFault, MAX_COMMANDS, Shared, SharedCommand};
use crate::trace::Evidence;
use serde::Serialize;

/// A published revision of a built-in scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// File name without `.json`.
    pub id: String,
    /// Counts from 1.
    pub revision: u32,
    /// Its text.
    pub text: String,
}

/// What the page shows, to be shown again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The selected step.
    pub step: Option<u32>,
    /// The view, as the page names it.
    pub view: Option<String>,
    /// The language, as the page names it.
    pub lang: Option<String>,
}

/// How the last command ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Verdict {
    /// Exit status.
    pub exit_code: i32,
    /// Of the first authorization that wasn't allowed, else of the last one.
    pub decision: Option<Decision>,
    /// The gates that it names.
    pub blocked_by: Vec<Gate>,
}

/// An opened link.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The sandbox, its commands run again.
    pub sandbox: Sandbox,
    /// What they did, in order.
    pub ran: Vec<Ran>,
    /// Id and revision of the built-in scenario that the link edits.
    pub built_in: Option<(String, u32)>,
    /// What the author saw.
    pub seen: Seen,
    /// The author's verdict, if the link carries one.
    pub authors_verdict: Option<Node>,
    /// Whether this engine comes to the author's verdict.
    pub agrees: bool,
}

/// Why a link can't be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenFault {
    /// The link itself.
    Link(LinkFault),
    /// It edits a built-in scenario that hasn't been provided.
    Needs {
        /// File name without `.json`.
        id: String,
        /// Counts from 1.
        revision: u32,
    },
    /// What it carries isn't a scenario that loads.
    Scenario(Vec<Diagnostic>),
}

impl Verdict {
    /// How `ran` ended.
    pub fn of(ran: &Ran) -> Self {
        let authorizations = || {
            ran.trace.steps.iter().filter_map(|step| match &step.evidence {
                Evidence::Authorize(evidence) => Some(evidence),
                _ => None,
            })
        };
        let told = authorizations()
            .find(|each| each.decision != Decision::Allow)
            .or_else(|| authorizations().next_back());
        Verdict {
            exit_code: ran.exit_code,
            decision: told.map(|evidence| evidence.decision),
            blocked_by: told.map(|evidence| evidence.blocked_by.clone()).unwrap_or_default(),
        }
    }
}

impl Sandbox {
    /// A link's fragment for this sandbox, with `built_in` as the scenario that it may have begun as.
    pub fn share(&self, built_in: Option<&BuiltIn>, seen: Seen) -> String {
        let edited = built_in.and_then(|built_in| {
            let (old, new) = (built_in.text.as_str(), self.text());
            let policies: Vec<&str> = self.policies().iter().map(|policy| policy.pointer.as_str()).gather();
            // The smallest values first; where the layout of a policy changed too, whole policies.
            let edits = [share::edits(old, new), share::edits_at(old, new, &policies)]
                .into_iter()
                .flatten()
                .find(|edits| share::apply(old, edits).as_deref() == Some(new))?;
            Some(Shared::BuiltIn { id: built_in.id.clone(), revision: built_in.revision, edits })
        });
        let link = Link {
            scenario: edited.unwrap_or_else(|| Shared::Whole(self.text().to_string())),
            commands: self.history.clone(),
            step: seen.step,
            view: seen.view,
            lang: seen.lang,
            verdict: self.verdict.as_ref().and_then(verdict_node),
        };
        link.to_fragment()
    }

    /// Opens a fragment and runs its commands again; `built_in` gives the text of a published revision.
    pub fn open(
        fragment: &str,
        built_in: impl FnOnce(&str, u32) -> Option<String>,
    ) -> Result<Opened, OpenFault> {
        let link = Link::parse(fragment).map_err(OpenFault::Link)?;
        let mut edited = None;
        let text = match link.scenario {
            Shared::Whole(text) => text,
            Shared::BuiltIn { id, revision, edits } => {
                let Some(text) = built_in(&id, revision) else {
                    return Err(OpenFault::Needs { id, revision });
                };
                edited = Some((id, revision));
                share::apply(&text, &edits).ok_or(OpenFault::Link(LinkFault::Damaged))?
            }
        };
        let mut sandbox = Sandbox::new(&text).map_err(OpenFault::Scenario)?;
        let mut ran = Vec::new();
        for command in link.commands.iter().take(MAX_COMMANDS) {
            match command {
                // A host that the scenario no longer has leaves that command out; the verdict tells.
                SharedCommand::Run { on, command } => ran.extend(sandbox.run(command, on.as_deref())),
                SharedCommand::AdvanceClock(seconds) => sandbox.advance_clock(*seconds),
            }
        }
        let own = sandbox.verdict.as_ref().and_then(verdict_node).map(|node| json::to_compact(&node));
        let agrees = link.verdict.as_ref().is_none_or(|verdict| Some(json::to_compact(verdict)) == own);
        let seen = Seen { step: link.step, view: link.view, lang: link.lang };
        Ok(Opened { sandbox, ran, built_in: edited, seen, authors_verdict: link.verdict, agrees })
    }

    /// Remembers what was done, for links.
    pub(super) fn remember(&mut self, command: SharedCommand) {
        if self.history.len() >= MAX_COMMANDS {
            self.history.remove(0);
        }
        self.history.push(command);
        self.commands += 1;
    }
}

/// `{"exitCode", "decision", "blockedBy"}`.
fn verdict_node(verdict: &Verdict) -> Option<Node> {
    let decision = verdict.decision.map_or("null".to_string(), |decision| format!("\"{decision:?}\""));
    let gates: Vec<String> = verdict.blocked_by.iter().map(|gate| format!("\"{}\"", gate.name())).gather();
    let (exit_code, gates) = (verdict.exit_code, gates.join(","));
    json::parse(&format!("{{\"exitCode\":{exit_code},\"decision\":{decision},\"blockedBy\":[{gates}]}}")).ok()
}
