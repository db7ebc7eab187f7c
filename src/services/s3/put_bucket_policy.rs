//! PutBucketPolicy: replaces the bucket's policy.
//!
//! AWS pages: S3 API Reference, "PutBucketPolicy"; S3 User Guide, "Blocking public access to your Amazon S3
//! storage" (BlockPublicPolicy). Left out on purpose: the conversion of principals to unique ids.

use super::payload::payload;
use super::{S3Request, bucket, bucket_mut, no_content, of_own_account, public_access_block};
use crate::arn::Arn;
use crate::cloud::Cloud;
use crate::gather::Gather;
use crate::http::Response;
use crate::json::{self, Node, Value};
use crate::policy::{Policy, PolicyKind, PrincipalPattern};
use crate::services::call::Call;
use crate::services::errors::*;
use std::sync::Arc;

/// The longest policy, in bytes.
const MAX_POLICY: usize = 20 * 1024;
const ACTION: &str = "s3:PutBucketPolicy";

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let name = request.bucket.as_str();
    of_own_account(request, bucket(call.cloud, name)?)?;
    let payload = payload(request)?;
    let (policy, text) = parse(&payload.bytes, call.cloud, name)?;
    let block = public_access_block(call.cloud, bucket(call.cloud, name)?);
    if block.block_public_policy && policy.document.as_ref().is_some_and(|document| document.is_public()) {
        let resource = crate::arn::bucket(name);
        return Err(S3_PUBLIC_POLICY.with(&[
            ("principal", &request.caller.principal.arn),
            ("action", ACTION),
            ("resource", &resource),
        ]));
    }
    let bucket = bucket_mut(call.cloud, name)?;
    bucket.policy = Some(Arc::new(policy));
    bucket.policy_origin = None;
    bucket.policy_text = Some(text);
    Ok(no_content())
}

fn parse(body: &[u8], cloud: &Cloud, bucket: &str) -> Result<(Policy, Arc<str>), AwsError> {
    let text = std::str::from_utf8(body).ok().filter(|text| text.starts_with('{'));
    let text: Arc<str> = Arc::from(text.ok_or_else(|| S3_POLICY_JSON.with(&[("brace", "{")]))?);
    if text.len() > MAX_POLICY {
        return Err(S3_POLICY_SIZE.error());
    }
    let node = json::parse(&text).map_err(|_| S3_POLICY_JSON.with(&[("brace", "{")]))?;
    let arn = crate::arn::bucket(bucket);
    let policy =
        Policy::parse(arn, None, "", text.clone(), &node, PolicyKind::Resource).map_err(|faults| {
            let first = faults.first().map(|fault| (fault.short_code(), fault.params.get("name")));
            let missing = |field: &str| S3_POLICY_MISSING.with(&[("field", field)]);
            match first {
                Some(("missing-principal", _)) => missing("Principal"),
                Some(("missing-action", _)) => missing("Action"),
                Some(("missing-resource", _)) => missing("Resource"),
                Some(("missing-field", Some(field))) => missing(field),
                Some(("invalid-principal", _)) => S3_POLICY_PRINCIPAL.error(),
                _ => S3_POLICY_INVALID.error(),
            }
        })?;
    let principals = policy.statements().iter().filter_map(|statement| statement.principal.as_ref());
    if !principals.flat_map(|principal| principal.patterns.iter()).all(|one| exists(cloud, one)) {
        return Err(S3_POLICY_PRINCIPAL.error());
    }
    for statement in statements(&node) {
        let mut named = entries(statement, "Resource");
        let (fits, all) = (applies(&entries(statement, "Action"), &named), named.is_empty());
        named.extend(entries(statement, "NotResource"));
        if !named.iter().all(|resource| is_of(resource, bucket)) {
            return Err(S3_POLICY_RESOURCE.error());
        }
        if !fits && !all {
            return Err(S3_POLICY_ACTION.error());
        }
    }
    Ok((policy, text))
}

/// Whether a principal exists, as far as its account is known here.
fn exists(cloud: &Cloud, principal: &PrincipalPattern) -> bool {
    let PrincipalPattern::Arn(text) = principal else { return true };
    let Some(arn) = Arn::parse(text) else { return true };
    let Some(account) = cloud.accounts.get(arn.account).filter(|_| arn.service == "iam") else { return true };
    account.roles.values().any(|role| role.arn == **text)
        || account.users.values().any(|user| user.arn == **text)
}

fn statements(policy: &Node) -> Vec<&Node> {
    match policy.get("Statement").map(|node| &node.value) {
        Some(Value::Array(items)) => items.iter().gather(),
        _ => policy.get("Statement").into_iter().gather(),
    }
}

/// The texts of an element that is one, or a list of them.
fn entries<'a>(statement: &'a Node, element: &str) -> Vec<&'a str> {
    match statement.get(element).map(|node| (&node.value, node)) {
        Some((Value::Array(items), _)) => items.iter().filter_map(Node::as_str).gather(),
        Some((_, node)) => node.as_str().into_iter().gather(),
        None => Vec::new(),
    }
}

/// Whether each action has a resource of its kind, bucket or object. Patterns of actions fit either.
///
/// AWS page: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
fn applies(actions: &[&str], resources: &[&str]) -> bool {
    let names_objects = |resource: &&str| resource.contains(['/', '*']);
    let names_buckets =
        |resource: &&str| !resource.contains('/') || resource.contains("*/") || **resource == *"*";
    actions.iter().all(|action| match is_on_objects(action) {
        None => true,
        Some(true) => resources.iter().any(names_objects),
        Some(false) => resources.iter().any(names_buckets),
    })
}

/// Whether an action is on objects, as its name tells; `None` for patterns.
fn is_on_objects(action: &str) -> Option<bool> {
    /// Those whose names don't tell.
    const OTHERS: [&str; 6] = [
        "s3:AbortMultipartUpload",
        "s3:BypassGovernanceRetention",
        "s3:InitiateReplication",
        "s3:ListMultipartUploadParts",
        "s3:ReplicateDelete",
        "s3:ReplicateTags",
    ];
    if action.contains(['*', '?']) {
        return None;
    }
    let of_bucket = action.contains("Bucket");
    Some((action.contains("Object") && !of_bucket) || OTHERS.contains(&action))
}

/// Whether a pattern can name the bucket or what is in it.
fn is_of(pattern: &str, bucket: &str) -> bool {
    let Some(rest) = pattern.strip_prefix("arn:aws:s3:::") else { return pattern == "*" };
    let name = rest.split('/').next().unwrap_or(rest);
    name == bucket || name.contains(['*', '?', '$'])
}
