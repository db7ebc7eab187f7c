//! Versions of a customer managed policy: at most five, one of them the default, which alone counts.
//!
//! AWS pages: IAM User Guide, "Versioning IAM policies"; IAM API Reference, "CreatePolicyVersion" and its likes.

use super::kind::Kind;
use super::shapes::{self, Detail, version_id};
use super::{Answer, Iam};
use crate::cloud::{ManagedPolicy, PolicyVersion};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;

const MOST_VERSIONS: usize = 5;

/// CreatePolicyVersion.
pub(super) fn create(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let arn = iam.text("PolicyArn");
    iam.own_policy(arn)?;
    let document = iam.managed_document(arn)?;
    let now = iam.call.cloud.now;
    let as_default = iam.input.get("SetAsDefault") == Some("true");
    let policy = iam.own_policy(arn)?;
    if policy.versions.len() >= MOST_VERSIONS {
        return Err(IAM_MANY_VERSIONS.error());
    }
    let number = policy.last_version.saturating_add(1);
    let version = PolicyVersion { number, policy: document.clone(), created: now };
    policy.last_version = number;
    policy.updated = now;
    policy.versions.push(version.clone());
    if as_default {
        policy.default_version = number;
        policy.policy = document;
    }
    Ok(Some(Tree::of("PolicyVersion", shapes::version(policy, &version, Detail::Listed))))
}

/// GetPolicyVersion.
pub(super) fn get(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let arn = iam.text("PolicyArn");
    let policy = iam.policy(arn)?;
    let version = find(&policy, iam.text("VersionId"))?;
    Ok(Some(Tree::of("PolicyVersion", shapes::version(&policy, version, Detail::Full))))
}

/// ListPolicyVersions, the newest first.
pub(super) fn list(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let policy = iam.policy(iam.text("PolicyArn"))?;
    let newest_first = || policy.versions.iter().rev();
    let page = iam.page(newest_first().map(|version| version_id(version.number)).gather())?;
    let shape = |id: &str| Some(shapes::version(&policy, find(&policy, id).ok()?, Detail::Listed));
    Ok(Some(page.answer("Versions", &shape)))
}

/// SetDefaultPolicyVersion.
pub(super) fn set_default(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let id = iam.text("VersionId");
    let policy = iam.own_policy(iam.text("PolicyArn"))?;
    let version = find(policy, id)?.clone();
    policy.default_version = version.number;
    policy.policy = version.policy;
    Ok(None)
}

/// DeletePolicyVersion, of any but the default version.
pub(super) fn delete(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let id = iam.text("VersionId");
    let policy = iam.own_policy(iam.text("PolicyArn"))?;
    let number = find(policy, id)?.number;
    if number == policy.default_version {
        return Err(IAM_DEFAULT_VERSION.error());
    }
    if let Some(place) = policy.versions.iter().position(|version| version.number == number) {
        policy.versions.remove(place);
    }
    Ok(None)
}

fn find<'p>(policy: &'p ManagedPolicy, id: &str) -> Result<&'p PolicyVersion, AwsError> {
    let found = policy.versions.iter().find(|version| version_id(version.number) == id);
    found.ok_or_else(|| IAM_NO_VERSION.with(&[("arn", &policy.arn), ("version", id)]))
}
