//! GetRole, GetUser, GetGroup, GetPolicy, GetInstanceProfile.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam};
use crate::authorization::PrincipalKind;
use crate::services::protocol::Tree;

/// Tells an entity.
pub(super) fn get(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    if kind == Kind::User
        && iam.input.get("UserName").is_none()
        && iam.caller.principal.kind == PrincipalKind::Root
    {
        return root(iam);
    }
    let name = match kind {
        Kind::User => iam.user_name()?,
        _ => iam.text(kind.facts().parameter).to_string(),
    };
    let missing = || no_such(kind, &name);
    if kind == Kind::Policy {
        let policy = iam.policy(&name)?;
        return Ok(Some(Tree::of("Policy", shapes::policy(iam.account()?, &policy, Detail::Full))));
    }
    let account = iam.account()?;
    Ok(Some(match kind {
        Kind::User => {
            let user = account.users.get(&name).ok_or_else(missing)?;
            Tree::of("User", shapes::user(user, Detail::Full))
        }
        Kind::Role => {
            let role = account.roles.get(&name).ok_or_else(missing)?;
            Tree::of("Role", shapes::role(role, Detail::Full))
        }
        Kind::Group => {
            let group = account.groups.get(&name).ok_or_else(missing)?;
            let members = account.users.values().filter(|user| user.groups.contains(&name));
            let page = iam.page(members.map(|user| user.name.clone()).collect())?;
            let users = page.keys.iter().filter_map(|name| account.users.get(name));
            let users = users.map(|user| shapes::user(user, Detail::Listed)).collect();
            let mut tree = Tree::of("Group", shapes::group(group));
            tree.put("Users", Tree::Items(users));
            page.end(&mut tree);
            tree
        }
        _ => {
            let profile = account.instance_profiles.get(&name).ok_or_else(missing)?;
            Tree::of("InstanceProfile", shapes::instance_profile(account, profile, Detail::Full))
        }
    }))
}

/// The root user asks for itself: it has no name. When the account was made isn't modelled.
fn root(iam: &Iam<'_, '_>) -> Answer {
    let mut tree = Tree::new();
    let arn = crate::arn::root(&iam.id);
    tree.texts(&[("UserId", &iam.id), ("Arn", &arn), ("CreateDate", &iam.call.cloud.now.iso8601())]);
    Ok(Some(Tree::of("User", tree)))
}
