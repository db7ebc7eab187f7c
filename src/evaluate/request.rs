//! A line's JSON to a request with its policies.

use super::context;
use super::documents::Documents;
use super::error::{DUPLICATE_KEY, Error, INVALID_ARN, INVALID_REQUEST, INVALID_TYPE};
use super::policies;
use super::principal;
use crate::arn::Arn;
use crate::authorization::{AuthorizationRequest, Gate, Policies};
use crate::json::{Member, Node, Value, child};

/// What a line asks.
pub(super) struct Asked {
    pub request: AuthorizationRequest,
    pub policies: Policies,
    /// Gates that are switched off.
    pub off: Vec<Gate>,
}

const FIELDS: [&str; 9] =
    ["id", "principal", "action", "resource", "resourceAccount", "context", "policies", "s3", "without"];

/// Longest action: AWS's names have at most 128 characters.
const MAX_ACTION: usize = 256;

/// Reads a line. Errors: the first thing that is wrong.
pub(super) fn read(line: &str, node: &Node, documents: &mut Documents) -> Result<Asked, Box<Error>> {
    fields(node, "", &FIELDS)?;
    let principal = principal::read(required(node, "", "principal")?)?;
    let action = action(required(node, "", "action")?)?;
    let resource = resource(required(node, "", "resource")?)?;
    let resource_account = node.get("resourceAccount").map(account).transpose()?;
    let mut request = AuthorizationRequest {
        principal,
        action,
        resource,
        resource_account,
        context: context::read(node.get("context"))?,
    };
    let mut policies = policies::read(line, node.get("policies"), &request, documents)?;
    policies.public_access_block = policies::public_access_block(node.get("s3"))?;
    let off = policies::without(node.get("without"), &mut policies)?;
    if request.resource_account().is_none() {
        request.resource_account = request.principal.account.clone();
    }
    context::fill_in(&mut request);
    Ok(Asked { request, policies, off })
}

fn action(node: &Node) -> Result<String, Box<Error>> {
    let text = string(node, "/action")?;
    let legal = text.len() <= MAX_ACTION
        && text.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
    if legal {
        Ok(text.to_string())
    } else {
        Err(Error::value(INVALID_REQUEST, "/action", text, "s3:GetObject"))
    }
}

fn resource(node: &Node) -> Result<String, Box<Error>> {
    let text = string(node, "/resource")?;
    if text == "*" || Arn::parse(text).is_some_and(|arn| !arn.resource.is_empty() && !arn.service.is_empty())
    {
        return Ok(text.to_string());
    }
    Err(Error::value(INVALID_ARN, "/resource", text, "arn:aws:s3:::bucket/key"))
}

fn account(node: &Node) -> Result<String, Box<Error>> {
    let text = string(node, "/resourceAccount")?;
    if is_account(text) {
        return Ok(text.to_string());
    }
    Err(Error::value(INVALID_REQUEST, "/resourceAccount", text, "111122223333"))
}

pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The members of an object that has no other fields than these, each once.
pub(super) fn fields<'n>(node: &'n Node, pointer: &str, known: &[&str]) -> Result<&'n [Member], Box<Error>> {
    let members = object(node, pointer)?;
    for (number, member) in members.iter().enumerate() {
        if !known.contains(&&*member.key) {
            return Err(Error::unknown(&member.key, pointer));
        }
        if members.iter().take(number).any(|other| other.key == member.key) {
            return Err(Error::new(DUPLICATE_KEY, child(pointer, &member.key)).with("key", &*member.key));
        }
    }
    Ok(members)
}

pub(super) fn required<'n>(node: &'n Node, pointer: &str, field: &str) -> Result<&'n Node, Box<Error>> {
    node.get(field).ok_or_else(|| Error::missing(field, pointer))
}

pub(super) fn object<'n>(node: &'n Node, pointer: &str) -> Result<&'n [Member], Box<Error>> {
    match &node.value {
        Value::Object(members) => Ok(members),
        _ => Err(wrong_type(node, pointer, "object")),
    }
}

pub(super) fn array<'n>(node: &'n Node, pointer: &str) -> Result<&'n [Node], Box<Error>> {
    match &node.value {
        Value::Array(items) => Ok(items),
        _ => Err(wrong_type(node, pointer, "array")),
    }
}

pub(super) fn string<'n>(node: &'n Node, pointer: &str) -> Result<&'n str, Box<Error>> {
    node.as_str().ok_or_else(|| wrong_type(node, pointer, "string"))
}

pub(super) fn boolean(node: &Node, pointer: &str) -> Result<bool, Box<Error>> {
    node.as_bool().ok_or_else(|| wrong_type(node, pointer, "boolean"))
}

pub(super) fn wrong_type(node: &Node, pointer: &str, expected: &str) -> Box<Error> {
    Error::new(INVALID_TYPE, pointer).with("expected", expected).with("found", node.kind())
}
