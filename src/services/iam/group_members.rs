//! AddUserToGroup, RemoveUserFromGroup, ListGroupsForUser. AWS pages: IAM API Reference, the operations of these names.

use super::create::within;
use super::kind::{Kind, holder, no_such};
use super::{Answer, Iam, shapes};
use crate::cloud::User;
use crate::services::errors::AwsError;

/// AWS's quota of groups for each user.
const MOST_GROUPS: usize = 10;

/// Puts a user into a group. Again: nothing changes.
pub(super) fn add(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("GroupName");
    holder(iam.account_mut()?, kind, name)?;
    let user = user(iam)?;
    if !user.groups.iter().any(|group| group == name) {
        within("GroupsPerUser", user.groups.len() + 1, MOST_GROUPS)?;
        user.groups.push(name.to_string());
    }
    Ok(None)
}

/// Takes a user out of a group.
pub(super) fn remove(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("GroupName");
    holder(iam.account_mut()?, kind, name)?;
    user(iam)?.groups.retain(|group| group != name);
    Ok(None)
}

/// The groups of a user.
pub(super) fn list(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let mut names = user(iam)?.groups.clone();
    names.sort();
    let page = iam.page(names)?;
    let account = iam.account()?;
    let groups = page.keys.iter().filter_map(|name| account.groups.get(name));
    let items = groups.map(shapes::group).collect();
    Ok(Some(page.answer("Groups", items)))
}

fn user<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut User, AwsError> {
    let name = iam.text("UserName");
    iam.account_mut()?.users.get_mut(name).ok_or_else(|| no_such(Kind::User, name))
}
