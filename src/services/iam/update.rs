//! UpdateAssumeRolePolicy, UpdateRole, UpdateRoleDescription, UpdateUser, UpdateGroup.
//!
//! AWS pages: IAM API Reference, the operations of these names. Sessions that exist outlive a changed trust policy.

use super::create::{TRUST_SIZE, check_name, within};
use super::delete::modifiable;
use super::kind::{Kind, holder, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::arn;
use crate::cloud::Credential;
use crate::policy::PolicyKind;
use crate::services::protocol::Tree;

/// UpdateAssumeRolePolicy.
pub(super) fn trust_policy(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("RoleName").to_string();
    let role = holder(iam.account_mut()?, kind, &name)?;
    modifiable(role.path, role.name)?;
    let citation = format!("role/{name}");
    let text = iam.text("PolicyDocument");
    let policy = policy_document::read(iam.call.cloud, &citation, None, text, PolicyKind::Trust)?;
    within("ACLSizePerRole", policy_document::size(&policy), TRUST_SIZE)?;
    if let Some(role) = iam.account_mut()?.roles.get_mut(&name) {
        role.trust_policy = policy;
    }
    Ok(None)
}

/// UpdateRole and UpdateRoleDescription: description and longest session; only the second answers with the role.
pub(super) fn role(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text("RoleName").to_string();
    let entity = holder(iam.account_mut()?, kind, &name)?;
    let service_linked = modifiable(entity.path, entity.name);
    let (description, seconds) = (iam.input.get("Description"), iam.input.get("MaxSessionDuration"));
    // The description of a service-linked role may be changed.
    if seconds.is_some() {
        service_linked?;
    }
    let told = iam.operation.name() == "UpdateRoleDescription";
    let account = iam.account_mut()?;
    let role = account.roles.get_mut(&name).ok_or_else(|| no_such(kind, &name))?;
    if let Some(text) = description {
        role.description = text.to_string();
    }
    if let Some(seconds) = seconds.and_then(|text| text.parse().ok()) {
        role.max_session_duration = seconds;
    }
    Ok(Some(if told { Tree::of("Role", shapes::role(role, Detail::Full)) } else { Tree::new() }))
}

/// UpdateUser: a new name or path. The user stays who it is: its id, keys, devices and groups.
pub(super) fn user(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let old = iam.text("UserName").to_string();
    let new = iam.input.get("NewUserName").unwrap_or(&old).to_string();
    let path = iam.input.get("NewPath").map(str::to_string);
    let id = iam.id.clone();
    let account = iam.account_mut()?;
    holder(account, kind, &old)?;
    if !new.eq_ignore_ascii_case(&old) {
        check_name(account, kind, &new)?;
    }
    let Some(mut user) = account.users.remove(&old) else { return Err(no_such(kind, &old)) };
    user.name.clone_from(&new);
    user.path = path.unwrap_or(user.path);
    user.arn = arn::iam(&id, "user", &user.path, &new);
    account.users.insert(new.clone(), user);
    for device in account.mfa_devices.values_mut().filter(|device| device.user.as_deref() == Some(&old)) {
        device.user = Some(new.clone());
    }
    for credential in iam.call.cloud.credentials.values_mut() {
        if let Credential::LongTerm(key) = credential
            && key.account == id
            && key.user.as_deref() == Some(&old)
        {
            key.user = Some(new.clone());
        }
    }
    Ok(None)
}

/// UpdateGroup: a new name or path.
pub(super) fn group(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let old = iam.text("GroupName").to_string();
    let new = iam.input.get("NewGroupName").unwrap_or(&old).to_string();
    let path = iam.input.get("NewPath").map(str::to_string);
    let id = iam.id.clone();
    let account = iam.account_mut()?;
    holder(account, kind, &old)?;
    if !new.eq_ignore_ascii_case(&old) {
        check_name(account, kind, &new)?;
    }
    let Some(mut group) = account.groups.remove(&old) else { return Err(no_such(kind, &old)) };
    group.name.clone_from(&new);
    group.path = path.unwrap_or(group.path);
    group.arn = arn::iam(&id, "group", &group.path, &new);
    account.groups.insert(new.clone(), group);
    for name in account.users.values_mut().flat_map(|user| &mut user.groups).filter(|name| **name == old) {
        name.clone_from(&new);
    }
    Ok(None)
}
