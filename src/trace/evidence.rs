//! What proves a step.

use crate::authorization::{
    Authorization, AuthorizationRequest, Citation, ContextEntry, Decision, Dependence, Gate, GateState,
    NearMiss, PolicyMatch, Unsupported,
};
use crate::gather::Gather;
use crate::http::{Request, Response};
use crate::network::{DroppedBy, Hop, RouteKind};
use crate::sorted::SortedMap;
use serde::Serialize;

/// The proof of a step, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(untagged)]
pub enum Evidence {
    /// Of `credentials`.
    Credentials(CredentialsEvidence),
    /// Of `imds`, `sts`, `respond`.
    Http(HttpEvidence),
    /// Of `route`.
    Route(RouteEvidence),
    /// Of `sign`.
    Sign(SignEvidence),
    /// Of `authenticate`.
    Authenticate(AuthenticateEvidence),
    /// Of `authorize`.
    Authorize(Box<AuthorizeEvidence>),
}

/// A provider of the credential chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct CredentialsEvidence {
    /// `env`, `assume-role`, `shared-credentials-file`, `config-file`, `container-role`, `iam-role`.
    pub provider: &'static str,
    /// Catalogue key, `reason....`: why it was passed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The access key id that it gave.
    #[serde(rename = "accessKeyId", skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// Whose credentials they are, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// A request and its response.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct HttpEvidence {
    /// As sent.
    pub request: Request,
    /// As answered; `None` if no answer came.
    pub response: Option<Response>,
}

/// A packet's way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct RouteEvidence {
    /// The kind of way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteKind>,
    /// Everything that it passed.
    pub hops: Vec<Hop>,
    /// What dropped it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped_by: Option<DroppedBy>,
    /// The address that the service sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_ip: Option<String>,
}

/// How the client signed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct SignEvidence {
    /// The request in its canonical form.
    pub canonical_request: String,
    /// What the key signs.
    pub string_to_sign: String,
    /// `20260107/us-east-1/s3/aws4_request`
    pub scope: String,
    /// Names of signed headers, `;` between.
    pub signed_headers: String,
    /// Hexadecimal digits.
    pub signature: String,
}

/// How the service verified.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticateEvidence {
    /// The same, recomputed by the service; `None` for an unsigned request or an unknown key.
    #[serde(flatten)]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Partial<SignEvidence>"))]
    pub recomputed: Option<SignEvidence>,
    /// The signature that the request carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provided: Option<String>,
    /// The caller's ARN (`anonymous` for an unsigned request).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// AWS's error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How the service decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "camelCase")]
pub struct AuthorizeEvidence {
    /// `s3:ListBucket`
    pub action: String,
    /// An ARN or `*`.
    pub resource: String,
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
    /// Condition keys with their origin.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, ContextEntry>"))]
    pub context: SortedMap<String, ContextEntry>,
    /// Statement by statement, each policy type.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<Gate, PolicyMatch[]>"))]
    pub explain: SortedMap<Gate, Vec<PolicyMatch>>,
    /// Statements that nearly allowed.
    pub near_misses: Vec<NearMiss>,
    /// Gates and policies that the reader has switched off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub without: Vec<String>,
    /// Policies that can't be seen and decide, the likeliest first; none unless the decision is `Depends`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub depends_on: Vec<Dependence>,
}

impl AuthorizeEvidence {
    /// The evidence of one authorization.
    pub fn new(request: &AuthorizationRequest, answer: Authorization, without: Vec<String>) -> Self {
        AuthorizeEvidence {
            action: request.action.clone(),
            resource: request.resource.clone(),
            decision: answer.decision,
            blocked_by: answer.blocked_by,
            gates: answer.gates,
            decided_by: answer.decided_by,
            unsupported: answer.unsupported,
            context: request.context.entries().map(|entry| (entry.key.clone(), entry.clone())).gather(),
            explain: answer.explain,
            near_misses: answer.near_misses,
            without,
            depends_on: answer.depends_on,
        }
    }
}
