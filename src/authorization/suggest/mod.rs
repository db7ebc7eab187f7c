//! The smallest change: what would allow a request that is denied, what would deny one that is allowed.
//!
//! Entry: [`suggest`]. For each closed gate the edits that open it: a Deny is narrowed before it is removed, and what
//! is granted names exactly what is asked, never more. Each suggestion is evaluated before it is offered.
//! Left out on purpose: weighing one gate against another, since only people know which of the policies they own.

mod change;
mod deny;
mod draft;
mod grant;
mod public_access;
mod revoke;

use crate::gather::Gather;
pub use change::Operation;

use super::question::Question;
use super::{
    Authorization, AuthorizationRequest, Decision, Detail, Gate, GateState, Policies, authorize_without,
};
use crate::json::Node;
use crate::policy::Policy;
use draft::Proposal;

/// A statement is added.
const ADD_STATEMENT: &str = "reason.suggestion.add-statement";
/// An action is added to a statement.
const ADD_ACTION: &str = "reason.suggestion.add-action";
/// A resource is added to a statement.
const ADD_RESOURCE: &str = "reason.suggestion.add-resource";
/// A value is added to a condition.
const ADD_VALUE: &str = "reason.suggestion.add-value";
/// A policy is added where there is none.
const NEW_POLICY: &str = "reason.suggestion.new-policy";
/// A Deny is taken away.
const REMOVE_DENY: &str = "reason.suggestion.remove-deny";
/// A Deny no longer names the action.
const REMOVE_ACTION: &str = "reason.suggestion.remove-action";
/// A Deny no longer names the resource.
const REMOVE_RESOURCE: &str = "reason.suggestion.remove-resource";
/// A Deny of all actions but some spares this one, too.
const EXEMPT_ACTION: &str = "reason.suggestion.exempt-action";
/// A Deny on all resources but some spares this one, too.
const EXEMPT_RESOURCE: &str = "reason.suggestion.exempt-resource";
/// A Deny spares the caller.
const EXEMPT_PRINCIPAL: &str = "reason.suggestion.exempt-principal";
/// A public statement names whom it is for.
const NAME_PRINCIPAL: &str = "reason.suggestion.name-principal";
/// The grant is taken away.
const REMOVE_ALLOW: &str = "reason.suggestion.remove-allow";
/// The policy holds nothing else and goes as a whole.
const REMOVE_POLICY: &str = "reason.suggestion.remove-policy";

/// An edit of one policy, evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The gate that it opens, or closes if the request is allowed.
    pub gate: Gate,
    /// Catalogue key, `reason.suggestion....`.
    pub code: &'static str,
    /// The policy's name; `None`: a new one.
    pub policy: Option<String>,
    /// Pointer of the policy's document; `None`: a new one.
    pub pointer: Option<String>,
    /// Of a new SCP or RCP the level where it belongs.
    pub target: Option<String>,
    /// What to do.
    pub edit: Edit,
}

/// What a suggestion does.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A JSON Patch on the policy's document; a `remove` of the whole document detaches the policy.
    Patch(Vec<Operation>),
    /// A document of its own.
    Document(Node),
}

impl Suggestion {
    /// The code without its catalogue prefix.
    pub fn short_code(&self) -> &'static str {
        self.code.rsplit_once('.').map_or(self.code, |(_, short)| short)
    }
}

/// Gives a policy's document as written, for edits that depend on whether a list stands as an array.
pub type Source<'s> = dyn Fn(&Policy) -> Option<Node> + 's;

/// The smallest edits that change the decision, one or more for each closed gate; of a request that is allowed the
/// fewest statements without which it is denied. None if the decision hangs on policies that can't be seen.
pub fn suggest(
    request: &AuthorizationRequest,
    policies: &Policies,
    off: &[Gate],
    source: &Source<'_>,
) -> Vec<Suggestion> {
    let attempt = Attempt { request, policies, off, source };
    let answer = attempt.evaluate(policies);
    match answer.decision {
        Decision::Depends => Vec::new(),
        Decision::Allow => revoke::suggest(&attempt, &answer),
        Decision::ExplicitDeny | Decision::ImplicitDeny => {
            answer.blocked_by.iter().flat_map(|gate| attempt.open(*gate, &answer)).gather()
        }
    }
}

/// What is asked, and how edits are evaluated.
struct Attempt<'a> {
    request: &'a AuthorizationRequest,
    policies: &'a Policies,
    off: &'a [Gate],
    source: &'a Source<'a>,
}

impl Attempt<'_> {
    fn evaluate(&self, policies: &Policies) -> Authorization {
        authorize_without(self.request, policies, self.off, Detail::Brief)
    }

    /// The edits that open one gate, and are seen to.
    fn open(&self, gate: Gate, answer: &Authorization) -> Vec<Suggestion> {
        let mut proposals: Vec<Proposal> = Vec::new();
        let mut state = answer.gates.get(&gate).copied();
        if gate == Gate::S3BlockPublicAccess {
            proposals = public_access::propose(&self.question(self.policies));
        } else {
            if state == Some(GateState::ExplicitDeny) {
                proposals = deny::propose(&self.question(self.policies), gate, self.source);
                // Below the Deny there may be no Allow either.
                let Some(draft) = self.apply(&proposals) else { return Vec::new() };
                state = self.evaluate(&draft).gates.get(&gate).copied();
                if draft::lifts(&draft, gate) {
                    state = Some(GateState::ImplicitDeny);
                }
            }
            if state == Some(GateState::ImplicitDeny) {
                proposals.extend(grant::propose(&self.question(self.policies), gate, self.source));
            }
        }
        let open = |draft: Policies| !self.evaluate(&draft).blocked_by.contains(&gate);
        if proposals.is_empty() || !self.apply(&proposals).is_some_and(open) {
            return Vec::new();
        }
        draft::suggestions(self.policies, gate, &proposals, self.source).unwrap_or_default()
    }

    fn question<'q>(&'q self, policies: &'q Policies) -> Question<'q> {
        Question::new(self.request, policies)
    }

    fn apply(&self, proposals: &[Proposal]) -> Option<Policies> {
        draft::apply(self.policies, proposals, self.request.asks_trust_policy())
    }
}
