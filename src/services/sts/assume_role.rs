//! AssumeRole: a session of a role, for a user, another role's session, or an AWS service.
//!
//! AWS pages: STS API Reference, "AssumeRole"; IAM User Guide, "Methods to assume a role", "Pass session tags in AWS STS",
//! "Monitor and control actions taken with assumed roles" (source identity). A session of a role doesn't remember that
//! an MFA code was shown. Left out on purpose: provided contexts, which answer that they aren't implemented.

use super::credentials::{Request, duration, issue};
use super::session_tags::SessionTags;
use super::{Sts, mfa, session_policies, session_tags};
use crate::arn;
use crate::authorization::{Context, PrincipalKind};
use crate::cloud::{Role, SessionPrincipal};
use crate::services::authorize::Target;
use crate::services::constraints::{characters, length};
use crate::services::context::resource_tags;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// The API's longest session.
const MOST: u32 = 43_200;
const DEFAULT: i64 = 3_600;
/// The longest session of a role that a role's session assumes.
const CHAINED: i64 = 3_600;

pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    length("RoleArn", input.get("RoleArn").unwrap_or_default(), (20, 2_048))?;
    let texts = [
        ("RoleSessionName", (2, 64), "+=,.@-", "[\\w+=,.@-]*"),
        ("ExternalId", (2, 1_224), "+=,.@:/-", "[\\w+=,.@:\\/-]*"),
        ("SourceIdentity", (2, 64), "+=,.@-", "[\\w+=,.@-]*"),
    ];
    for (name, lengths, marks, pattern) in texts {
        if let Some(value) = input.get(name) {
            length(name, value, lengths)?;
            characters(name, value, marks, pattern)?;
        }
    }
    duration(input, MOST)?;
    mfa::parse(input)?;
    session_policies::parse(input)?;
    session_tags::parse(input)
}

pub(super) fn run(sts: &mut Sts<'_, '_>) -> Result<Tree, AwsError> {
    if sts.caller.principal.kind == PrincipalKind::Root {
        return Err(STS_ROOT.error());
    }
    mfa::prove(sts)?;
    let (role_arn, name) = (sts.text("RoleArn"), sts.text("RoleSessionName"));
    let account = arn::Arn::parse(role_arn).map(|arn| arn.account.to_string()).unwrap_or_default();
    let tags = session_tags::read(sts)?;
    let source_identity = source_identity(sts)?;
    let role = permitted(sts, &tags, source_identity.as_deref())?;
    let policies = session_policies::read(sts, name, &account)?;
    let mut tree = Tree::new();
    session_policies::packed_size(sts, &mut tree)?;
    let request = Request {
        principal: SessionPrincipal::AssumedRole {
            account: account.clone(),
            role_name: role.name.clone(),
            role_arn: role.arn.clone(),
            role_id: role.id.clone(),
            session_name: name.to_string(),
        },
        names: [&role.id, name],
        seconds: seconds(sts, &role)?,
        session_policies: policies,
        tags: tags.tags,
        transitive_tags: tags.transitive,
        source_identity: source_identity.clone(),
        mfa: None,
    };
    tree.put("Credentials", issue(sts, request));
    let mut who = Tree::new();
    who.texts(&[
        ("AssumedRoleId", &format!("{}:{name}", role.id)),
        ("Arn", &arn::assumed_role(&account, &role.name, name)),
    ]);
    tree.put("AssumedRoleUser", who);
    if let Some(identity) = source_identity {
        tree.text("SourceIdentity", &identity);
    }
    Ok(tree)
}

/// The source identity of the session: once set, every session of the chain has it.
fn source_identity(sts: &Sts<'_, '_>) -> Result<Option<String>, AwsError> {
    let asked = sts.input.get("SourceIdentity").map(str::to_string);
    let kept = sts.caller.session().and_then(|session| session.source_identity.clone());
    match (kept, asked) {
        (Some(kept), Some(asked)) if kept != asked => Err(STS_SOURCE_IDENTITY.error()),
        (Some(kept), _) => Ok(Some(kept)),
        (None, asked) => Ok(asked),
    }
}

/// The role, if the caller may assume it, and tag the session and set its source identity where it does that.
///
/// # Errors
/// AccessDenied, for a role that doesn't exist too.
fn permitted(sts: &mut Sts<'_, '_>, tags: &SessionTags, identity: Option<&str>) -> Result<Role, AwsError> {
    let role_arn = sts.text("RoleArn");
    let role = sts.call.cloud.role(role_arn).cloned();
    let mut actions = vec!["sts:AssumeRole"];
    if !tags.tags.is_empty() {
        actions.push("sts:TagSession");
    }
    if identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    for action in actions {
        let target = Target {
            action,
            resource: role_arn.to_string(),
            account: arn::Arn::parse(role_arn).map(|arn| arn.account.to_string()),
            policy: role.as_ref().map(|role| role.trust_policy.clone()),
            ..Target::default()
        };
        let keys = keys(sts.input, role.as_ref(), tags, identity);
        let verdict = sts.authorize(target, keys);
        if !verdict.allows() || role.is_none() {
            return Err(verdict.denial(ResourceClause::Plain));
        }
    }
    role.ok_or_else(|| QUERY_INVALID_TOKEN.error())
}

/// The role's maximum, then the hour of role chaining. A service's session isn't bound by the role's maximum.
fn seconds(sts: &Sts<'_, '_>, role: &Role) -> Result<i64, AwsError> {
    let asked = duration(sts.input, MOST)?.unwrap_or(DEFAULT);
    match sts.caller.principal.kind {
        PrincipalKind::Service => Ok(asked),
        _ if asked > i64::from(role.max_session_duration) => Err(STS_DURATION.error()),
        PrincipalKind::AssumedRole if asked > CHAINED => Err(STS_CHAINING.error()),
        _ => Ok(asked),
    }
}

fn keys(input: &Parameters, role: Option<&Role>, tags: &SessionTags, identity: Option<&str>) -> Context {
    let mut keys = Context::default();
    let texts = [
        ("sts:RoleSessionName", input.get("RoleSessionName")),
        ("sts:ExternalId", input.get("ExternalId")),
        ("sts:SourceIdentity", identity),
    ];
    for (key, value) in texts {
        match value {
            Some(value) => keys.set(key, value, "origin.request"),
            None => keys.absent(key, "origin.absent.not-sent"),
        }
    }
    session_tags::keys(&mut keys, input, tags);
    if let Some(role) = role {
        resource_tags(&mut keys, &role.tags);
    }
    keys
}
