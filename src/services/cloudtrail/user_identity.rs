//! userIdentity: who made a request.
//!
//! AWS page: CloudTrail User Guide, "CloudTrail userIdentity element".

use crate::arn;
use crate::cloud::{Cloud, Credential, RoleDelivery, Session, SessionPrincipal, User};
use crate::json::Value;
use crate::services::protocol::json::{Fields, texts};

/// Who made a request, for the record and for the list of events.
pub(super) struct Identity {
    /// The element.
    pub element: Value,
    /// The caller's account; `None` for an AWS service.
    pub account: Option<String>,
    /// Empty for an AWS service.
    pub access_key_id: String,
    /// The user's name, or the session's.
    pub username: String,
    /// The service principal, if an AWS service asks.
    pub service: Option<String>,
}

/// The owner of an access key. `None`: nobody has it.
pub(super) fn of(cloud: &Cloud, access_key_id: &str) -> Option<Identity> {
    match cloud.credentials.get(access_key_id)? {
        Credential::Service { principal, .. } => Some(Identity {
            element: texts(&[("type", "AWSService"), ("invokedBy", principal)]),
            account: None,
            access_key_id: String::new(),
            username: String::new(),
            service: Some(principal.clone()),
        }),
        Credential::LongTerm(key) => {
            let owner = match &key.user {
                None => None,
                Some(name) => Some(cloud.accounts.get(&key.account)?.users.get(name)?),
            };
            let (element, username) = user(&key.account, owner, access_key_id, Value::Null);
            Some(identity(element, &key.account, access_key_id, username))
        }
        Credential::Temporary(session) => temporary(cloud, session),
    }
}

fn identity(element: Value, account: &str, access_key_id: &str, username: String) -> Identity {
    let (account, access_key_id) = (Some(account.to_string()), access_key_id.to_string());
    Identity { element, account, access_key_id, username, service: None }
}

/// A user, or the root user.
fn user(account: &str, user: Option<&User>, access_key_id: &str, context: Value) -> (Value, String) {
    let root = arn::root(account);
    let (kind, id, arn) = match user {
        None => ("Root", account, root.as_str()),
        Some(user) => ("IAMUser", user.id.as_str(), user.arn.as_str()),
    };
    let name = user.map(|user| user.name.as_str());
    let mut element = Fields::default();
    element.maybe(&[
        ("type", Some(kind)),
        ("principalId", Some(id)),
        ("arn", Some(arn)),
        ("accountId", Some(account)),
        ("accessKeyId", Some(access_key_id)),
        ("userName", name),
    ]);
    element.put("sessionContext", context);
    (element.object(), name.unwrap_or("root").to_string())
}

/// A session's user, who may have another name by now.
fn by_id<'c>(cloud: &'c Cloud, account: &str, id: &str) -> Option<&'c User> {
    cloud.accounts.get(account)?.users.values().find(|user| user.id == id)
}

fn temporary(cloud: &Cloud, session: &Session) -> Option<Identity> {
    let key = session.access_key_id.as_str();
    match &session.principal {
        SessionPrincipal::User { account, user: name, id } => {
            let owner = match name {
                None => None,
                Some(_) => Some(by_id(cloud, account, id)?),
            };
            let (element, username) = user(account, owner, key, context(session, Value::Null));
            Some(identity(element, account, key, username))
        }
        SessionPrincipal::AssumedRole { account, role_name, role_arn, role_id, session_name } => {
            let issuer = issuer(["Role", role_id, account, role_name], role_arn);
            let arn = arn::assumed_role(account, role_name, session_name);
            let id = [role_id, ":", session_name].concat();
            let mut element = of_session(["AssumedRole", &id, &arn, account], session, issuer);
            if let Some(delivery) = &session.ec2 {
                let rows =
                    [("issuerType", "AWS::EC2::Instance"), ("credentialsIssuedTo", &delivery.instance_arn)];
                element.put("inScopeOf", texts(&rows));
            }
            Some(identity(element.object(), account, key, session_name.clone()))
        }
        SessionPrincipal::FederatedUser { account, name, id, .. } => {
            let user = by_id(cloud, account, id)?;
            let issuer = issuer(["IAMUser", id, account, &user.name], &user.arn);
            let federated = arn::federated_user(account, name);
            let id = [account, ":", name].concat();
            let element = of_session(["FederatedUser", &id, &federated, account], session, issuer);
            Some(identity(element.object(), account, key, name.clone()))
        }
    }
}

fn issuer([kind, id, account, name]: [&str; 4], arn: &str) -> Value {
    texts(&[("type", kind), ("principalId", id), ("arn", arn), ("accountId", account), ("userName", name)])
}

/// The element of a session's caller.
fn of_session([kind, id, arn, account]: [&str; 4], session: &Session, issuer: Value) -> Fields {
    let mut fields = Fields::of(&[
        ("type", kind),
        ("principalId", id),
        ("arn", arn),
        ("accountId", account),
        ("accessKeyId", &session.access_key_id),
    ]);
    fields.put("sessionContext", context(session, issuer));
    fields
}

/// When the session was issued, by whom, whether with MFA, and how an instance got it.
fn context(session: &Session, issuer: Value) -> Value {
    let delivery = session.ec2.as_ref().map(|delivery| match delivery.delivery {
        RoleDelivery::ImdsV1 => "1.0",
        RoleDelivery::ImdsV2 => "2.0",
    });
    let mfa = if session.mfa.is_some() { "true" } else { "false" };
    let issued = session.issued.iso8601();
    let mut fields = Fields::default();
    fields.put("sessionIssuer", issuer);
    fields.put("attributes", texts(&[("creationDate", &issued), ("mfaAuthenticated", mfa)]));
    fields.maybe(&[("sourceIdentity", session.source_identity.as_deref()), ("ec2RoleDelivery", delivery)]);
    fields.object()
}
