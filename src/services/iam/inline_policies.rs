//! Inline policies of roles, users and groups: Put, Get, List, Delete.
//!
//! AWS pages: IAM API Reference, "PutRolePolicy" and its likes.

use super::kind::Kind;
use super::{Answer, Iam, policy_document};
use crate::cloud::InlinePolicy;
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::services::errors::*;
use crate::services::protocol::Tree;

/// Puts a policy into an entity, or another in the place of one of that name.
pub(super) fn put(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    iam.held(kind)?;
    let (name, policy_name) = (iam.name(kind), iam.text("PolicyName"));
    let citation = format!("{}/{name}/{policy_name}", kind.facts().arn);
    let text = iam.text("PolicyDocument");
    let policy = policy_document::read(iam.call.cloud, &citation, None, text, PolicyKind::Identity)?;
    let inline = iam.held(kind)?.inline;
    let others = inline.iter().filter(|inline| inline.name != policy_name);
    let size: usize = others.map(|inline| policy_document::size(&inline.policy)).sum();
    if size + policy_document::size(&policy) > kind.inline_size() {
        let most = kind.inline_size().to_string();
        let params = [("most", most.as_str()), ("kind", kind.facts().words), ("name", name)];
        return Err(IAM_INLINE_SIZE.with(&params));
    }
    match inline.iter_mut().find(|inline| inline.name == policy_name) {
        Some(inline) => inline.policy = policy,
        None => inline.push(InlinePolicy { name: policy_name.to_string(), policy }),
    }
    Ok(None)
}

/// Tells one policy.
pub(super) fn get(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let entity = iam.named(kind)?;
    let inline = entity.inline.get(place(iam, kind, entity.inline)?);
    let document = inline.map(|inline| policy_document::encoded(&inline.policy, PolicyKind::Identity));
    let mut tree = Tree::new();
    tree.texts(&[
        (kind.facts().parameter, entity.name),
        ("PolicyName", iam.text("PolicyName")),
        ("PolicyDocument", &document.unwrap_or_default()),
    ]);
    Ok(Some(tree))
}

/// Their names.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let names = iam.named(kind)?.inline.iter().map(|inline| inline.name.clone()).gather();
    Ok(Some(iam.page(names)?.answer("PolicyNames", &|name| Some(Tree::Text(name.to_string())))))
}

/// Takes one away.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    iam.held(kind)?;
    let place = place(iam, kind, iam.named(kind)?.inline)?;
    iam.held(kind)?.inline.remove(place);
    Ok(None)
}

/// Where the policy stands that the request names.
fn place(iam: &Iam<'_, '_>, kind: Kind, inline: &[InlinePolicy]) -> Result<usize, AwsError> {
    let name = iam.text("PolicyName");
    let missing = || IAM_NO_INLINE_POLICY.with(&[("kind", kind.facts().words), ("name", name)]);
    inline.iter().position(|inline| inline.name == name).ok_or_else(missing)
}
