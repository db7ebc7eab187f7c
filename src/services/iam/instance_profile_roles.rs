//! The one role of an instance profile: AddRoleToInstanceProfile, RemoveRoleFromInstanceProfile,
//! ListInstanceProfilesForRole.
//!
//! AWS pages: IAM API Reference, the operations of these names; IAM User Guide, "Use instance profiles".

use super::delete::modifiable;
use super::kind::{Kind, holder, no_such};
use super::shapes::{self, Detail};
use super::{Answer, Iam};
use crate::cloud::InstanceProfile;
use crate::services::errors::*;
use crate::trace::{NodeKind, NodeRef};

/// A profile holds one role. Whoever adds it must be allowed to pass it to EC2.
pub(super) fn add(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let role_name = iam.text("RoleName");
    let role = iam.account()?.roles.get(role_name).cloned();
    if let Some(role) = &role {
        let to = NodeRef::new(NodeKind::Iam, iam.call.host());
        let passed = crate::services::pass_role::pass_role(
            iam.call,
            &iam.caller,
            role,
            ("ec2.amazonaws.com", ""),
            (to, super::REGION),
        );
        if !passed.allows() {
            return Err(passed.denial(crate::services::denial::ResourceClause::Plain));
        }
    }
    let profile = profile(iam)?;
    let role = role.ok_or_else(|| no_such(Kind::Role, role_name))?;
    modifiable(&role.path, &role.name)?;
    if profile.role.is_some() {
        return Err(IAM_SECOND_ROLE.error());
    }
    profile.role = Some(role.name);
    Ok(None)
}

/// Takes the role out.
pub(super) fn remove(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let role_name = iam.text("RoleName");
    let held = profile(iam)?.role.clone();
    holder(iam.account_mut()?, Kind::Role, role_name)?;
    if held.as_deref() != Some(role_name) {
        return Err(no_such(Kind::Role, role_name));
    }
    profile(iam)?.role = None;
    Ok(None)
}

/// The profiles that hold a role.
pub(super) fn list(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let role_name = iam.text("RoleName");
    holder(iam.account_mut()?, Kind::Role, role_name)?;
    let account = iam.account()?;
    let of = |profile: &&InstanceProfile| profile.role.as_deref() == Some(role_name);
    let held = account.instance_profiles.values().filter(of);
    let page = iam.page(held.map(|profile| profile.name.clone()).collect())?;
    let shown = page.keys.iter().filter_map(|name| account.instance_profiles.get(name));
    let items = shown.map(|profile| shapes::instance_profile(account, profile, Detail::Listed)).collect();
    Ok(Some(page.answer("InstanceProfiles", items)))
}

fn profile<'a>(iam: &'a mut Iam<'_, '_>) -> Result<&'a mut InstanceProfile, AwsError> {
    let name = iam.text("InstanceProfileName");
    let found = iam.account_mut()?.instance_profiles.get_mut(name);
    found.ok_or_else(|| no_such(Kind::InstanceProfile, name))
}
