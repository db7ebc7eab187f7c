//! Kinds of entity, and what differs between them by name alone.
//!
//! AWS page: IAM User Guide, "IAM identifiers" and "IAM and AWS STS quotas".

use super::Iam;
use crate::clock::Timestamp;
use crate::cloud::{Account, InlinePolicy};
use crate::services::errors::*;
use crate::sorted::SortedMap;
use std::slice;

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
#[derive(Debug)]
pub(super) struct Facts {
    /// The parameter that names an entity that exists.
    pub parameter: &'static str,
    /// The parameter that names a new one; the element of its name.
    pub new: &'static str,
    /// The elements of its unique id, of one of them, and of a list.
    pub id: &'static str,
    pub one: &'static str,
    pub many: &'static str,
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

impl Facts {
    const fn of(names: [&'static str; 9], most: usize) -> Self {
        let [parameter, new, id, one, many, arn, words, prefix, quota] = names;
        Facts { parameter, new, id, one, many, arn, words, prefix, most, quota }
    }
}

const USER: Facts = Facts::of(
    ["UserName", "UserName", "UserId", "User", "Users", "user", "user", "AIDA", "UsersPerAccount"],
    5_000,
);
const GROUP: Facts = Facts::of(
    ["GroupName", "GroupName", "GroupId", "Group", "Groups", "group", "group", "AGPA", "GroupsPerAccount"],
    300,
);
const ROLE: Facts = Facts::of(
    ["RoleName", "RoleName", "RoleId", "Role", "Roles", "role", "role", "AROA", "RolesPerAccount"],
    1_000,
);
const POLICY: Facts = Facts::of(
    [
        "PolicyArn",
        "PolicyName",
        "PolicyId",
        "Policy",
        "Policies",
        "policy",
        "policy",
        "ANPA",
        "PoliciesPerAccount",
    ],
    1_500,
);
const INSTANCE_PROFILE: Facts = Facts::of(
    [
        "InstanceProfileName",
        "InstanceProfileName",
        "InstanceProfileId",
        "InstanceProfile",
        "InstanceProfiles",
        "instance-profile",
        "instance profile",
        "AIPA",
        "InstanceProfilesPerAccount",
    ],
    1_000,
);
// Of devices there may be as many as users.
const MFA_DEVICE: Facts = Facts::of(
    ["SerialNumber", "VirtualMFADeviceName", "", "", "", "mfa", "mfa", "", "VirtualMFADevicesPerAccount"],
    5_000,
);
const ACCOUNT: Facts = Facts::of([""; 9], 0);

impl Kind {
    /// What is known of the kind.
    pub fn facts(self) -> &'static Facts {
        match self {
            Kind::User => &USER,
            Kind::Group => &GROUP,
            Kind::Role => &ROLE,
            Kind::Policy => &POLICY,
            Kind::InstanceProfile => &INSTANCE_PROFILE,
            Kind::MfaDevice => &MFA_DEVICE,
            Kind::Account => &ACCOUNT,
        }
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

/// What every entity tells of itself; what its kind doesn't have is empty.
pub(super) struct Entity<'a> {
    pub name: &'a str,
    pub path: &'a str,
    pub arn: &'a str,
    pub id: &'a str,
    pub created: Timestamp,
    pub inline: &'a [InlinePolicy],
    pub attached: &'a [String],
    pub boundary: Option<&'a str>,
    /// Names of the groups that a user is in.
    pub groups: &'a [String],
    pub tags: Option<&'a SortedMap<String, String>>,
}

/// An entity by its name; a policy by its ARN, an MFA device by its serial number.
pub(super) fn find<'a>(account: &'a Account, kind: Kind, name: &str) -> Option<Entity<'a>> {
    /// The fields that all have, and those that this one has.
    macro_rules! entity {
        ($found:expr, $($field:ident: $value:expr),*) => {
            Entity {
                $($field: $value,)*
                ..Entity {
                    name: &$found.name, path: &$found.path, arn: &$found.arn, id: &$found.id, created: $found.created,
                    inline: &[], attached: &[], boundary: None, groups: &[], tags: None,
                }
            }
        };
    }
    Some(match kind {
        Kind::User => {
            let user = account.users.get(name)?;
            entity!(user, inline: &user.inline_policies, attached: &user.attached_policies, groups: &user.groups,
                boundary: user.permissions_boundary.as_deref(), tags: Some(&user.tags))
        }
        Kind::Group => {
            let group = account.groups.get(name)?;
            entity!(group, inline: &group.inline_policies, attached: &group.attached_policies)
        }
        Kind::Role => {
            let role = account.roles.get(name)?;
            entity!(role, inline: &role.inline_policies, attached: &role.attached_policies,
                boundary: role.permissions_boundary.as_deref(), tags: Some(&role.tags))
        }
        Kind::Policy => {
            let policy = account.managed_policies.get(name)?;
            entity!(policy, tags: Some(&policy.tags))
        }
        Kind::InstanceProfile => {
            let profile = account.instance_profiles.get(name)?;
            entity!(profile, tags: Some(&profile.tags))
        }
        Kind::MfaDevice => {
            let device = account.mfa_devices.get(name)?;
            Entity {
                name: "",
                path: "",
                arn: &device.serial_number,
                id: "",
                created: Timestamp::default(),
                inline: &[],
                attached: &[],
                boundary: None,
                groups: &[],
                tags: Some(&device.tags),
            }
        }
        Kind::Account => return None,
    })
}

/// The names of all entities of a kind, of policies their ARNs.
pub(super) fn names(account: &Account, kind: Kind) -> slice::Iter<'_, String> {
    match kind {
        Kind::User => account.users.keys(),
        Kind::Group => account.groups.keys(),
        Kind::Role => account.roles.keys(),
        Kind::Policy => account.managed_policies.keys(),
        Kind::InstanceProfile => account.instance_profiles.keys(),
        Kind::MfaDevice => account.mfa_devices.keys(),
        Kind::Account => [].iter(),
    }
}

/// What of a user, group or role is changed by itself.
pub(super) struct Held<'a> {
    pub inline: &'a mut Vec<InlinePolicy>,
    pub attached: &'a mut Vec<String>,
    /// Groups have none.
    pub boundary: Option<&'a mut Option<String>>,
}

fn held<'a>(account: &'a mut Account, kind: Kind, name: &str) -> Option<Held<'a>> {
    let (inline, attached, boundary) = match kind {
        Kind::User => {
            let user = account.users.get_mut(name)?;
            (&mut user.inline_policies, &mut user.attached_policies, Some(&mut user.permissions_boundary))
        }
        Kind::Group => {
            let group = account.groups.get_mut(name)?;
            (&mut group.inline_policies, &mut group.attached_policies, None)
        }
        _ => {
            let role = account.roles.get_mut(name)?;
            (&mut role.inline_policies, &mut role.attached_policies, Some(&mut role.permissions_boundary))
        }
    };
    Some(Held { inline, attached, boundary })
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
        Kind::Policy => &IAM_NO_POLICY,
        Kind::InstanceProfile => &IAM_NO_PROFILE,
        Kind::MfaDevice => &IAM_NO_MFA_DEVICE,
        _ => &IAM_NO_ENTITY,
    };
    text.with(&[("kind", kind.facts().words), ("name", name)])
}

impl<'i> Iam<'i, '_> {
    /// The name of the entity that the request is about.
    pub fn name(&self, kind: Kind) -> &'i str {
        self.text(kind.facts().parameter)
    }

    /// An entity that must be there.
    ///
    /// # Errors
    /// NoSuchEntity.
    pub fn entity(&self, kind: Kind, name: &str) -> Result<Entity<'_>, AwsError> {
        find(self.account()?, kind, name).ok_or_else(|| no_such(kind, name))
    }

    /// The entity that the request is about.
    ///
    /// # Errors
    /// NoSuchEntity.
    pub fn named(&self, kind: Kind) -> Result<Entity<'_>, AwsError> {
        self.entity(kind, self.name(kind))
    }

    /// What is changed of the user, group or role that the request is about.
    ///
    /// # Errors
    /// NoSuchEntity; UnmodifiableEntity for a service-linked role, which its service alone changes.
    pub fn held(&mut self, kind: Kind) -> Result<Held<'_>, AwsError> {
        modifiable(&self.named(kind)?)?;
        let name = self.name(kind);
        held(self.account_mut()?, kind, name).ok_or_else(|| no_such(kind, name))
    }
}

/// Whether it isn't a service-linked role, which its service alone changes.
///
/// # Errors
/// UnmodifiableEntity.
pub(super) fn modifiable(entity: &Entity<'_>) -> Result<(), AwsError> {
    if entity.path.starts_with("/aws-service-role/") {
        return Err(IAM_UNMODIFIABLE.with(&[("name", entity.name)]));
    }
    Ok(())
}
