//! A step: what happened between two parts, when, and how it went.

use super::Evidence;
use crate::clock::Timestamp;
use crate::network::NodeRef;
use crate::sorted::SortedMap;
use serde::Serialize;

/// Values for the placeholders of a catalogue text.
pub type Params = SortedMap<&'static str, String>;

/// Everything that one command did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// 1.
    pub version: u32,
    /// The host whose shell ran it.
    pub host: String,
    /// As typed.
    pub command: String,
    /// Exit status.
    pub exit_code: i32,
    /// In the order in which they began.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Step {
    /// From 1.
    pub step: u32,
    /// The step that this one is a part of.
    pub parent: Option<u32>,
    /// What kind of step.
    pub kind: StepKind,
    /// How it went.
    pub outcome: Outcome,
    /// Who acts.
    pub from: NodeRef,
    /// On whom.
    pub to: NodeRef,
    /// When, by the scenario's clock.
    pub at: Timestamp,
    /// Catalogue key: what happened.
    pub code: &'static str,
    /// Values for its placeholders.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub params: Params,
    /// The proof.
    pub evidence: Evidence,
}

/// Kinds of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// A provider of the credential chain is tried.
    Credentials,
    /// The metadata service is asked.
    Imds,
    /// A service calls STS for an instance.
    Sts,
    /// A packet's way.
    Route,
    /// The client signs.
    Sign,
    /// The service verifies the signature.
    Authenticate,
    /// The service evaluates the policies.
    Authorize,
    /// The service answers.
    Respond,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// As asked.
    Ok,
    /// Refused by a policy.
    Denied,
    /// Failed otherwise.
    Error,
    /// Passed over.
    Skipped,
    /// It can't be told: it hangs on a policy that can't be seen.
    Unknown,
}
