//! The caller of a line.
//!
//! AWS page: IAM User Guide, "IAM identifiers" and "AWS JSON policy elements: Principal".

use super::error::{Error, INVALID_ARN, INVALID_REQUEST};
use super::request::{fields, is_account, required, string};
use crate::arn::{self, Arn};
use crate::authorization::{Principal, PrincipalKind};
use crate::json::{Node, Value};

/// An ARN, a service's name, `anonymous`, or an object with more names.
pub(super) fn read(node: &Node) -> Result<Principal, Box<Error>> {
    if let Value::String(text) = &node.value {
        return named(text, "/principal");
    }
    fields(node, "/principal", &["arn", "issuer", "uniqueId"])?;
    let text = string(required(node, "/principal", "arn")?, "/principal/arn")?;
    let mut principal = named(text, "/principal/arn")?;
    if let Some(issuer) = node.get("issuer") {
        principal.issuer = Some(read_issuer(string(issuer, "/principal/issuer")?, &principal)?);
    }
    if let Some(id) = node.get("uniqueId") {
        let id = string(id, "/principal/uniqueId")?;
        let prefix = if principal.kind == PrincipalKind::AssumedRole { "AROA" } else { "AIDA" };
        let has_id = matches!(
            principal.kind,
            PrincipalKind::User | PrincipalKind::AssumedRole | PrincipalKind::FederatedUser
        );
        if !has_id || !id.starts_with(prefix) {
            return Err(Error::value(INVALID_REQUEST, "/principal/uniqueId", id, prefix));
        }
        principal.unique_id = Some(id.to_string());
    }
    Ok(principal)
}

fn named(text: &str, pointer: &str) -> Result<Principal, Box<Error>> {
    let principal = |kind, account: Option<&str>| Principal {
        kind,
        arn: text.to_string(),
        account: account.map(str::to_string),
        issuer: None,
        unique_id: None,
    };
    if text == "anonymous" {
        return Ok(Principal { arn: String::new(), ..principal(PrincipalKind::Anonymous, None) });
    }
    if !text.starts_with("arn:") {
        let service = text.contains('.') && text.contains(".amazonaws.com");
        let expected = "arn:aws:iam::111122223333:user/alice, ec2.amazonaws.com, anonymous";
        return match service {
            true => Ok(principal(PrincipalKind::Service, None)),
            false => Err(Error::value(INVALID_REQUEST, pointer, text, expected)),
        };
    }
    let wrong =
        || Error::value(INVALID_ARN, pointer, text, "arn:aws:sts::111122223333:assumed-role/app/session");
    let arn =
        Arn::parse(text).filter(|arn| is_account(arn.account) && arn.region.is_empty()).ok_or_else(wrong)?;
    let account = Some(arn.account);
    let (kind, rest) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    match (arn.service, kind, rest.is_empty()) {
        ("iam", "root", true) => Ok(principal(PrincipalKind::Root, account)),
        ("iam", "user", false) => Ok(principal(PrincipalKind::User, account)),
        ("iam", "role", false) => {
            Ok(Principal { issuer: Some(text.to_string()), ..principal(PrincipalKind::AssumedRole, account) })
        }
        ("sts", "assumed-role", false) => {
            let (role, session) = rest.split_once('/').ok_or_else(wrong)?;
            if role.is_empty() || session.is_empty() || session.contains('/') {
                return Err(wrong());
            }
            let issuer = format!("arn:{}:iam::{}:role/{role}", arn.partition, arn.account);
            Ok(Principal { issuer: Some(issuer), ..principal(PrincipalKind::AssumedRole, account) })
        }
        ("sts", "federated-user", false) => Ok(principal(PrincipalKind::FederatedUser, account)),
        _ => Err(wrong()),
    }
}

/// The role's ARN with its path, or the user's ARN of a federated session.
fn read_issuer(text: &str, principal: &Principal) -> Result<String, Box<Error>> {
    let pointer = "/principal/issuer";
    let wanted = if principal.kind == PrincipalKind::FederatedUser { "user/" } else { "role/" };
    let expected = arn::iam("111122223333", wanted.trim_end_matches('/'), "/path/", "name");
    let wrong = |code| Error::value(code, pointer, text, &expected);
    let issuer = Arn::parse(text).ok_or_else(|| wrong(INVALID_ARN))?;
    let name = |text: &str| text.rsplit('/').next().unwrap_or("").to_string();
    let of_arn = principal.issuer.as_deref().map(name);
    let fits = matches!(principal.kind, PrincipalKind::AssumedRole | PrincipalKind::FederatedUser)
        && issuer.service == "iam"
        && issuer.resource.starts_with(wanted)
        && principal.account.as_deref() == Some(issuer.account)
        && of_arn.is_none_or(|of_arn| of_arn == name(text));
    if fits { Ok(text.to_string()) } else { Err(wrong(INVALID_REQUEST)) }
}
