//! CreateRole, CreateUser, CreateGroup, CreatePolicy, CreateInstanceProfile.
//!
//! AWS pages: IAM API Reference, the operations of these names.

use super::kind::Kind;
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
    let name = iam.text(facts.new).to_string();
    let path = path(iam.input);
    let arn = arn::iam(&iam.id, facts.arn, &path, &name);
    check_name(iam.account()?, kind, &name)?;
    let id = iam.new_id(facts.prefix, &name);
    let names = [name, path, arn, id];
    let answer = match kind {
        Kind::Role => Tree::of("Role", role(iam, names)?),
        Kind::User => Tree::of("User", user(iam, names)?),
        Kind::Group => Tree::of("Group", group(iam, names)?),
        Kind::Policy => Tree::of("Policy", policy(iam, names)?),
        _ => Tree::of("InstanceProfile", instance_profile(iam, names)?),
    };
    Ok(Some(answer))
}

/// Whether the name is free and the account has room.
pub(super) fn check_name(account: &Account, kind: Kind, name: &str) -> Result<(), AwsError> {
    let facts = kind.facts();
    within(facts.quota, free(account, kind, name)? + 1, facts.most)
}

/// How many of the kind there are, if none has the name.
pub(super) fn free(account: &Account, kind: Kind, name: &str) -> Result<usize, AwsError> {
    let names: Vec<&str> = match kind {
        Kind::User => account.users.keys().map(String::as_str).collect(),
        Kind::Group => account.groups.keys().map(String::as_str).collect(),
        Kind::Role => account.roles.keys().map(String::as_str).collect(),
        Kind::Policy => account.managed_policies.values().map(|policy| policy.name.as_str()).collect(),
        _ => account.instance_profiles.keys().map(String::as_str).collect(),
    };
    if names.iter().any(|other| other.eq_ignore_ascii_case(name)) {
        return Err(match kind {
            Kind::Policy => IAM_POLICY_EXISTS.with(&[("name", name)]),
            Kind::InstanceProfile => IAM_PROFILE_EXISTS.with(&[("name", name)]),
            Kind::User => IAM_EXISTS.with(&[("kind", "User"), ("name", name)]),
            Kind::Group => IAM_EXISTS.with(&[("kind", "Group"), ("name", name)]),
            _ => IAM_EXISTS.with(&[("kind", "Role"), ("name", name)]),
        });
    }
    Ok(names.len())
}

/// LimitExceeded if there would be more than AWS's default quota.
pub(super) fn within(quota: &str, count: usize, most: usize) -> Result<(), AwsError> {
    if count <= most {
        return Ok(());
    }
    Err(IAM_QUOTA.with(&[("quota", quota), ("most", &most.to_string())]))
}

fn role(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<Tree, AwsError> {
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
    let shape = shapes::role(&role, Detail::Full);
    iam.account_mut()?.roles.insert(name, role);
    Ok(shape)
}

fn user(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<Tree, AwsError> {
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
    let shape = shapes::user(&user, Detail::Full);
    iam.account_mut()?.users.insert(name, user);
    Ok(shape)
}

fn group(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<Tree, AwsError> {
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
    let shape = shapes::group(&group);
    iam.account_mut()?.groups.insert(name, group);
    Ok(shape)
}

fn policy(iam: &mut Iam<'_, '_>, names: [String; 4]) -> Result<Tree, AwsError> {
    let [_, _, arn, _] = &names;
    let arn = arn.clone();
    let document = iam.managed_document(&arn)?;
    let mut policy = ManagedPolicy::new(Origin::default(), names, document, iam.call.cloud.now);
    policy.description = iam.text("Description").to_string();
    policy.tags = tags(iam.input)?;
    let account = iam.account_mut()?;
    let shape = shapes::policy(account, &policy, Detail::Full);
    account.managed_policies.insert(arn, policy);
    Ok(shape)
}

fn instance_profile(iam: &mut Iam<'_, '_>, [name, path, arn, id]: [String; 4]) -> Result<Tree, AwsError> {
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
    let account = iam.account_mut()?;
    let shape = shapes::instance_profile(account, &profile, Detail::Full);
    account.instance_profiles.insert(name, profile);
    Ok(shape)
}
