//! Kinds of entity, and what differs between them by name alone.
//!
//! AWS page: IAM User Guide, "IAM identifiers" and "IAM and AWS STS quotas".

use crate::cloud::{Account, InlinePolicy};
use crate::services::errors::*;
use crate::sorted::SortedMap;

/// What an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Group,
    Role,
    Policy,
    InstanceProfile,
    MfaDevice,
    /// The account as a whole.
    Account,
}

/// Names and limits of a kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// The parameter that names an entity that exists.
    pub parameter: &'static str,
    /// The parameter that names a new one.
    pub new: &'static str,
    /// What its ARN begins with after the account: `role`.
    pub arn: &'static str,
    /// In AWS's sentences: `role`, `instance profile`.
    pub words: &'static str,
    /// Of its unique id.
    pub prefix: &'static str,
    /// AWS's default quota for an account.
    pub most: usize,
    /// The quota's name.
    pub quota: &'static str,
}

impl Kind {
    /// What is known of the kind.
    pub fn facts(self) -> Facts {
        let [parameter, new, arn, words, prefix, quota] = match self {
            Kind::User => ["UserName", "UserName", "user", "user", "AIDA", "UsersPerAccount"],
            Kind::Group => ["GroupName", "GroupName", "group", "group", "AGPA", "GroupsPerAccount"],
            Kind::Role => ["RoleName", "RoleName", "role", "role", "AROA", "RolesPerAccount"],
            Kind::Policy => ["PolicyArn", "PolicyName", "policy", "policy", "ANPA", "PoliciesPerAccount"],
            Kind::InstanceProfile => [
                "InstanceProfileName",
                "InstanceProfileName",
                "instance-profile",
                "instance profile",
                "AIPA",
                "InstanceProfilesPerAccount",
            ],
            Kind::MfaDevice => {
                ["SerialNumber", "VirtualMFADeviceName", "mfa", "mfa", "", "VirtualMFADevicesPerAccount"]
            }
            Kind::Account => ["", "", "", "", "", ""],
        };
        let most = match self {
            // Of devices there may be as many as users.
            Kind::User | Kind::MfaDevice => 5_000,
            Kind::Group => 300,
            Kind::Policy => 1_500,
            _ => 1_000,
        };
        Facts { parameter, new, arn, words, prefix, most, quota }
    }

    /// Most characters of all its inline policies together, without white space.
    pub fn inline_size(self) -> usize {
        match self {
            Kind::User => 2_048,
            Kind::Group => 5_120,
            _ => 10_240,
        }
    }
}

/// What users, groups and roles have in common.
pub(super) struct Holder<'a> {
    pub name: &'a str,
    pub id: &'a str,
    pub arn: &'a str,
    pub path: &'a str,
    pub inline: &'a mut Vec<InlinePolicy>,
    pub attached: &'a mut Vec<String>,
    /// Groups have none.
    pub boundary: Option<&'a mut Option<String>>,
}

/// A user, group or role by its name.
///
/// # Errors
/// NoSuchEntity.
pub(super) fn holder<'a>(account: &'a mut Account, kind: Kind, name: &str) -> Result<Holder<'a>, AwsError> {
    let found = match kind {
        Kind::User => account.users.get_mut(name).map(|user| Holder {
            name: &user.name,
            id: &user.id,
            arn: &user.arn,
            path: &user.path,
            inline: &mut user.inline_policies,
            attached: &mut user.attached_policies,
            boundary: Some(&mut user.permissions_boundary),
        }),
        Kind::Group => account.groups.get_mut(name).map(|group| Holder {
            name: &group.name,
            id: &group.id,
            arn: &group.arn,
            path: &group.path,
            inline: &mut group.inline_policies,
            attached: &mut group.attached_policies,
            boundary: None,
        }),
        _ => account.roles.get_mut(name).map(|role| Holder {
            name: &role.name,
            id: &role.id,
            arn: &role.arn,
            path: &role.path,
            inline: &mut role.inline_policies,
            attached: &mut role.attached_policies,
            boundary: Some(&mut role.permissions_boundary),
        }),
    };
    found.ok_or_else(|| no_such(kind, name))
}

/// Tags of an entity that has some; a group has none.
pub(super) fn tags_of<'a>(
    account: &'a mut Account,
    kind: Kind,
    name: &str,
) -> Result<&'a mut SortedMap<String, String>, AwsError> {
    let found = match kind {
        Kind::User => account.users.get_mut(name).map(|user| &mut user.tags),
        Kind::Role => account.roles.get_mut(name).map(|role| &mut role.tags),
        Kind::Policy => account.managed_policies.get_mut(name).map(|policy| &mut policy.tags),
        Kind::InstanceProfile => account.instance_profiles.get_mut(name).map(|profile| &mut profile.tags),
        Kind::MfaDevice => account.mfa_devices.get_mut(name).map(|device| &mut device.tags),
        Kind::Group | Kind::Account => None,
    };
    found.ok_or_else(|| no_such(kind, name))
}

/// NoSuchEntity, in AWS's words for that kind.
pub(super) fn no_such(kind: Kind, name: &str) -> AwsError {
    let text = match kind {
        Kind::Policy => IAM_NO_POLICY,
        Kind::InstanceProfile => IAM_NO_PROFILE,
        Kind::MfaDevice => IAM_NO_MFA_DEVICE,
        _ => IAM_NO_ENTITY,
    };
    text.with(&[("kind", kind.facts().words), ("name", name)])
}

/// The ARN of an entity that exists under that name (of a policy or device: under that ARN).
pub(super) fn arn_of(account: &Account, kind: Kind, name: &str) -> Option<String> {
    match kind {
        Kind::User => account.users.get(name).map(|user| user.arn.clone()),
        Kind::Group => account.groups.get(name).map(|group| group.arn.clone()),
        Kind::Role => account.roles.get(name).map(|role| role.arn.clone()),
        Kind::InstanceProfile => account.instance_profiles.get(name).map(|profile| profile.arn.clone()),
        Kind::Policy | Kind::MfaDevice => Some(name.to_string()),
        Kind::Account => None,
    }
}
