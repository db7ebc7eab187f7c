//! Managed policies of roles, users and groups: Attach, Detach, ListAttached, ListEntitiesForPolicy; and how a managed
//! policy is found.
//!
//! AWS pages: IAM API Reference, "AttachRolePolicy" and its likes, "ListEntitiesForPolicy".

use super::create::{MANAGED_SIZE, within};
use super::delete::modifiable;
use super::kind::{Kind, holder, no_such};
use super::shapes::attached;
use super::{Answer, Iam, policy_document};
use crate::arn::Arn;
use crate::cloud::{AWS_MANAGED, ManagedPolicy, aws_managed_policy};
use crate::policy::{Policy, PolicyKind};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use std::sync::Arc;

/// Attaches a policy, within AWS's default quota for each kind. Again: nothing changes.
pub(super) fn attach(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let (name, arn) = (iam.text(kind.facts().parameter).to_string(), iam.text("PolicyArn").to_string());
    let entity = holder(iam.account_mut()?, kind, &name)?;
    modifiable(entity.path, entity.name)?;
    iam.attachable(&arn)?;
    let entity = holder(iam.account_mut()?, kind, &name)?;
    if entity.attached.contains(&arn) {
        return Ok(None);
    }
    let (quota, most) = match kind {
        Kind::User => ("PoliciesPerUser", 10),
        Kind::Group => ("PoliciesPerGroup", 10),
        _ => ("PoliciesPerRole", 20),
    };
    within(quota, entity.attached.len() + 1, most)?;
    entity.attached.push(arn);
    Ok(None)
}

/// Detaches a policy.
pub(super) fn detach(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let (name, arn) = (iam.text(kind.facts().parameter).to_string(), iam.text("PolicyArn").to_string());
    let entity = holder(iam.account_mut()?, kind, &name)?;
    modifiable(entity.path, entity.name)?;
    let place = entity.attached.iter().position(|other| *other == arn);
    entity.attached.remove(place.ok_or_else(|| no_such(Kind::Policy, &arn))?);
    Ok(None)
}

/// What is attached to an entity.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter).to_string();
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let mut arns = holder(iam.account_mut()?, kind, &name)?.attached.clone();
    let below = |arn: &String| arn.split_once(":policy").is_some_and(|(_, path)| path.starts_with(prefix));
    arns.retain(below);
    let page = iam.page(arns)?;
    let items = page.keys.iter().map(|arn| attached(arn)).collect();
    Ok(Some(page.answer("AttachedPolicies", items)))
}

/// Which entities a policy is attached to, or bounds.
pub(super) fn entities(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let arn = iam.text("PolicyArn").to_string();
    iam.policy(&arn)?;
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let (filter, usage) = (iam.input.get("EntityFilter"), iam.input.get("PolicyUsageFilter"));
    let account = iam.account_mut()?;
    let mut found: Vec<(Kind, String, String)> = Vec::new();
    for kind in [Kind::Group, Kind::User, Kind::Role] {
        let wanted = match kind {
            Kind::Group => "Group",
            Kind::User => "User",
            _ => "Role",
        };
        if filter.is_some_and(|filter| filter != wanted) {
            continue;
        }
        let names: Vec<String> = match kind {
            Kind::Group => account.groups.keys().cloned().collect(),
            Kind::User => account.users.keys().cloned().collect(),
            _ => account.roles.keys().cloned().collect(),
        };
        for name in names {
            let entity = holder(account, kind, &name)?;
            let bounds = entity.boundary.is_some_and(|boundary| boundary.as_deref() == Some(&arn));
            let uses = match usage {
                Some("PermissionsBoundary") => bounds,
                Some(_) => entity.attached.contains(&arn),
                None => bounds || entity.attached.contains(&arn),
            };
            if uses && entity.path.starts_with(prefix) {
                found.push((kind, name.clone(), entity.id.to_string()));
            }
        }
    }
    let key = |kind: Kind, name: &str| format!("{}/{name}", kind.facts().arn);
    let page = iam.page(found.iter().map(|(kind, name, _)| key(*kind, name)).collect())?;
    found.retain(|(kind, name, _)| page.keys.contains(&key(*kind, name)));
    let mut tree = Tree::new();
    for (list, kind, [name_field, id_field]) in [
        ("PolicyGroups", Kind::Group, ["GroupName", "GroupId"]),
        ("PolicyUsers", Kind::User, ["UserName", "UserId"]),
        ("PolicyRoles", Kind::Role, ["RoleName", "RoleId"]),
    ] {
        let mut items = Vec::new();
        for (_, name, id) in found.iter().filter(|(of, _, _)| *of == kind) {
            let mut item = Tree::new();
            item.texts(&[(name_field, name), (id_field, id)]);
            items.push(item);
        }
        tree.put(list, Tree::Items(items));
    }
    page.end(&mut tree);
    Ok(Some(tree))
}

impl Iam<'_, '_> {
    /// A managed policy of the account, or one of AWS's.
    ///
    /// # Errors
    /// NoSuchEntity; says so where AWS may have the policy and this program doesn't carry it.
    pub fn policy(&self, arn: &str) -> Result<ManagedPolicy, AwsError> {
        if arn.starts_with(AWS_MANAGED) {
            return aws_managed_policy(arn).ok_or_else(|| no_such(Kind::Policy, arn).for_want_of(arn));
        }
        match Arn::parse(arn) {
            Some(parts) if parts.service == "iam" && parts.resource.starts_with("policy/") => {
                if parts.account != self.id {
                    return Err(IAM_OTHER_ACCOUNT.error());
                }
                let own = self.account()?.managed_policies.get(arn).cloned();
                own.ok_or_else(|| no_such(Kind::Policy, arn))
            }
            _ => Err(IAM_ARN.with(&[("arn", arn)])),
        }
    }

    /// A managed policy that the account may change.
    pub fn own_policy(&mut self, arn: &str) -> Result<&mut ManagedPolicy, AwsError> {
        self.policy(arn)?;
        let own = self.account_mut()?.managed_policies.get_mut(arn);
        own.ok_or_else(|| IAM_OTHER_ACCOUNT.error())
    }

    /// Whether a managed policy can be attached; one of AWS's is from then on evaluated.
    fn attachable(&mut self, arn: &str) -> Result<(), AwsError> {
        let policy = self.policy(arn).map_err(|error| match error.code {
            "NoSuchEntity" => {
                AwsError { not_modelled: error.not_modelled, ..IAM_NOT_ATTACHABLE.with(&[("name", arn)]) }
            }
            _ => error,
        })?;
        if arn.starts_with(AWS_MANAGED) {
            self.call.cloud.aws_managed_policies.get_or_insert_with(arn.to_string(), || policy.policy);
        }
        Ok(())
    }

    /// The permissions boundary that the request asks for; it must exist.
    pub fn boundary(&mut self) -> Result<Option<String>, AwsError> {
        let Some(arn) = self.input.get("PermissionsBoundary") else { return Ok(None) };
        self.attachable(arn).map_err(|error| match error.code {
            "NoSuchEntity" => {
                AwsError { not_modelled: error.not_modelled, ..IAM_NO_BOUNDARY.with(&[("name", arn)]) }
            }
            _ => error,
        })?;
        Ok(Some(arn.to_string()))
    }

    /// The document of a managed policy to come, within AWS's size.
    pub fn managed_document(&self, arn: &str) -> Result<Arc<Policy>, AwsError> {
        let text = self.text("PolicyDocument");
        let policy =
            policy_document::read(self.call.cloud, arn, Some(arn.to_string()), text, PolicyKind::Identity)?;
        within("PolicySize", policy_document::size(&policy), MANAGED_SIZE)?;
        Ok(policy)
    }
}
