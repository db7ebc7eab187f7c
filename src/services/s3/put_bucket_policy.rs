//! PutBucketPolicy: replaces the bucket's policy.
//!
//! AWS pages: S3 API Reference, "PutBucketPolicy"; S3 User Guide, "Blocking public access to your Amazon S3
//! storage" (BlockPublicPolicy). Left out on purpose: the conversion of principals to unique ids, and S3's check
//! that each action fits its resources.

use super::payload::payload;
use super::{S3Request, bucket, bucket_mut, no_content, of_own_account, permit, public_access_block};
use crate::arn::Arn;
use crate::authorization::Context;
use crate::cloud::Cloud;
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
    permit(call, request, ACTION, Context::default())?;
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
    if !resources(&node).iter().all(|resource| is_of(resource, bucket)) {
        return Err(S3_POLICY_RESOURCE.error());
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

/// Every entry of Resource and NotResource.
fn resources(policy: &Node) -> Vec<String> {
    let statements = match policy.get("Statement").map(|node| &node.value) {
        Some(Value::Array(items)) => items.iter().collect(),
        _ => policy.get("Statement").into_iter().collect::<Vec<&Node>>(),
    };
    let entries = statements.iter().flat_map(|one| [one.get("Resource"), one.get("NotResource")]).flatten();
    entries
        .flat_map(|entry| match &entry.value {
            Value::Array(items) => items.iter().filter_map(Node::as_str).map(str::to_string).collect(),
            _ => entry.as_str().map(str::to_string).into_iter().collect::<Vec<String>>(),
        })
        .collect()
}

/// Whether a pattern can name the bucket or what is in it.
fn is_of(pattern: &str, bucket: &str) -> bool {
    let Some(rest) = pattern.strip_prefix("arn:aws:s3:::") else { return pattern == "*" };
    let name = rest.split('/').next().unwrap_or(rest);
    name == bucket || name.contains(['*', '?', '$'])
}
