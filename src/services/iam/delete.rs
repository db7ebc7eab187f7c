//! DeleteRole, DeleteUser, DeleteGroup, DeletePolicy, DeleteInstanceProfile: what still holds something stays.
//!
//! AWS pages: IAM API Reference, the operations of these names (DeleteConflict).

use super::kind::{Kind, modifiable};
use super::shapes::uses;
use super::{Answer, Iam, access_keys, policy_document};
use crate::services::errors::*;

/// Deletes an entity that holds nothing any more.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    if kind == Kind::Policy {
        return policy(iam, name);
    }
    if let Some(what) = conflict(iam, kind, name)? {
        return Err(IAM_DELETE_CONFLICT.with(&[("what", what)]));
    }
    let account = iam.account_mut()?;
    let gone = match kind {
        Kind::User => account.users.remove(name).map(|user| (user.arn, user.id)),
        Kind::Role => account.roles.remove(name).map(|role| (role.arn, role.id)),
        Kind::Group => account.groups.remove(name).and(None),
        _ => account.instance_profiles.remove(name).and(None),
    };
    if let Some((arn, id)) = gone {
        policy_document::call_principal(iam.call.cloud, &arn, &id);
    }
    Ok(None)
}

/// What must be done before.
fn conflict(iam: &Iam<'_, '_>, kind: Kind, name: &str) -> Result<Option<&'static str>, AwsError> {
    let entity = iam.entity(kind, name)?;
    if kind == Kind::Role {
        modifiable(&entity)?;
    }
    let account = iam.account()?;
    let (is_user, is_group) = (kind == Kind::User, kind == Kind::Group);
    let holds_role = account.instance_profiles.values().any(|profile| match kind {
        Kind::InstanceProfile => profile.name == name && profile.role.is_some(),
        Kind::Role => profile.role.as_deref() == Some(name),
        _ => false,
    });
    let has_member =
        is_group && account.users.values().any(|user| user.groups.iter().any(|group| group == name));
    let has_device =
        is_user && account.mfa_devices.values().any(|device| device.user.as_deref() == Some(name));
    let has_key = is_user && !access_keys::of(iam.call.cloud, &iam.id, name).is_empty();
    let conflicts = [
        (has_key, "delete access keys"),
        (!entity.inline.is_empty(), "delete policies"),
        (!entity.attached.is_empty(), "detach all policies"),
        (holds_role, "remove roles from instance profile"),
        (has_member || !entity.groups.is_empty(), "remove users from group"),
        (has_device, "delete MFA device"),
    ];
    Ok(conflicts.into_iter().find(|(is, _)| *is).map(|(_, what)| what))
}

fn policy(iam: &mut Iam<'_, '_>, arn: &str) -> Answer {
    let versions = iam.own_policy(arn)?.versions.len();
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
