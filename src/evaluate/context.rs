//! The request context of a line: what it gives, and what follows from principal and resource.

use super::error::{DUPLICATE_KEY, Error};
use super::request::{object, string, wrong_type};
use crate::arn::Arn;
use crate::authorization::{AuthorizationRequest, Context, PrincipalKind};
use crate::json::{Node, Value, child};

/// The line gives the key.
const GIVEN: &str = "origin.request-line";
/// The key follows from the principal.
const OF_PRINCIPAL: &str = "origin.of-principal";
/// The key follows from the resource.
const OF_RESOURCE: &str = "origin.of-resource";

/// A string is a single value, an array the values of a multivalued key.
pub(super) fn read(node: Option<&Node>) -> Result<Context, Box<Error>> {
    let mut context = Context::default();
    let Some(node) = node else {
        return Ok(context);
    };
    for member in object(node, "/context")? {
        let pointer = || child("/context", &member.key);
        if context.entry(&member.key).is_some() {
            return Err(Error::new(DUPLICATE_KEY, pointer()).with("key", &*member.key));
        }
        match &member.node.value {
            Value::String(value) => context.set(&member.key, &**value, GIVEN),
            Value::Array(items) => {
                let mut values = Vec::with_capacity(items.len());
                for (number, item) in items.iter().enumerate() {
                    values.push(string(item, &format!("{}/{number}", pointer()))?.to_string());
                }
                context.set_all(&member.key, values, GIVEN);
            }
            _ => return Err(wrong_type(&member.node, &pointer(), "string")),
        }
    }
    Ok(context)
}

/// Adds the keys that every request has and the line doesn't give.
///
/// AWS page: IAM User Guide, "AWS global condition context keys", and "Policy variables" for `aws:userid`.
pub(super) fn fill_in(request: &mut AuthorizationRequest) {
    let principal = &request.principal;
    let name = Arn::parse(&principal.arn).and_then(|arn| arn.resource.rsplit('/').next()).unwrap_or("");
    let account = principal.account.as_deref();
    let (arn, kind, user_id) = match principal.kind {
        PrincipalKind::User => (Some(principal.arn.clone()), Some("User"), principal.unique_id.clone()),
        PrincipalKind::AssumedRole => {
            // A role given by its own ARN is some session of it, whose name isn't known.
            let session = principal.issuer.as_ref() != Some(&principal.arn);
            let user_id = principal.unique_id.as_ref().filter(|_| session).map(|id| format!("{id}:{name}"));
            (principal.issuer.clone(), Some("AssumedRole"), user_id)
        }
        PrincipalKind::FederatedUser => {
            let user_id = account.map(|account| format!("{account}:{name}"));
            (Some(principal.arn.clone()), Some("FederatedUser"), user_id)
        }
        PrincipalKind::Root => (Some(principal.arn.clone()), Some("Account"), principal.account.clone()),
        PrincipalKind::Service => (None, None, None),
        PrincipalKind::Anonymous => (None, Some("Anonymous"), Some("anonymous".to_string())),
    };
    let account = match principal.kind {
        PrincipalKind::Anonymous => Some("anonymous".to_string()),
        _ => principal.account.clone(),
    };
    let owner = request.resource_account().map(str::to_string);
    let keys = [
        ("aws:PrincipalArn", arn, OF_PRINCIPAL),
        ("aws:PrincipalAccount", account, OF_PRINCIPAL),
        ("aws:PrincipalType", kind.map(str::to_string), OF_PRINCIPAL),
        ("aws:userid", user_id, OF_PRINCIPAL),
        ("aws:ResourceAccount", owner, OF_RESOURCE),
    ];
    for (key, value, origin) in keys {
        if let Some(value) = value
            && request.context.entry(key).is_none()
        {
            request.context.set(key, value, origin);
        }
    }
}
