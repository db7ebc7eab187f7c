//! CreateRole, CreateUser, CreateGroup, CreatePolicy, CreateInstanceProfile.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::{Kind, names};
use super::parameters::{path, tags};
use super::shapes::{self, Detail};
use super::{Answer, Iam, policy_document};
use crate::arn;
use crate::clock::Timestamp;
use crate::cloud::*;
use crate::policy::PolicyKind;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::sorted::SortedMap;

/// Most characters of a trust policy and of a managed policy, without white space.
pub(super) const TRUST_SIZE: usize = 2_048;
pub(super) const MANAGED_SIZE: usize = 6_144;

/// What all of them are made from.
struct New {
    /// Name, path, ARN and unique id.
    names: [String; 4],
    boundary: Option<String>,
    tags: SortedMap<String, String>,
    created: Timestamp,
}

/// Makes an entity. Names of one kind differ in more than case.
pub(super) fn create(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let facts = kind.facts();
    let name = iam.text(facts.new);
    let path = path(iam.input);
    let arn = arn::iam(&iam.id, facts.arn, &path, name);
    check_name(iam.account()?, kind, name)?;
    let id = iam.new_id(facts.prefix, name);
    let new = New {
        names: [name.to_string(), path, arn, id],
        boundary: iam.boundary()?,
        tags: tags(iam.input)?,
        created: iam.call.cloud.now,
    };
    match kind {
        Kind::Role => role(iam, new)?,
        Kind::User => user(iam, new)?,
        Kind::Group => group(iam, new)?,
        Kind::Policy => return policy(iam, new),
        _ => instance_profile(iam, new)?,
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
    // A policy's name is the end of its ARN.
    let taken = |key: &String| key.rsplit('/').next().is_some_and(|other| other.eq_ignore_ascii_case(name));
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

fn role(iam: &mut Iam<'_, '_>, new: New) -> Result<(), AwsError> {
    let [name, path, arn, id] = new.names;
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
        permissions_boundary: new.boundary,
        max_session_duration: iam.text("MaxSessionDuration").parse().unwrap_or(3_600),
        tags: new.tags,
        created: new.created,
    };
    iam.account_mut()?.roles.insert(name, role);
    Ok(())
}

fn user(iam: &mut Iam<'_, '_>, new: New) -> Result<(), AwsError> {
    let [name, path, arn, id] = new.names;
    let user = User {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        groups: Vec::new(),
        permissions_boundary: new.boundary,
        tags: new.tags,
        created: new.created,
    };
    iam.account_mut()?.users.insert(name, user);
    Ok(())
}

fn group(iam: &mut Iam<'_, '_>, new: New) -> Result<(), AwsError> {
    let [name, path, arn, id] = new.names;
    let group = Group {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        inline_policies: Vec::new(),
        attached_policies: Vec::new(),
        created: new.created,
    };
    iam.account_mut()?.groups.insert(name, group);
    Ok(())
}

fn policy(iam: &mut Iam<'_, '_>, new: New) -> Answer {
    let [_, _, arn, _] = &new.names;
    let arn = arn.clone();
    let document = iam.managed_document(&arn)?;
    let mut policy = ManagedPolicy::new(Origin::default(), new.names, document, new.created);
    policy.description = iam.text("Description").to_string();
    policy.tags = new.tags;
    let account = iam.account_mut()?;
    let shape = shapes::policy(account, &policy, Detail::Full);
    account.managed_policies.insert(arn, policy);
    Ok(Some(Tree::of("Policy", shape)))
}

fn instance_profile(iam: &mut Iam<'_, '_>, new: New) -> Result<(), AwsError> {
    let [name, path, arn, id] = new.names;
    let profile = InstanceProfile {
        origin: Origin::default(),
        name: name.clone(),
        path,
        arn,
        id,
        role: None,
        tags: new.tags,
        created: new.created,
    };
    iam.account_mut()?.instance_profiles.insert(name, profile);
    Ok(())
}
