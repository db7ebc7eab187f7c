//! userIdentity: who made a request.
//!
//! AWS page: CloudTrail User Guide, "CloudTrail userIdentity element".

use crate::arn;
use crate::cloud::{Cloud, Credential, RoleDelivery, Session, SessionPrincipal};
use crate::json::Value;
use crate::services::protocol::json::{object, text};

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
            element: object(vec![("type", text("AWSService")), ("invokedBy", text(principal))]),
            account: None,
            access_key_id: String::new(),
            username: String::new(),
            service: Some(principal.clone()),
        }),
        Credential::LongTerm(key) => {
            let (element, username) =
                user(cloud, &key.account, key.user.as_deref(), access_key_id, Value::Null)?;
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
fn user(
    cloud: &Cloud,
    account: &str,
    name: Option<&str>,
    access_key_id: &str,
    context: Value,
) -> Option<(Value, String)> {
    let (kind, id, arn) = match name {
        None => ("Root", account.to_string(), arn::root(account)),
        Some(name) => {
            let user = cloud.accounts.get(account)?.users.get(name)?;
            ("IAMUser", user.id.clone(), user.arn.clone())
        }
    };
    let element = object(vec![
        ("type", text(kind)),
        ("principalId", text(&id)),
        ("arn", text(&arn)),
        ("accountId", text(account)),
        ("accessKeyId", text(access_key_id)),
        ("userName", name.map_or(Value::Null, text)),
        ("sessionContext", context),
    ]);
    Some((element, name.unwrap_or("root").to_string()))
}

fn temporary(cloud: &Cloud, session: &Session) -> Option<Identity> {
    let key = session.access_key_id.as_str();
    match &session.principal {
        SessionPrincipal::User { account, user: name, .. } => {
            let context = context(session, Value::Null);
            let (element, username) = user(cloud, account, name.as_deref(), key, context)?;
            Some(identity(element, account, key, username))
        }
        SessionPrincipal::AssumedRole { account, role_name, role_arn, role_id, session_name } => {
            let issuer = object(vec![
                ("type", text("Role")),
                ("principalId", text(role_id)),
                ("arn", text(role_arn)),
                ("accountId", text(account)),
                ("userName", text(role_name)),
            ]);
            let instance = session.ec2.as_ref().map(|delivery| {
                object(vec![
                    ("issuerType", text("AWS::EC2::Instance")),
                    ("credentialsIssuedTo", text(&delivery.instance_arn)),
                ])
            });
            let element = object(vec![
                ("type", text("AssumedRole")),
                ("principalId", text(&[role_id, ":", session_name].concat())),
                ("arn", text(&arn::assumed_role(account, role_name, session_name))),
                ("accountId", text(account)),
                ("accessKeyId", text(key)),
                ("sessionContext", context(session, issuer)),
                ("inScopeOf", instance.unwrap_or(Value::Null)),
            ]);
            Some(identity(element, account, key, session_name.clone()))
        }
        SessionPrincipal::FederatedUser { account, name, user, id } => {
            let issuer_arn = cloud.accounts.get(account)?.users.get(user).map(|user| user.arn.as_str());
            let issuer = object(vec![
                ("type", text("IAMUser")),
                ("principalId", text(id)),
                ("arn", issuer_arn.map_or(Value::Null, text)),
                ("accountId", text(account)),
                ("userName", text(user)),
            ]);
            let federated = ["arn:aws:sts::", account, ":federated-user/", name].concat();
            let element = object(vec![
                ("type", text("FederatedUser")),
                ("principalId", text(&[account, ":", name].concat())),
                ("arn", text(&federated)),
                ("accountId", text(account)),
                ("accessKeyId", text(key)),
                ("sessionContext", context(session, issuer)),
            ]);
            Some(identity(element, account, key, name.clone()))
        }
    }
}

/// When the session was issued, by whom, whether with MFA, and how an instance got it.
fn context(session: &Session, issuer: Value) -> Value {
    let delivery = session.ec2.as_ref().map(|delivery| match delivery.delivery {
        RoleDelivery::ImdsV1 => "1.0",
        RoleDelivery::ImdsV2 => "2.0",
    });
    let mfa = if session.mfa.is_some() { "true" } else { "false" };
    object(vec![
        ("sessionIssuer", issuer),
        (
            "attributes",
            object(vec![("creationDate", text(&session.issued.iso8601())), ("mfaAuthenticated", text(mfa))]),
        ),
        ("sourceIdentity", session.source_identity.as_deref().map_or(Value::Null, text)),
        ("ec2RoleDelivery", delivery.map_or(Value::Null, text)),
    ])
}
