//! AssumeRole. AWS page: STS API Reference, "AssumeRole".

use crate::client::protocol::form;
use crate::client::{Call, Client, ClientError};
use crate::json;
use crate::xml;

/// What a profile asks for.
#[derive(Debug, Clone)]
pub struct AssumeRole {
    /// The role.
    pub role_arn: String,
    /// Name of the session; `None`: one that the client makes.
    pub session_name: Option<String>,
    /// ExternalId.
    pub external_id: Option<String>,
    /// The MFA device.
    pub serial_number: Option<String>,
    /// DurationSeconds.
    pub duration: Option<String>,
    /// The device's code.
    pub token_code: Option<String>,
}

/// Asks STS for a session; its answer as the CLI keeps it, JSON with `Credentials` and `AssumedRoleUser`.
pub fn assume_role(client: &mut Client<'_>, request: &AssumeRole) -> Result<String, Box<ClientError>> {
    const OPERATION: &str = "AssumeRole";
    let mut pairs = vec![("Action".to_string(), OPERATION.to_string())];
    pairs.push(("Version".to_string(), "2011-06-15".to_string()));
    pairs.push(("RoleArn".to_string(), request.role_arn.clone()));
    for (name, value) in [
        ("RoleSessionName", &request.session_name),
        ("DurationSeconds", &request.duration),
        ("ExternalId", &request.external_id),
        ("SerialNumber", &request.serial_number),
        ("TokenCode", &request.token_code),
    ] {
        pairs.extend(value.clone().map(|value| (name.to_string(), value)));
    }
    let call = Call {
        operation: OPERATION,
        method: "POST",
        headers: vec![("Content-Type".into(), "application/x-www-form-urlencoded; charset=utf-8".into())],
        body: form(&pairs),
        ..Call::default()
    };
    let response = client.send(&call)?;
    keep(response.body.text().unwrap_or_default())
        .ok_or_else(|| ClientError::ResponseParse { operation: OPERATION }.into())
}

fn keep(text: &str) -> Option<String> {
    let root = xml::parse(text)?;
    let result = root.child("AssumeRoleResult")?;
    let mut kept = String::from("{");
    for (name, members) in [
        ("Credentials", &["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"][..]),
        ("AssumedRoleUser", &["AssumedRoleId", "Arn"]),
    ] {
        let element = result.child(name)?;
        kept.push_str(if kept.len() > 1 { "}, \"" } else { "\"" });
        kept.push_str(name);
        kept.push_str("\": {");
        for (place, member) in members.iter().enumerate() {
            kept.push_str(if place > 0 { ", \"" } else { "\"" });
            kept.push_str(member);
            kept.push_str("\": ");
            json::quote(&element.child(member)?.text, &mut kept);
        }
    }
    kept.push_str("}}");
    Some(kept)
}
