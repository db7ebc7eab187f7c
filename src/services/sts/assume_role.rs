//! AssumeRole: a session of a role, for a user, another role's session, or an AWS service.
//!
//! AWS pages: STS API Reference, "AssumeRole"; IAM User Guide, "Methods to assume a role".
//! Left out on purpose: session tags, SourceIdentity, MFA and provided contexts, which answer that they
//! aren't implemented.

use super::NAMESPACE;
use crate::arn;
use crate::authorization::{Context, PrincipalKind};
use crate::cloud::{Cloud, Credential, Role, Session, SessionPrincipal};
use crate::http::Response;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::services::authenticate::Caller;
use crate::services::authorize::{Target, authorize};
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::protocol::query::{self, Parameters};
use crate::sorted::SortedMap;
use crate::trace::{NodeKind, NodeRef};
use std::sync::Arc;

const KNOWN: [&str; 8] = [
    "Action",
    "Version",
    "RoleArn",
    "RoleSessionName",
    "DurationSeconds",
    "ExternalId",
    "Policy",
    "PolicyArns",
];
/// The API's range of DurationSeconds.
const DURATION: std::ops::RangeInclusive<i64> = 900..=43_200;
const DEFAULT_DURATION: i64 = 3_600;
/// The longest session of a role that a role's session assumes.
const CHAINED_DURATION: i64 = 3_600;
/// The longest inline session policy, in characters.
const MAX_POLICY: usize = 2_048;

/// What the request asks for.
struct Input<'a> {
    role_arn: &'a str,
    session_name: &'a str,
    /// `None`: not given.
    duration: Option<i64>,
    external_id: Option<&'a str>,
    policy: Option<&'a str>,
    policy_arns: Vec<&'a str>,
}

/// The answer, and the access key id that it issues.
pub(super) fn handle(
    call: &mut Call<'_>,
    caller: &Caller,
    parameters: &Parameters,
    region: &str,
) -> Result<(Response, String), AwsError> {
    let input = parse(parameters)?;
    if caller.principal.kind == PrincipalKind::Root {
        return Err(STS_ROOT.error());
    }
    let session_policies = session_policies(call.cloud, &input)?;
    let role = call.cloud.role(input.role_arn).cloned();
    let target = Target {
        action: "sts:AssumeRole",
        resource: input.role_arn.to_string(),
        account: arn::Arn::parse(input.role_arn).map(|arn| arn.account.to_string()),
        policy: role.as_ref().map(|role| role.trust_policy.clone()),
        public_access_block: None,
    };
    let sts = NodeRef::new(NodeKind::Sts, call.host());
    let iam = NodeRef::new(NodeKind::Iam, input.role_arn);
    let verdict = authorize(call, caller, target, keys(&input, role.as_ref()), region, (sts, iam));
    let role = match role {
        Some(role) if verdict.allows() => role,
        _ => return Err(verdict.denial(ResourceClause::Plain)),
    };
    let duration = duration(caller, &role, &input)?;
    let session = issue(call.cloud, &role, input.session_name, duration, session_policies);
    let response = render(call, &role, &session, input.session_name);
    Ok((response, session.access_key_id.clone()))
}

fn parse(parameters: &Parameters) -> Result<Input<'_>, AwsError> {
    if let Some(parameter) = parameters.unknown(&KNOWN) {
        return Err(QUERY_NOT_MODELLED
            .with(&[("parameter", parameter)])
            .for_want_of(format!("sts:AssumeRole {parameter}")));
    }
    let required =
        |name: &str, field: &str| parameters.get(name).ok_or_else(|| QUERY_NULL.with(&[("name", field)]));
    let role_arn = required("RoleArn", "roleArn")?;
    let session_name = required("RoleSessionName", "roleSessionName")?;
    length("roleArn", role_arn, 20, 2048)?;
    text("roleSessionName", session_name, (2, 64), "+=,.@-", "[\\w+=,.@-]*")?;
    let external_id = parameters.get("ExternalId");
    if let Some(external_id) = external_id {
        text("externalId", external_id, (2, 1224), "+=,.@:/-", "[\\w+=,.@:\\/-]*")?;
    }
    let duration = match parameters.get("DurationSeconds") {
        None => None,
        Some(text) => Some(seconds(text)?),
    };
    Ok(Input {
        role_arn,
        session_name,
        duration,
        external_id,
        policy: parameters.get("Policy"),
        policy_arns: parameters.members("PolicyArns", ".arn"),
    })
}

fn invalid(name: &str, value: &str, constraint: &str) -> AwsError {
    QUERY_PATTERN.with(&[("name", name), ("value", value), ("constraint", constraint)])
}

fn length(name: &str, value: &str, least: usize, most: usize) -> Result<(), AwsError> {
    match value.chars().count() {
        count if count < least => {
            Err(invalid(name, value, &format!("Member must have length greater than or equal to {least}")))
        }
        count if count > most => {
            Err(invalid(name, value, &format!("Member must have length less than or equal to {most}")))
        }
        _ => Ok(()),
    }
}

fn text(
    name: &str,
    value: &str,
    lengths: (usize, usize),
    marks: &str,
    pattern: &str,
) -> Result<(), AwsError> {
    length(name, value, lengths.0, lengths.1)?;
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || marks.contains(c);
    if value.chars().all(legal) {
        return Ok(());
    }
    Err(invalid(name, value, &format!("Member must satisfy regular expression pattern: {pattern}")))
}

fn seconds(text: &str) -> Result<i64, AwsError> {
    let (least, most) = (DURATION.start(), DURATION.end());
    match text.parse::<i64>() {
        Ok(seconds) if seconds < *least => Err(invalid(
            "durationSeconds",
            text,
            &format!("Member must have value greater than or equal to {least}"),
        )),
        Ok(seconds) if seconds <= *most => Ok(seconds),
        _ => Err(invalid(
            "durationSeconds",
            text,
            &format!("Member must have value less than or equal to {most}"),
        )),
    }
}

/// The role's maximum, then the hour of role chaining. A service's session isn't bound by the role's maximum.
fn duration(caller: &Caller, role: &Role, input: &Input<'_>) -> Result<i64, AwsError> {
    let asked = input.duration.unwrap_or(DEFAULT_DURATION);
    match caller.principal.kind {
        PrincipalKind::Service => Ok(asked),
        _ if asked > i64::from(role.max_session_duration) => Err(STS_DURATION.error()),
        PrincipalKind::AssumedRole if asked > CHAINED_DURATION => Err(STS_CHAINING.error()),
        _ => Ok(asked),
    }
}

fn keys(input: &Input<'_>, role: Option<&Role>) -> Context {
    let mut keys = Context::default();
    keys.set("sts:RoleSessionName", input.session_name, "origin.request");
    match input.external_id {
        Some(id) => keys.set("sts:ExternalId", id, "origin.request"),
        None => keys.absent("sts:ExternalId", "origin.absent.not-sent"),
    }
    for (tag, value) in role.map(|role| &role.tags).into_iter().flatten() {
        keys.set(&format!("aws:ResourceTag/{tag}"), value.as_str(), "origin.resource");
        keys.set(&format!("iam:ResourceTag/{tag}"), value.as_str(), "origin.resource");
    }
    keys
}

/// Inline and managed session policies; `None`: none was passed.
fn session_policies(cloud: &Cloud, input: &Input<'_>) -> Result<Option<Vec<Arc<Policy>>>, AwsError> {
    if input.policy.is_none() && input.policy_arns.is_empty() {
        return Ok(None);
    }
    let mut policies = Vec::new();
    if let Some(text) = input.policy {
        length("policy", text, 1, MAX_POLICY)?;
        let malformed = || STS_MALFORMED_POLICY.error();
        let node = json::parse(text).map_err(|_| malformed())?;
        let text: Arc<str> = Arc::from(text);
        let name = format!("session-policy/{}", input.session_name);
        let policy =
            Policy::parse(&name, None, "", text, &node, PolicyKind::Identity).map_err(|_| malformed())?;
        policies.push(Arc::new(policy));
    }
    for arn in &input.policy_arns {
        policies.push(cloud.managed_policy(arn).ok_or_else(|| STS_MALFORMED_POLICY.error())?.clone());
    }
    Ok(Some(policies))
}

/// Makes the session and its credentials.
fn issue(
    cloud: &mut Cloud,
    role: &Role,
    session_name: &str,
    seconds: i64,
    session_policies: Option<Vec<Arc<Policy>>>,
) -> Arc<Session> {
    let account = arn::Arn::parse(&role.arn).map(|arn| arn.account.to_string()).unwrap_or_default();
    let issued = cloud.now.0.to_string();
    // The same role may be assumed under the same name in the same instant.
    let mut times = 0_u32;
    let (access_key_id, nth) = loop {
        let nth = times.to_string();
        let id = cloud.entropy.access_key_id("ASIA", &[&role.id, session_name, &issued, &nth]);
        if !cloud.credentials.contains_key(&id) || times == u32::MAX {
            break (id, nth);
        }
        times += 1;
    };
    let names = [role.id.as_str(), session_name, &issued, &nth];
    let session = Arc::new(Session {
        access_key_id: access_key_id.clone(),
        secret_access_key: cloud.entropy.secret_access_key(&names),
        session_token: cloud.entropy.session_token(&names),
        issued: cloud.now,
        expires: cloud.now.plus_seconds(seconds),
        principal: SessionPrincipal::AssumedRole {
            account,
            role_name: role.name.clone(),
            role_arn: role.arn.clone(),
            role_id: role.id.clone(),
            session_name: session_name.to_string(),
        },
        session_policies,
        tags: SortedMap::new(),
        transitive_tags: Vec::new(),
        mfa: None,
        source_identity: None,
        ec2: None,
    });
    cloud.credentials.insert(access_key_id, Credential::Temporary(session.clone()));
    session
}

fn render(call: &Call<'_>, role: &Role, session: &Session, session_name: &str) -> Response {
    let account = arn::Arn::parse(&role.arn).map(|arn| arn.account).unwrap_or_default();
    query::success("AssumeRoleResponse", "AssumeRoleResult", NAMESPACE, &call.uuid(), |xml| {
        xml.begin("Credentials");
        xml.leaf("AccessKeyId", &session.access_key_id);
        xml.leaf("SecretAccessKey", &session.secret_access_key);
        xml.leaf("SessionToken", &session.session_token);
        xml.leaf("Expiration", &session.expires.iso8601());
        xml.end();
        xml.begin("AssumedRoleUser");
        xml.leaf("AssumedRoleId", &format!("{}:{session_name}", role.id));
        xml.leaf("Arn", &arn::assumed_role(account, &role.name, session_name));
        xml.end();
    })
}
