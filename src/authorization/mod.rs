//! Whether a request is allowed: each policy type analysed alone, then one decision.
//!
//! AWS page: IAM User Guide, "Policy evaluation logic". Entry: [`authorize`], with the whole explanation, and
//! [`decide`], with the decision alone; [`suggest`] for what would change it.
//! Left out on purpose: finding the policies that apply, which the services do.

mod analyze;
mod context;
mod decide;
mod explain;
mod outcome;
mod question;
mod request;
mod suggest;
mod what_if;

pub use context::{Context, ContextEntry};
pub use outcome::*;
pub use request::*;
pub use suggest::{Edit, Operation, Source, Suggestion, suggest};

use analyze::findings;
use question::Question;

/// How much of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Decision, gates and citations.
    Brief,
    /// With every statement compared, and the near misses.
    Full,
}

/// Evaluates every policy and explains the decision.
pub fn authorize(request: &AuthorizationRequest, policies: &Policies) -> Authorization {
    authorize_without(request, policies, &[], Detail::Full)
}

/// The same with some gates switched off, which neither close nor grant.
pub fn authorize_without(
    request: &AuthorizationRequest,
    policies: &Policies,
    off: &[Gate],
    detail: Detail,
) -> Authorization {
    let question = Question::new(request, policies);
    let mut findings = findings(&question);
    for gate in off {
        *findings.get_mut(*gate) = None;
    }
    explain::authorization(&question, &what_if::resolve(&question, &findings), detail)
}

/// The decision alone, the same as [`authorize`]'s. Allocates nothing unless a policy has variables or can't be seen.
pub fn decide(request: &AuthorizationRequest, policies: &Policies) -> Decision {
    let question = Question::new(request, policies);
    what_if::decision(&question, &findings(&question))
}
