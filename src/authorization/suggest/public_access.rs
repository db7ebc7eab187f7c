//! What makes a public bucket policy one that RestrictPublicBuckets lets work: it names whom it is for.
//!
//! AWS page: S3 User Guide, "The meaning of public". Nobody can be named for an anonymous caller.

use super::super::PrincipalKind;
use super::super::question::Question;
use super::NAME_PRINCIPAL;
use super::change::{Change, string};
use super::draft::{Proposal, Slot, What};
use super::grant::caller;
use crate::arn;
use crate::json::{Member, Node, Value};

/// Every public statement is limited: to the caller where it is about the request, to the bucket's account elsewhere.
pub(super) fn propose(question: &Question<'_>) -> Vec<Proposal> {
    let Some(policy) = &question.policies.resource else { return Vec::new() };
    let owner = question.request.resource_account();
    if question.principal().kind == PrincipalKind::Anonymous {
        return Vec::new();
    }
    let asked = question.to(policy);
    let mut proposals = Vec::new();
    for (statement, one) in policy.statements().iter().enumerate().filter(|(_, one)| one.is_public()) {
        let principal = if one.is_about(&asked) { caller(question) } else { owner.map(account) };
        let Some(principal) = principal else { return Vec::new() };
        let change = Change::SetPrincipal { statement, principal };
        proposals.push(Proposal { slot: Slot::Resource, code: NAME_PRINCIPAL, what: What::Change(change) });
    }
    proposals
}

fn account(account: &str) -> Node {
    Value::Object(vec![Member::new("AWS", string(&arn::root(account)))]).node()
}
