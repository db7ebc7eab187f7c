//! CreateRole, CreateUser, CreateGroup, CreatePolicy, CreateInstanceProfile.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, find, names};
use super::parameters::{path, tags};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::arn;
use crate::cloud::*;
use crate::policy::PolicyKind;
use crate::services::errors::*;
use crate::services::protocol::Tree;

/// Most characters of a trust policy and of a managed policy, without white space.
pub(super) const TRUST_SIZE: usize = 2_048;
pub(super) const MANAGED_SIZE: usize = 6_144;

/// Makes an entity. Names of one kind differ in more than case.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let facts = kind.facts();
    let name = iam.text(facts.new);
    let path = path(iam.input);
    let arn = arn::iam(&iam.id, facts.arn, &path, name);
    check_name(iam.account()?, kind, name)?;
    let id = iam.new_id(facts.prefix, name);
    let names = [name.to_string(), path, arn, id];
    match kind {
        Kind::Role => role(iam, names)?,
        Kind::User => user(iam, names)?,
        Kind::Group => group(iam, names)?,
        Kind::Policy => return policy(iam, names),
        _ => instance_profile(iam, names)?,
    }
    let shape = shapes::entity(iam.account()?, kind, name, Detail::Full);
    Ok(shape.map(|shape| Tree::of(facts.one, shape)))
}

/// Whether the name is free and the account has room.
pub(super) fn check_name(account: &Account, kind: Kind, name: &str) -> Result<(), AwsError> {
    let facts = kind.facts();
    within(facts.quota, free(account, kind, name)? + 1, facts.most)
}

/// How many of the kind there are, if none has the name.
pub(super) fn free(account: &Account, kind: Kind, name: &str) -> Result<usize, AwsError> {
    let entities = names(account, kind);
    let taken = |other: &String| {
        find(account, kind, other).is_some_and(|entity| entity.name.eq_ignore_ascii_case(name))
    };
    if entities.clone().any(taken) {
        let text = match kind {
            Kind::Policy => &IAM_POLICY_EXISTS,
            Kind::InstanceProfile => &IAM_PROFILE_EXISTS,
            _ => &IAM_EXISTS,
        };
        return Err(text.with(&[("kind", kind.facts().one), ("name", name)]));
    }
    Ok(entities.len())
}

/// LimitExceeded if there would be more than AWS's default quota.
pub(super) fn within(quota: &str, count: usize, most: usize) -> Result<(), AwsError> {
    if count <= most {
        return Ok(());
    }
    Err(IAM_QUOTA.with(&[("quota", quota), ("most", &most.to_string())]))
}

fn role(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<(), AwsError> {
    let boundary = iam.boundary()?;
    let citation = format!("role/{name}");
    let text = iam.text("AssumeRolePolicyDocument");
    let trust_policy = policy_document::read(iam.call.cloud, &citation, None, text, PolicyKind::Trust)?;
    within("ACLSizePerRole", policy_document::size(&trust_policy), TRUST_SIZE)?;
    let role = Role {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        description: iam.text("Description").to_string(),
        trust_policy,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        permissions_boundary: boundary,
        max_session_duration: iam.text("MaxSessionDuration").parse().unwrap_or(3_600),
        tags: tags(iam.input)?,
        created: iam.call.cloud.now,
    };
    iam.account_mut()?.roles.insert(name, role);
    Ok(())
}

fn user(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<(), AwsError> {
    let user = User {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        groups: Vec::new(),
        permissions_boundary: iam.boundary()?,
        tags: tags(iam.input)?,
        created: iam.call.cloud.now,
    };
    iam.account_mut()?.users.insert(name, user);
    Ok(())
}

fn group(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<(), AwsError> {
    let group = Group {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        created: iam.call.cloud.now,
    };
    iam.account_mut()?.groups.insert(name, group);
    Ok(())
}

fn policy(iam: &mut Iam<'_, '_>, names: [String; 4]) -> Answer {
    let [_, _, arn, _] = &names;
    let arn = arn.clone();
    let document = iam.managed_document(&arn)?;
    let mut policy = ManagedPolicy::new(Origin::default(), names, document, iam.call.cloud.now);
    policy.description = iam.text("Description").to_string();
    policy.tags = tags(iam.input)?;
    let account = iam.account_mut()?;
    let shape = shapes::policy(account, &policy, Detail::Full);
    account.managed_policies.insert(arn, policy);
    Ok(Some(Tree::of("Policy", shape)))
}

fn instance_profile(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<(), AwsError> {
    let profile = InstanceProfile {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        role: None,
        tags: tags(iam.input)?,
        created: iam.call.cloud.now,
    };
    iam.account_mut()?.instance_profiles.insert(name, profile);
    Ok(())
}
