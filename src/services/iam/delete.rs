//! DeleteRole, DeleteUser, DeleteGroup, DeletePolicy, DeleteInstanceProfile: what still holds something stays.
//!
//! AWS pages: IAM API Reference, the operations of these names (DeleteConflict).

use super::kind::{Kind, holder, no_such};
use super::shapes::uses;
use super::{Answer, Iam, access_keys, policy_document};
use crate::services::errors::*;

/// Deletes an entity that holds nothing any more.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter).to_string();
    if kind == Kind::Policy {
        return policy(iam, &name);
    }
    if kind == Kind::User && !access_keys::of(iam.call.cloud, &iam.id, &name).is_empty() {
        return Err(IAM_DELETE_CONFLICT.with(&[("what", "delete access keys")]));
    }
    let account = iam.account_mut()?;
    if kind == Kind::InstanceProfile {
        let profile = account.instance_profiles.get(&name).ok_or_else(|| no_such(kind, &name))?;
        if profile.role.is_some() {
            return Err(IAM_DELETE_CONFLICT.with(&[("what", "remove roles from instance profile")]));
        }
        account.instance_profiles.remove(&name);
        return Ok(None);
    }
    let entity = holder(account, kind, &name)?;
    if kind == Kind::Role {
        modifiable(entity.path, entity.name)?;
    }
    if !entity.inline.is_empty() {
        return Err(IAM_DELETE_CONFLICT.with(&[("what", "delete policies")]));
    }
    if !entity.attached.is_empty() {
        return Err(IAM_DELETE_CONFLICT.with(&[("what", "detach all policies")]));
    }
    let conflict = match kind {
        Kind::Role => account
            .instance_profiles
            .values()
            .any(|profile| profile.role.as_deref() == Some(&name))
            .then_some("remove roles from instance profile"),
        Kind::Group => account
            .users
            .values()
            .any(|user| user.groups.contains(&name))
            .then_some("remove users from group"),
        _ => {
            let device = account.mfa_devices.values().any(|device| device.user.as_deref() == Some(&name));
            let grouped = account.users.get(&name).is_some_and(|user| !user.groups.is_empty());
            match (grouped, device) {
                (true, _) => Some("remove users from group"),
                (false, true) => Some("delete MFA device"),
                (false, false) => None,
            }
        }
    };
    if let Some(what) = conflict {
        return Err(IAM_DELETE_CONFLICT.with(&[("what", what)]));
    }
    let gone = match kind {
        Kind::Role => account.roles.remove(&name).map(|role| (role.arn, role.id)),
        Kind::Group => account.groups.remove(&name).and(None),
        _ => account.users.remove(&name).map(|user| (user.arn, user.id)),
    };
    if let Some((arn, id)) = gone {
        policy_document::call_principal(iam.call.cloud, &arn, &id);
    }
    Ok(None)
}

fn policy(iam: &mut Iam<'_, '_>, arn: &str) -> Answer {
    let policy = iam.own_policy(arn)?;
    let versions = policy.versions.len();
    let account = iam.account_mut()?;
    if uses(account, arn) != (0, 0) {
        return Err(IAM_POLICY_ATTACHED.error());
    }
    if versions > 1 {
        return Err(IAM_POLICY_VERSIONS.error());
    }
    account.managed_policies.remove(arn);
    Ok(None)
}

/// A service-linked role is changed by its service alone.
///
/// # Errors
/// UnmodifiableEntity.
pub(super) fn modifiable(path: &str, name: &str) -> Result<(), AwsError> {
    if path.starts_with("/aws-service-role/") {
        return Err(IAM_UNMODIFIABLE.with(&[("name", name)]));
    }
    Ok(())
}
