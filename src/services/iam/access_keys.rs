//! Long-term access keys of users: Create, Update, Delete, List, GetAccessKeyLastUsed.
//!
//! AWS pages: IAM API Reference, "CreateAccessKey" and its likes. Simplified: the root user's keys are changed by
//! nobody.

use super::create::within;
use super::kind::Kind;
use super::{Answer, Iam};
use crate::cloud::{AccessKey, Cloud, Credential};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::sorted::sort_by;

/// AWS's quota of keys for each user.
const MOST_KEYS: usize = 2;

/// The keys of a user, the oldest first.
pub(super) fn of<'c>(cloud: &'c Cloud, account: &str, user: &str) -> Vec<&'c AccessKey> {
    let mut keys = Vec::new();
    for credential in cloud.credentials.values() {
        if let Credential::LongTerm(key) = credential
            && key.account == account
            && key.user.as_deref() == Some(user)
        {
            keys.push(key);
        }
    }
    sort_by(&mut keys, |one, other| one.created.cmp(&other.created));
    keys
}

/// The user of the account whose key it is.
pub(super) fn owner(iam: &Iam<'_, '_>, id: &str) -> Option<String> {
    match iam.call.cloud.credentials.get(id)? {
        Credential::LongTerm(key) if key.account == iam.id => key.user.clone(),
        _ => None,
    }
}

/// CreateAccessKey.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let user = iam.user_name()?;
    iam.entity(kind, &user)?;
    within("AccessKeysPerUser", of(iam.call.cloud, &iam.id, &user).len() + 1, MOST_KEYS)?;
    let cloud = &mut *iam.call.cloud;
    let requests = cloud.requests.to_string();
    let names = ["iam", &iam.id, &user, &requests];
    let key = AccessKey {
        access_key_id: cloud.entropy.access_key_id("AKIA", &names),
        secret_access_key: cloud.entropy.secret_access_key(&names),
        account: iam.id.clone(),
        user: Some(user),
        active: true,
        created: cloud.now,
        last_used: None,
    };
    let mut tree = shape(&key);
    tree.text("SecretAccessKey", &key.secret_access_key);
    cloud.credentials.insert(key.access_key_id.clone(), Credential::LongTerm(key));
    Ok(Some(Tree::of("AccessKey", tree)))
}

fn shape(key: &AccessKey) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("UserName", key.user.as_deref().unwrap_or_default()),
        ("AccessKeyId", &key.access_key_id),
        ("Status", if key.active { "Active" } else { "Inactive" }),
        ("CreateDate", &key.created.iso8601()),
    ]);
    tree
}

/// UpdateAccessKey: Active or Inactive.
pub(super) fn update(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let active = iam.text("Status") == "Active";
    let id = own(iam)?;
    if let Some(Credential::LongTerm(key)) = iam.call.cloud.credentials.get_mut(id) {
        key.active = active;
    }
    Ok(None)
}

/// DeleteAccessKey.
pub(super) fn delete(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let id = own(iam)?;
    iam.call.cloud.credentials.remove(id);
    Ok(None)
}

/// The id of a key that the user has.
fn own<'i>(iam: &mut Iam<'i, '_>) -> Result<&'i str, AwsError> {
    let user = iam.user_name()?;
    iam.entity(Kind::User, &user)?;
    let id = iam.text("AccessKeyId");
    match owner(iam, id) {
        Some(owner) if owner == user => Ok(id),
        _ => Err(IAM_NO_ACCESS_KEY.with(&[("id", id)])),
    }
}

/// ListAccessKeys.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let user = iam.user_name()?;
    iam.entity(kind, &user)?;
    let mut ids = Vec::new();
    for key in of(iam.call.cloud, &iam.id, &user) {
        ids.push(key.access_key_id.clone());
    }
    let page = iam.page(ids)?;
    let told = |id: &str| match iam.call.cloud.credentials.get(id) {
        Some(Credential::LongTerm(key)) => Some(shape(key)),
        _ => None,
    };
    let items = page.items(&told);
    let mut tree = Tree::of("UserName", Tree::Text(user));
    tree.put("AccessKeyMetadata", items);
    page.end(&mut tree);
    Ok(Some(tree))
}

/// GetAccessKeyLastUsed.
pub(super) fn last_used(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let id = iam.text("AccessKeyId");
    let user = owner(iam, id).ok_or_else(|| IAM_NO_ACCESS_KEY.with(&[("id", id)]))?;
    let mut used = Tree::new();
    match iam.call.cloud.credentials.get(id) {
        Some(Credential::LongTerm(AccessKey { last_used: Some((at, region, service)), .. })) => {
            used.texts(&[("LastUsedDate", &at.iso8601()), ("ServiceName", service), ("Region", region)]);
        }
        _ => used.texts(&[("ServiceName", "N/A"), ("Region", "N/A")]),
    }
    let mut tree = Tree::of("UserName", Tree::Text(user));
    tree.put("AccessKeyLastUsed", used);
    Ok(Some(tree))
}
