//! AddUserToGroup, RemoveUserFromGroup, ListGroupsForUser. AWS pages: IAM API Reference, the operations of these names.

use super::create::within;
use super::kind::{Kind, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam};
use crate::cloud::User;
use crate::services::errors::AwsError;

/// AWS's quota of groups for each user.
const MOST_GROUPS: usize = 10;

/// Puts a user into a group. Again: nothing changes.
pub(super) fn add(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    iam.named(kind)?;
    let user = user(iam)?;
    if !user.groups.iter().any(|group| group == name) {
        within("GroupsPerUser", user.groups.len() + 1, MOST_GROUPS)?;
        user.groups.push(name.to_string());
    }
    Ok(None)
}

/// Takes a user out of a group.
pub(super) fn remove(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    iam.named(kind)?;
    let groups = &mut user(iam)?.groups;
    if let Some(place) = groups.iter().position(|group| group == name) {
        groups.remove(place);
    }
    Ok(None)
}

/// The groups of a user.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let mut names = iam.named(kind)?.groups.to_vec();
    names.sort();
    let (page, account) = (iam.page(names)?, iam.account()?);
    let shape = |name: &str| shapes::entity(account, Kind::Group, name, Detail::Listed);
    Ok(Some(page.answer("Groups", &shape)))
}

fn user<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut User, AwsError> {
    let name = iam.text("UserName");
    iam.account_mut()?.users.get_mut(name).ok_or_else(|| no_such(Kind::User, name))
}
