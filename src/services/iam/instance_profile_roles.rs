//! The one role of an instance profile: AddRoleToInstanceProfile, RemoveRoleFromInstanceProfile,
//! ListInstanceProfilesForRole.
//!
//! AWS pages: IAM API Reference, the operations of these names; IAM User Guide, "Use instance profiles".

use super::kind::{Kind, modifiable, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam};
use crate::cloud::InstanceProfile;
use crate::gather::Gather;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::pass_role::pass_role;
use crate::trace::{NodeKind, NodeRef};

/// A profile holds one role. Whoever adds it must be allowed to pass it to EC2.
pub(super) fn add(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let role_name = iam.text("RoleName");
    let role = iam.account()?.roles.get(role_name).cloned();
    if let Some(role) = &role {
        let to = NodeRef::new(NodeKind::Iam, iam.call.host());
        let passed = pass_role(iam.call, &iam.caller, role, ("ec2.amazonaws.com", ""), (to, super::REGION));
        passed.demand(ResourceClause::Plain)?;
    }
    iam.named(Kind::InstanceProfile)?;
    let role = role.ok_or_else(|| no_such(Kind::Role, role_name))?;
    modifiable(&iam.entity(Kind::Role, role_name)?)?;
    let profile = profile(iam)?;
    if profile.role.is_some() {
        return Err(IAM_SECOND_ROLE.error());
    }
    profile.role = Some(role.name);
    Ok(None)
}

/// Takes the role out.
pub(super) fn remove(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let role_name = iam.text("RoleName");
    iam.named(Kind::InstanceProfile)?;
    iam.entity(Kind::Role, role_name)?;
    let held = &mut profile(iam)?.role;
    if held.as_deref() != Some(role_name) {
        return Err(no_such(Kind::Role, role_name));
    }
    *held = None;
    Ok(None)
}

/// The profiles that hold a role.
pub(super) fn list(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let name = iam.named(Kind::Role)?.name;
    let account = iam.account()?;
    let of = |profile: &&InstanceProfile| profile.role.as_deref() == Some(name);
    let held = account.instance_profiles.values().filter(of);
    let page = iam.page(held.map(|profile| profile.name.clone()).gather())?;
    let shape = |name: &str| shapes::entity(account, Kind::InstanceProfile, name, Detail::Listed);
    Ok(Some(page.answer("InstanceProfiles", &shape)))
}

fn profile<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut InstanceProfile, AwsError> {
    let name = iam.name(Kind::InstanceProfile);
    let found = iam.account_mut()?.instance_profiles.get_mut(name);
    found.ok_or_else(|| no_such(Kind::InstanceProfile, name))
}
