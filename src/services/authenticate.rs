//! Who sent a request: access key, session token, clock, signature, in that order.
//!
//! AWS pages: S3 API Reference, "Authenticating Requests"; IAM User Guide, "Troubleshoot signed requests".
//! Key and token come before the signature: a deleted role's session is an unknown key, not a wrong signature.

mod faults;

use super::call::Call;
use super::errors::*;
use crate::arn;
use crate::authorization::{Principal, PrincipalKind};
use crate::clock::Timestamp;
use crate::cloud::{AccessKey, Cloud, Credential, Session, SessionPrincipal, User};
use crate::http::Request;
use crate::sigv4::{self, Provided, ProvidedIn, Verification};
use crate::trace::NodeRef;
use crate::trace::{AuthenticateEvidence, Evidence, Outcome, Params, SignEvidence, StepKind};
use faults::{early_signature, expired_signature, failure_code, fault_error, mismatch, unknown_key};
use std::sync::Arc;

/// How far a client's clock may be off, in seconds.
const MAX_SKEW: i64 = 900;

/// Who makes a request, and with which credentials.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub principal: Principal,
    /// `None`: the request isn't signed.
    pub credential: Option<Credential>,
    /// When this very request showed the code of an MFA device.
    pub mfa: Option<Timestamp>,
}

impl Caller {
    /// The session, if the credentials are temporary.
    pub fn session(&self) -> Option<&Arc<Session>> {
        match &self.credential {
            Some(Credential::Temporary(session)) => Some(session),
            _ => None,
        }
    }

    /// The user whose policies the caller has: the caller itself, or who asked for a federated session.
    pub fn user<'c>(&self, cloud: &'c Cloud) -> Option<&'c User> {
        let arn = match self.principal.kind {
            PrincipalKind::User => &self.principal.arn,
            PrincipalKind::FederatedUser => self.principal.issuer.as_ref()?,
            _ => return None,
        };
        let account = cloud.accounts.get(self.principal.account.as_ref()?)?;
        account.users.values().find(|user| user.arn == *arn)
    }

    fn anonymous() -> Self {
        let principal = Principal {
            kind: PrincipalKind::Anonymous,
            arn: String::new(),
            account: None,
            issuer: None,
            unique_id: None,
        };
        Caller { principal, credential: None, mfa: None }
    }
}

/// Whose errors are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// S3's; unsigned requests are anonymous.
    S3,
    /// Those of STS and the other query services; unsigned requests are refused.
    Query,
}

/// What an endpoint expects of a signature.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub dialect: Dialect,
    /// `s3`, `sts`
    pub service: &'static str,
    pub region: &'a str,
}

/// Finds out who sent the request, and records the step.
///
/// # Errors
/// AWS's error, in the service's own words.
pub(super) fn authenticate(
    call: &mut Call<'_>,
    to: &NodeRef,
    expected: Expected<'_>,
) -> Result<Caller, AwsError> {
    let step = call.recorder.open(StepKind::Authenticate, call.from.clone(), to.clone(), call.cloud.now);
    let mut evidence =
        AuthenticateEvidence { recomputed: None, provided: None, principal: None, error: None };
    let result = check(call.cloud, call.request, expected, &mut evidence);
    let result = match expected.service {
        "ec2" => result.map_err(AwsError::in_ec2_words),
        _ => result,
    };
    if let Ok(Caller { credential: Some(Credential::LongTerm(key)), .. }) = &result
        && let Some(Credential::LongTerm(key)) = call.cloud.credentials.get_mut(&key.access_key_id)
    {
        key.last_used = Some((call.cloud.now, expected.region.to_string(), expected.service));
    }
    let mut params = Params::new();
    let (outcome, code) = match &result {
        Ok(caller) if caller.credential.is_none() => {
            evidence.principal = Some("anonymous".into());
            (Outcome::Ok, "authenticate.anonymous")
        }
        Ok(caller) => {
            evidence.principal = Some(caller.principal.arn.clone());
            params.insert("principal", caller.principal.arn.clone());
            (Outcome::Ok, "authenticate.verified")
        }
        Err(error) => {
            evidence.error = Some(error.code.to_string());
            params.insert("error", error.code.to_string());
            (Outcome::Error, failure_code(error))
        }
    };
    call.recorder.close(step, outcome, code, params, Evidence::Authenticate(evidence));
    result
}

fn check(
    cloud: &Cloud,
    request: &Request,
    expected: Expected<'_>,
    evidence: &mut AuthenticateEvidence,
) -> Result<Caller, AwsError> {
    let provided = match sigv4::parse_authorization(request) {
        Ok(Some(provided)) => provided,
        Ok(None) if expected.dialect == Dialect::S3 => return Ok(Caller::anonymous()),
        Ok(None) => return Err(QUERY_MISSING_TOKEN.error()),
        Err(fault) => return Err(fault_error(fault, request, expected.dialect)),
    };
    evidence.provided = Some(provided.signature.clone());
    check_scope(cloud, &provided, expected)?;
    let credential = find_credential(cloud, &provided, expected.dialect)?;
    check_clock(cloud, &provided, expected.dialect)?;
    match expected.dialect {
        Dialect::S3 => check_headers(request, &provided)?,
        Dialect::Query if !provided.signed_headers.iter().any(|name| name == "host") => {
            return Err(QUERY_HOST_NOT_SIGNED.error());
        }
        Dialect::Query => {}
    }
    let verification = sigv4::verify(request, &provided, credential.secret_access_key());
    evidence.recomputed = Some(sign_evidence(&provided, &verification));
    if !verification.matches {
        return Err(mismatch(&provided, &verification, expected.dialect));
    }
    if !verification.payload_matches {
        let computed = sigv4::payload_hash(&request.body.0);
        let client = request.header("x-amz-content-sha256").unwrap_or_default();
        return Err(S3_CONTENT_SHA256
            .error()
            .field("ClientComputedContentSHA256", client)
            .field("S3ComputedContentSHA256", computed));
    }
    caller(cloud, credential).ok_or_else(|| unknown_key(&provided, expected.dialect))
}

fn sign_evidence(provided: &Provided, verification: &Verification) -> SignEvidence {
    SignEvidence {
        canonical_request: verification.canonical_request.clone(),
        string_to_sign: verification.string_to_sign.clone(),
        scope: provided.scope.to_string(),
        signed_headers: provided.signed_headers.join(";"),
        signature: verification.signature.clone(),
    }
}

fn check_scope(cloud: &Cloud, provided: &Provided, expected: Expected<'_>) -> Result<(), AwsError> {
    let scope = &provided.scope;
    let service = scope.service == expected.service;
    // One loopback address stands for every region's endpoint.
    let region = scope.region == expected.region || cloud.real_clients.is_some();
    match expected.dialect {
        Dialect::S3 if !service => Err(S3_HEADER_SERVICE.with(&[("provided", &scope.service)])),
        Dialect::S3 if !region => Err(S3_HEADER_REGION
            .with(&[("provided", &scope.region), ("expected", expected.region)])
            .field("Region", expected.region)
            .header("x-amz-bucket-region", expected.region)),
        Dialect::Query if !service => Err(QUERY_SERVICE.with(&[("expected", expected.service)])),
        Dialect::Query if !region => Err(QUERY_REGION.error()),
        _ => Ok(()),
    }
}

/// The key's owner, if key and token belong together and haven't expired.
fn find_credential(cloud: &Cloud, provided: &Provided, dialect: Dialect) -> Result<Credential, AwsError> {
    let unknown = || unknown_key(provided, dialect);
    let credential = cloud.credentials.get(&provided.access_key_id).ok_or_else(unknown)?;
    match credential {
        Credential::LongTerm(key) if !key.active => return Err(unknown()),
        Credential::LongTerm(_) | Credential::Service { .. } => {
            if let Some(token) = &provided.session_token {
                return Err(match dialect {
                    Dialect::S3 => S3_INVALID_TOKEN.error().field("Token-0", token.as_str()),
                    Dialect::Query => QUERY_INVALID_TOKEN.error(),
                });
            }
        }
        Credential::Temporary(session) => {
            let sent = provided.session_token.as_deref().unwrap_or_default();
            if !sigv4::equal_in_constant_time(sent.as_bytes(), session.session_token.as_bytes()) {
                return Err(unknown());
            }
            if cloud.now >= session.expires {
                return Err(match dialect {
                    Dialect::S3 => S3_EXPIRED_TOKEN.error().field("Token-0", session.session_token.as_str()),
                    Dialect::Query => QUERY_EXPIRED_TOKEN.error(),
                });
            }
        }
    }
    caller(cloud, credential.clone()).ok_or_else(unknown)?;
    Ok(credential.clone())
}

fn check_clock(cloud: &Cloud, provided: &Provided, dialect: Dialect) -> Result<(), AwsError> {
    let off = provided.at.epoch_seconds().saturating_sub(cloud.now.epoch_seconds());
    if let ProvidedIn::Query { expires } = provided.place {
        let end = provided.at.plus_seconds(expires);
        if dialect == Dialect::Query && cloud.now > end {
            return Err(expired_signature(provided, cloud, expires));
        }
        if cloud.now > end {
            return Err(S3_PRESIGNED_EXPIRED
                .error()
                .field("X-Amz-Expires", expires.to_string())
                .field("Expires", end.iso8601())
                .field("ServerTime", cloud.now.iso8601()));
        }
        return match dialect {
            _ if off <= MAX_SKEW => Ok(()),
            Dialect::S3 => Err(S3_PRESIGNED_EARLY.error()),
            Dialect::Query => Err(early_signature(provided, cloud)),
        };
    }
    let by = |clock: Timestamp| {
        provided.at.epoch_seconds().abs_diff(clock.epoch_seconds()) <= MAX_SKEW.unsigned_abs()
    };
    if by(cloud.now) || cloud.real_clients.is_some_and(|clients| by(clients.now)) {
        return Ok(());
    }
    Err(match dialect {
        Dialect::S3 => S3_SKEW
            .error()
            .field("RequestTime", provided.at.amz_date())
            .field("ServerTime", cloud.now.iso8601())
            .field("MaxAllowedSkewMilliseconds", (MAX_SKEW * 1000).to_string()),
        Dialect::Query if off < 0 => expired_signature(provided, cloud, MAX_SKEW),
        Dialect::Query => early_signature(provided, cloud),
    })
}

fn check_headers(request: &Request, provided: &Provided) -> Result<(), AwsError> {
    let unsigned = sigv4::unsigned_headers(request, provided);
    if !unsigned.is_empty() {
        return Err(S3_HEADERS_NOT_SIGNED.error().field("HeadersNotSigned", unsigned.join(", ")));
    }
    if provided.place == ProvidedIn::Header && request.header("x-amz-content-sha256").is_none() {
        return Err(S3_NO_CONTENT_SHA256.error());
    }
    Ok(())
}

/// Whose credentials they are; `None` if user or role are gone, or made again since.
fn caller(cloud: &Cloud, credential: Credential) -> Option<Caller> {
    let principal = match &credential {
        Credential::LongTerm(key) => long_term(cloud, key)?,
        Credential::Temporary(session) => temporary(cloud, session)?,
        Credential::Service { principal, .. } => Principal {
            kind: PrincipalKind::Service,
            arn: principal.clone(),
            account: None,
            issuer: None,
            unique_id: None,
        },
    };
    Some(Caller { principal, credential: Some(credential), mfa: None })
}

fn long_term(cloud: &Cloud, key: &AccessKey) -> Option<Principal> {
    let account = cloud.accounts.get(&key.account)?;
    let (kind, arn, id) = match &key.user {
        None => (PrincipalKind::Root, arn::root(&account.id), account.id.clone()),
        Some(name) => {
            let user = account.users.get(name)?;
            (PrincipalKind::User, user.arn.clone(), user.id.clone())
        }
    };
    Some(Principal { kind, arn, account: Some(account.id.clone()), issuer: None, unique_id: Some(id) })
}

fn temporary(cloud: &Cloud, session: &Session) -> Option<Principal> {
    // A user may have another name by now.
    let user =
        |account: &str, id: &str| cloud.accounts.get(account)?.users.values().find(|user| user.id == id);
    let (kind, arn, account, issuer, id) = match &session.principal {
        SessionPrincipal::AssumedRole { account, role_name, role_arn, role_id, session_name } => {
            cloud.role(role_arn).filter(|role| role.id == *role_id)?;
            let arn = arn::assumed_role(account, role_name, session_name);
            (PrincipalKind::AssumedRole, arn, account, Some(role_arn.clone()), role_id)
        }
        SessionPrincipal::User { account, user: None, id } => {
            (PrincipalKind::Root, arn::root(account), account, None, id)
        }
        SessionPrincipal::User { account, user: Some(_), id } => {
            (PrincipalKind::User, user(account, id)?.arn.clone(), account, None, id)
        }
        SessionPrincipal::FederatedUser { account, name, id, .. } => {
            let issuer = user(account, id)?.arn.clone();
            (PrincipalKind::FederatedUser, arn::federated_user(account, name), account, Some(issuer), id)
        }
    };
    Some(Principal { kind, arn, account: Some(account.clone()), issuer, unique_id: Some(id.clone()) })
}
