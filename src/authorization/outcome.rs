//! The answer to an authorization: decision, gates, citations, explanation. Serialisable as `evaluate` prints it.

use crate::json::TextSpan;
use crate::sorted::SortedMap;
use serde::{Serialize, Serializer};

/// The final word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub enum Decision {
    /// Allowed.
    Allow,
    /// A statement denies.
    ExplicitDeny,
    /// Nothing allows.
    ImplicitDeny,
    /// Unknown policies decide.
    Depends,
}

/// A policy type that can stop a request, in AWS's order of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Resource control policies.
    Rcp,
    /// Service control policies.
    Scp,
    /// Resource-based policy; a trust policy counts as one.
    Resource,
    /// Identity-based policies.
    Identity,
    /// Permissions boundary.
    Boundary,
    /// Session policies.
    Session,
    /// Policy of the VPC endpoint on the route.
    VpcEndpoint,
    /// S3 Block Public Access.
    S3BlockPublicAccess,
}

impl Gate {
    /// All, in AWS's order of evaluation.
    pub const ALL: [Gate; 8] = [
        Gate::Rcp,
        Gate::Scp,
        Gate::Resource,
        Gate::Identity,
        Gate::Boundary,
        Gate::Session,
        Gate::VpcEndpoint,
        Gate::S3BlockPublicAccess,
    ];

    /// The gate of that name in JSON.
    pub fn named(name: &str) -> Option<Self> {
        Gate::ALL.into_iter().find(|gate| gate.name() == name)
    }

    /// As `evaluate` writes it, `vpc-endpoint`.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Rcp => "rcp",
            Gate::Scp => "scp",
            Gate::Resource => "resource",
            Gate::Identity => "identity",
            Gate::Boundary => "boundary",
            Gate::Session => "session",
            Gate::VpcEndpoint => "vpc-endpoint",
            Gate::S3BlockPublicAccess => "s3-block-public-access",
        }
    }
}

impl GateState {
    /// As `evaluate` writes it, `explicit-deny`.
    pub fn name(self) -> &'static str {
        match self {
            GateState::Allow => "allow",
            GateState::ExplicitDeny => "explicit-deny",
            GateState::ImplicitDeny => "implicit-deny",
            GateState::Bypassed => "bypassed",
            GateState::NotApplicable => "not-applicable",
        }
    }
}

impl Decision {
    /// As `evaluate` writes it, `ExplicitDeny`.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Allow => "Allow",
            Decision::ExplicitDeny => "ExplicitDeny",
            Decision::ImplicitDeny => "ImplicitDeny",
            Decision::Depends => "Depends",
        }
    }
}

/// What one gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// Lets the request pass.
    Allow,
    /// A statement denies.
    ExplicitDeny,
    /// Nothing allows.
    ImplicitDeny,
    /// Closed, but a grant in the resource policy passes it by.
    Bypassed,
    /// Doesn't bind this request.
    NotApplicable,
}

/// A place in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Citation {
    /// The policy's name.
    pub policy: String,
    /// Pointer in the scenario or request line.
    pub pointer: String,
    /// Place in the policy's own text, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<TextSpan>,
}

/// Something that could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Unsupported {
    /// The policy's name.
    pub policy: String,
    /// Pointer of the element.
    pub pointer: String,
    /// `unknown-operator`, `unknown-key`, ...
    pub code: &'static str,
}

/// A statement that would have decided but for one element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct NearMiss {
    /// The policy's name.
    pub policy: String,
    /// Pointer of the element that didn't match.
    pub pointer: String,
    /// `Action`, `Resource`, `Principal` or `Condition`.
    pub element: String,
    /// Catalogue key, `reason.near-miss....`; serialised without that prefix: `bucket-without-objects`.
    #[serde(serialize_with = "short_code")]
    pub code: &'static str,
}

impl NearMiss {
    /// The kind of mistake without its catalogue prefix.
    pub fn short_code(&self) -> &'static str {
        without_prefix(self.code)
    }
}

fn short_code<S: Serializer>(code: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(without_prefix(code))
}

/// What stands after the last dot.
fn without_prefix(code: &'static str) -> &'static str {
    code.rsplit_once('.').map_or(code, |(_, short)| short)
}

/// How one element of a statement compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct ElementMatch {
    /// `Action`, `NotAction`, `Resource`, `NotResource`, `Principal`, `NotPrincipal`.
    pub element: &'static str,
    /// Pointer of the element.
    pub pointer: String,
    /// Whether it matched.
    pub matched: bool,
    /// What the request asks.
    pub asked: String,
    /// What the statement says, variables resolved.
    pub against: Vec<String>,
}

/// How one condition compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct ConditionMatch {
    /// As written, `StringEqualsIfExists`.
    pub operator: String,
    /// As written.
    pub key: String,
    /// Pointer of the key.
    pub pointer: String,
    /// What the statement says, variables resolved.
    pub values: Vec<String>,
    /// What the request carries; `None` if absent.
    pub actual: Option<Vec<String>>,
    /// Whether it matched.
    pub matched: bool,
}

/// How one statement compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct StatementMatch {
    /// Pointer of the statement.
    pub pointer: String,
    /// Place in the policy's own text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<TextSpan>,
    /// The statement's Sid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Whether every element and condition matched.
    pub matched: bool,
    /// Each element.
    pub elements: Vec<ElementMatch>,
    /// Each condition.
    pub conditions: Vec<ConditionMatch>,
}

/// How the statements of one policy compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct PolicyMatch {
    /// The policy's name.
    pub policy: String,
    /// Its statements in order.
    pub statements: Vec<StatementMatch>,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct Authorization {
    /// The final word.
    pub decision: Decision,
    /// Every closed gate.
    pub blocked_by: Vec<Gate>,
    /// What each gate says.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<Gate, GateState>"))]
    pub gates: SortedMap<Gate, GateState>,
    /// The statements that decided.
    pub decided_by: Vec<Citation>,
    /// What could not be evaluated.
    pub unsupported: Vec<Unsupported>,
    /// Statement by statement, each policy type.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<Gate, PolicyMatch[]>"))]
    pub explain: SortedMap<Gate, Vec<PolicyMatch>>,
    /// Statements that nearly allowed.
    pub near_misses: Vec<NearMiss>,
    /// Policies that can't be seen and decide, the likeliest first; empty unless the decision is `Depends`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<Dependence>,
}

/// A policy that can't be seen, in a gate on which the decision hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct Dependence {
    /// The gate.
    pub gate: Gate,
    /// The policy's name.
    pub policy: String,
    /// Pointer of its document, in the scenario or request line.
    pub pointer: String,
    /// The decisions that are possible.
    pub could_be: Vec<Decision>,
}
