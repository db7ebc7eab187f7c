//! Inline policies of roles, users and groups: Put, Get, List, Delete.
//!
//! AWS pages: IAM API Reference, "PutRolePolicy" and its likes.

use super::delete::modifiable;
use super::kind::{Kind, holder};
use super::{Answer, Iam, policy_document};
use crate::cloud::InlinePolicy;
use crate::policy::PolicyKind;
use crate::services::errors::*;
use crate::services::protocol::Tree;

/// Puts a policy into an entity, or another in the place of one of that name.
pub(super) fn put(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter).to_string();
    let entity = holder(iam.account_mut()?, kind, &name)?;
    modifiable(entity.path, entity.name)?;
    let policy_name = iam.text("PolicyName").to_string();
    let citation = format!("{}/{name}/{policy_name}", kind.facts().arn);
    let text = iam.text("PolicyDocument");
    let policy = policy_document::read(iam.call.cloud, &citation, None, text, PolicyKind::Identity)?;
    let entity = holder(iam.account_mut()?, kind, &name)?;
    let others = entity.inline.iter().filter(|inline| inline.name != policy_name);
    let size: usize = others.map(|inline| policy_document::size(&inline.policy)).sum();
    if size + policy_document::size(&policy) > kind.inline_size() {
        let most = kind.inline_size().to_string();
        let params = [("most", most.as_str()), ("kind", kind.facts().words), ("name", &name)];
        return Err(IAM_INLINE_SIZE.with(&params));
    }
    match entity.inline.iter_mut().find(|inline| inline.name == policy_name) {
        Some(inline) => inline.policy = policy,
        None => entity.inline.push(InlinePolicy { name: policy_name, policy }),
    }
    Ok(None)
}

/// Tells one policy.
pub(super) fn get(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let facts = kind.facts();
    let (name, policy_name) = (iam.text(facts.parameter).to_string(), iam.text("PolicyName").to_string());
    let entity = holder(iam.account_mut()?, kind, &name)?;
    let inline = entity.inline.iter().find(|inline| inline.name == policy_name);
    let inline = inline.ok_or_else(|| missing(kind, &policy_name))?;
    let mut tree = Tree::new();
    tree.texts(&[
        (facts.parameter, &name),
        ("PolicyName", &policy_name),
        ("PolicyDocument", &policy_document::encoded(&inline.policy, PolicyKind::Identity)),
    ]);
    Ok(Some(tree))
}

/// Their names.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter).to_string();
    let entity = holder(iam.account_mut()?, kind, &name)?;
    let names = entity.inline.iter().map(|inline| inline.name.clone()).collect();
    let page = iam.page(names)?;
    let items = page.keys.iter().map(|name| Tree::Text(name.clone())).collect();
    Ok(Some(page.answer("PolicyNames", items)))
}

/// Takes one away.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let (name, policy_name) =
        (iam.text(kind.facts().parameter).to_string(), iam.text("PolicyName").to_string());
    let entity = holder(iam.account_mut()?, kind, &name)?;
    modifiable(entity.path, entity.name)?;
    let place = entity.inline.iter().position(|inline| inline.name == policy_name);
    entity.inline.remove(place.ok_or_else(|| missing(kind, &policy_name))?);
    Ok(None)
}

fn missing(kind: Kind, name: &str) -> AwsError {
    IAM_NO_INLINE_POLICY.with(&[("kind", kind.facts().words), ("name", name)])
}
