//! The association of an instance with an instance profile: which one, under which id, in which state.
//!
//! AWS pages: EC2 API Reference, "IamInstanceProfileAssociation"; EC2 User Guide, "Attach an IAM role to an instance".

use super::exchange::{Ec2, invalid};
use super::instance::profile_tree;
use crate::clock::Timestamp;
use crate::cloud::{Cloud, Instance, InstanceProfile, InstanceState, ProfileAssociation, Role};
use crate::services::errors::{AwsError, EC2_PROFILE_WITHOUT_ROLE, EC2_TWO_PROFILE_NAMES};
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// For how many seconds a change is told as such.
const CHANGING: i64 = 2;

/// The instance profile that a request names by name or ARN, and its role.
pub(super) struct Named {
    pub arn: String,
    pub role: Role,
}

/// Reads `IamInstanceProfile.Name` or `.Arn`; `None`: neither is given.
///
/// # Errors
/// InvalidParameterValue for a profile that isn't there or holds no role; both forms at once.
pub(super) fn named(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<Option<Named>, AwsError> {
    let (name, arn) = (input.get("IamInstanceProfile.Name"), input.get("IamInstanceProfile.Arn"));
    let profiles = &ec2.own()?.instance_profiles;
    let (found, error) = match (name, arn) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err(EC2_TWO_PROFILE_NAMES.error()),
        (Some(name), None) => (
            profiles.get(name),
            invalid("iamInstanceProfile.name", name, "Invalid IAM Instance Profile name"),
        ),
        (None, Some(arn)) => (
            profiles.values().find(|profile| profile.arn == arn),
            invalid("iamInstanceProfile.arn", arn, "Invalid IAM Instance Profile ARN"),
        ),
    };
    let profile: &InstanceProfile = found.ok_or(error)?;
    let role = profile.role.as_ref().and_then(|name| ec2.own().ok()?.roles.get(name));
    let role = role.ok_or_else(|| EC2_PROFILE_WITHOUT_ROLE.with(&[("profile", &profile.arn)]))?;
    Ok(Some(Named { arn: profile.arn.clone(), role: role.clone() }))
}

/// The instance's association; one that no command made has an id of instance and profile.
pub(super) fn of(cloud: &Cloud, instance: &Instance) -> Option<ProfileAssociation> {
    let profile =
        instance.instance_profile.as_ref().filter(|_| instance.state != InstanceState::Terminated)?;
    let made = instance.record.association.as_ref().filter(|made| made.profile == *profile);
    Some(made.cloned().unwrap_or_else(|| ProfileAssociation {
        id: cloud.entropy.ec2("iip-assoc", &[&instance.id, profile]),
        profile: profile.clone(),
        since: Timestamp(0),
    }))
}

/// Associates an instance with a profile from now on, or with none; the metadata service asks STS anew.
pub(super) fn set(
    ec2: &mut Ec2<'_, '_>,
    instance: &str,
    profile: Option<&str>,
) -> Result<ProfileAssociation, AwsError> {
    let made = ec2.next_made()?;
    let now = ec2.cloud().now;
    let id = ec2.cloud().entropy.ec2("iip-assoc", &[&ec2.account, &made]);
    let found = super::instance::find(ec2, instance)?;
    let ended = of(ec2.cloud(), found).map(|ended| ProfileAssociation { since: now, ..ended });
    let begun = profile.map(|profile| ProfileAssociation { id, profile: profile.to_string(), since: now });
    let instance = ec2.own_mut()?.instances.get_mut(instance);
    if let Some(instance) = instance {
        instance.instance_profile = profile.map(str::to_string);
        instance.record.association = begun.clone();
        instance.record.former_association = ended.clone();
        instance.role_credentials.clear();
    }
    let told = begun.or(ended);
    Ok(told.unwrap_or_else(|| ProfileAssociation { id: String::new(), profile: String::new(), since: now }))
}

/// Whether an association is the instance's own or one that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Begun,
    Ended,
}

/// The association as EC2 tells of it.
pub(super) fn tree(cloud: &Cloud, instance: &str, association: &ProfileAssociation, course: Course) -> Tree {
    let changing = association.since.plus_seconds(CHANGING) > cloud.now;
    let state = match (course, changing) {
        (Course::Begun, true) => "associating",
        (Course::Begun, false) => "associated",
        (Course::Ended, true) => "disassociating",
        (Course::Ended, false) => "disassociated",
    };
    let mut tree = Tree::new();
    tree.texts(&[("associationId", &association.id), ("instanceId", instance)]);
    tree.put("iamInstanceProfile", profile_tree(cloud, &association.profile));
    tree.text("state", state);
    tree
}

/// The instance whose association has that id.
pub(super) fn instance_of(ec2: &Ec2<'_, '_>, association: &str) -> Option<String> {
    let cloud = ec2.cloud();
    let mut instances = ec2.own().ok()?.instances.values();
    let has = |each: &&Instance| of(cloud, each).is_some_and(|own| own.id == association);
    instances.find(has).map(|instance| instance.id.clone())
}
