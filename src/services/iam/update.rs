//! UpdateAssumeRolePolicy, UpdateRole, UpdateRoleDescription, UpdateUser, UpdateGroup.
//!
//! AWS pages: IAM API Reference, the operations of these names; IAM User Guide, "Rename an IAM user". Sessions that exist
//! outlive a changed trust policy.

use super::create::{TRUST_SIZE, free, within};
use super::kind::{Kind, find, modifiable, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::arn;
use crate::cloud::Credential;
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;

/// UpdateAssumeRolePolicy.
pub(super) fn trust_policy(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    iam.held(kind)?;
    let citation = format!("role/{name}");
    let text = iam.text("PolicyDocument");
    let policy = policy_document::read(iam.call.cloud, &citation, None, text, PolicyKind::Trust)?;
    within("ACLSizePerRole", policy_document::size(&policy), TRUST_SIZE)?;
    if let Some(role) = iam.account_mut()?.roles.get_mut(name) {
        role.trust_policy = policy;
    }
    Ok(None)
}

/// UpdateRole and UpdateRoleDescription: description and longest session; only the second answers with the role.
pub(super) fn role(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    let (description, seconds) = (iam.input.get("Description"), iam.input.get("MaxSessionDuration"));
    let entity = iam.named(kind)?;
    // The description of a service-linked role may be changed.
    if seconds.is_some() {
        modifiable(&entity)?;
    }
    let told = iam.operation.name() == "UpdateRoleDescription";
    let account = iam.account_mut()?;
    let role = account.roles.get_mut(name).ok_or_else(|| no_such(kind, name))?;
    if let Some(text) = description {
        role.description = text.to_string();
    }
    if let Some(seconds) = seconds.and_then(|text| text.parse().ok()) {
        role.max_session_duration = seconds;
    }
    let shape = shapes::entity(account, kind, name, Detail::Full).filter(|_| told);
    Ok(Some(shape.map_or_else(Tree::new, |shape| Tree::of("Role", shape))))
}

/// UpdateUser and UpdateGroup: a new name or path. Who is renamed stays who it is: its id, its policies, a user's keys,
/// devices and groups.
pub(super) fn rename(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let old = iam.name(kind);
    let before = iam.named(kind)?.arn.to_string();
    let Some(new) = moved(iam, kind, old) else { return Ok(None) };
    let account = iam.account_mut()?;
    if !new.name.eq_ignore_ascii_case(old) {
        free(account, kind, &new.name)?;
    }
    match kind {
        Kind::User => user(iam, old, &before, new),
        _ => group(iam, old, new),
    }
    Ok(None)
}

/// What a user or group will be called.
pub(super) struct Moved {
    pub name: String,
    path: String,
    pub arn: String,
}

/// What the request calls a user or group from now on; `None`: as before.
pub(super) fn moved(iam: &Iam<'_, '_>, kind: Kind, old: &str) -> Option<Moved> {
    let account = iam.account().ok()?;
    let renaming = match iam.operation.name() {
        "UpdateUser" => "NewUserName",
        "UpdateGroup" => "NewGroupName",
        _ => return None,
    };
    let path = find(account, kind, old).map(|entity| entity.path);
    let (name, path_asked) = (iam.input.get(renaming), iam.input.get("NewPath"));
    name.or(path_asked)?;
    let name = name.unwrap_or(old).to_string();
    let path = path_asked.or(path).unwrap_or("/").to_string();
    Some(Moved { arn: arn::iam(&iam.id, kind.facts().arn, &path, &name), name, path })
}

fn user(iam: &mut Iam<'_, '_>, old: &str, before: &str, new: Moved) {
    let id = iam.id.clone();
    let cloud = &mut *iam.call.cloud;
    let Some(account) = cloud.accounts.get_mut(&id) else { return };
    let Some(mut user) = account.users.remove(old) else { return };
    user.name.clone_from(&new.name);
    user.path = new.path;
    user.arn.clone_from(&new.arn);
    account.users.insert(new.name.clone(), user);
    for device in account.mfa_devices.values_mut().filter(|device| device.user.as_deref() == Some(old)) {
        device.user = Some(new.name.clone());
    }
    for credential in cloud.credentials.values_mut() {
        if let Credential::LongTerm(key) = credential
            && key.account == id
            && key.user.as_deref() == Some(old)
        {
            key.user = Some(new.name.clone());
        }
    }
    policy_document::call_principal(cloud, before, &new.arn);
}

fn group(iam: &mut Iam<'_, '_>, old: &str, new: Moved) {
    let Ok(account) = iam.account_mut() else { return };
    let Some(mut group) = account.groups.remove(old) else { return };
    group.name.clone_from(&new.name);
    group.path = new.path;
    group.arn = new.arn;
    account.groups.insert(new.name.clone(), group);
    for name in account.users.values_mut().flat_map(|user| &mut user.groups).filter(|name| **name == old) {
        name.clone_from(&new.name);
    }
}
