//! Managed policies of roles, users and groups: Attach, Detach, ListAttached, ListEntitiesForPolicy; and how a managed
//! policy is found.
//!
//! AWS pages: IAM API Reference, "AttachRolePolicy" and its likes, "ListEntitiesForPolicy".

use super::create::{MANAGED_SIZE, within};
use super::kind::{Kind, find, names, no_such};
use super::shapes::{attached, pair};
use super::{Answer, Iam, policy_document};
use crate::arn::Arn;
use crate::cloud::{AWS_MANAGED, ManagedPolicy, aws_managed_policy};
use crate::policy::{Policy, PolicyKind};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use std::sync::Arc;

/// Attaches a policy, within AWS's default quota for each kind. Again: nothing changes.
pub(super) fn attach(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let arn = iam.text("PolicyArn");
    iam.held(kind)?;
    iam.attachable(arn)?;
    let attached = iam.held(kind)?.attached;
    if attached.iter().any(|other| other == arn) {
        return Ok(None);
    }
    let (quota, most) = match kind {
        Kind::User => ("PoliciesPerUser", 10),
        Kind::Group => ("PoliciesPerGroup", 10),
        _ => ("PoliciesPerRole", 20),
    };
    within(quota, attached.len() + 1, most)?;
    attached.push(arn.to_string());
    Ok(None)
}

/// Detaches a policy.
pub(super) fn detach(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let arn = iam.text("PolicyArn");
    let attached = iam.held(kind)?.attached;
    let place = attached.iter().position(|other| other == arn);
    attached.remove(place.ok_or_else(|| no_such(Kind::Policy, arn))?);
    Ok(None)
}

/// What is attached to an entity.
pub(super) fn list(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let mut arns = Vec::new();
    for arn in iam.named(kind)?.attached {
        if arn.split_once(":policy").is_some_and(|(_, path)| path.starts_with(prefix)) {
            arns.push(arn.clone());
        }
    }
    Ok(Some(iam.page(arns)?.answer("AttachedPolicies", &|arn| Some(attached(arn)))))
}

/// The lists of entities that a policy is attached to, or bounds.
const LISTS: [(&str, &str, Kind); 3] = [
    ("Group", "PolicyGroups", Kind::Group),
    ("User", "PolicyUsers", Kind::User),
    ("Role", "PolicyRoles", Kind::Role),
];

/// Which entities a policy is attached to, or bounds.
pub(super) fn entities(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let arn = iam.text("PolicyArn");
    iam.policy(arn)?;
    let prefix = iam.input.get("PathPrefix").unwrap_or("/");
    let (filter, usage) = (iam.input.get("EntityFilter"), iam.input.get("PolicyUsageFilter"));
    let account = iam.account()?;
    let mut found = Vec::new();
    for (word, _, kind) in LISTS {
        for name in names(account, kind).filter(|_| filter.is_none_or(|filter| filter == word)) {
            let Some(entity) = find(account, kind, name) else { continue };
            let attached = entity.attached.iter().any(|other| other == arn);
            let uses = match usage {
                Some("PermissionsBoundary") => entity.boundary == Some(arn),
                Some(_) => attached,
                None => attached || entity.boundary == Some(arn),
            };
            if uses && entity.path.starts_with(prefix) {
                found.push(format!("{word}/{name}"));
            }
        }
    }
    let page = iam.page(found)?;
    let mut tree = Tree::new();
    for (word, list, kind) in LISTS {
        let shape = |key: &str| {
            let name = key.split_once('/').filter(|(of, _)| *of == word)?.1;
            Some(pair([kind.facts().new, kind.facts().id], name, find(account, kind, name)?.id))
        };
        tree.put(list, page.items(&shape));
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
        let policy = self.policy(arn).map_err(|error| instead(error, IAM_NOT_ATTACHABLE, arn))?;
        if arn.starts_with(AWS_MANAGED) {
            self.call.cloud.aws_managed_policies.get_or_insert_with(arn.to_string(), || policy.policy);
        }
        Ok(())
    }

    /// The permissions boundary that the request asks for; it must exist.
    pub fn boundary(&mut self) -> Result<Option<String>, AwsError> {
        let Some(arn) = self.input.get("PermissionsBoundary") else { return Ok(None) };
        self.attachable(arn).map_err(|error| instead(error, IAM_NO_BOUNDARY, arn))?;
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

/// Says otherwise that there is no such policy.
fn instead(mut error: AwsError, text: Text, name: &str) -> AwsError {
    if error.code == text.code {
        error.message = text.with(&[("name", name)]).message.clone();
    }
    error
}
