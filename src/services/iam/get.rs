//! GetRole, GetUser, GetGroup, GetPolicy, GetInstanceProfile.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam};
use crate::authorization::PrincipalKind;
use crate::gather::Gather;
use crate::services::protocol::Tree;

/// Tells an entity.
pub(super) fn get(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let mut name = iam.name(kind).to_string();
    if kind == Kind::User && name.is_empty() {
        if iam.caller.principal.kind == PrincipalKind::Root {
            return root(iam);
        }
        name = iam.user_name()?;
    }
    let account = iam.account()?;
    let shape = match kind {
        Kind::Policy => Some(shapes::policy(account, &iam.policy(&name)?, Detail::Full)),
        _ => shapes::entity(account, kind, &name, Detail::Full),
    };
    let mut tree = Tree::of(kind.facts().one, shape.ok_or_else(|| no_such(kind, &name))?);
    if kind == Kind::Group {
        let members = account.users.values().filter(|user| user.groups.contains(&name));
        let page = iam.page(members.map(|user| user.name.clone()).gather())?;
        tree.put("Users", page.items(&|name| shapes::entity(account, Kind::User, name, Detail::Listed)));
        page.end(&mut tree);
    }
    Ok(Some(tree))
}

/// The root user asks for itself: it has no name. When the account was made isn't modelled.
fn root(iam: &Iam<'_, '_>) -> Answer {
    let mut tree = Tree::new();
    let arn = crate::arn::root(&iam.id);
    tree.texts(&[("UserId", &iam.id), ("Arn", &arn), ("CreateDate", &iam.call.cloud.now.iso8601())]);
    Ok(Some(Tree::of("User", tree)))
}
