//! CreateBucket: a bucket of the caller's account, with all of Block Public Access on.
//!
//! AWS page: S3 API Reference, "CreateBucket". Left out on purpose: ACLs, tags, object lock, directory buckets,
//! which answer NotImplemented.

use super::operation::{not_modelled, refuse_headers};
use super::payload::payload;
use super::{S3Request, argument, decide, done, ownership_controls, refusal, request_keys};
use crate::arn;
use crate::authorization::{Context, PublicAccessBlock};
use crate::cloud::{Bucket, ObjectOwnership};
use crate::http::Response;
use crate::services::authorize::Target;
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::protocol::rest_xml;

const DEFAULT_REGION: &str = "us-east-1";
const OWNERSHIP: &str = "x-amz-object-ownership";
const KEYS: [&str; 7] = [
    "s3:x-amz-acl",
    "s3:x-amz-grant-full-control",
    "s3:x-amz-grant-read",
    "s3:x-amz-grant-read-acp",
    "s3:x-amz-grant-write",
    "s3:x-amz-grant-write-acp",
    "s3:x-amz-object-ownership",
];
/// The default quota of an account.
const MOST: usize = 10_000;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let name = request.bucket.as_str();
    if !Bucket::is_name(name) {
        return Err(S3_BUCKET_NAME.error().field("BucketName", name));
    }
    let wanted = location(request)?;
    let mut keys = Context::default();
    request_keys(&mut keys, &request.fields, &KEYS);
    match &wanted {
        Some(region) => keys.set("s3:locationconstraint", region.as_str(), "origin.request"),
        None => keys.absent("s3:locationconstraint", "origin.absent.not-sent"),
    }
    let account = request.caller.principal.account.clone();
    let target = Target {
        action: "s3:CreateBucket",
        resource: arn::bucket(name),
        account: account.clone(),
        policy: None,
        public_access_block: None,
    };
    let Some(account) = account else { return Err(S3_ACCESS_DENIED.error()) };
    let ownership = request.header(OWNERSHIP);
    // To set the ownership needs its own permission.
    for action in
        [target.action, ownership_controls::PUT].into_iter().take(1 + usize::from(ownership.is_some()))
    {
        let target = Target { action, ..target.clone() };
        let verdict = decide(call, request, target, keys.clone(), request.node.clone());
        if !verdict.allows() {
            return Err(refusal(&verdict, request, &account, ResourceClause::Quoted));
        }
    }
    refuse_headers(request)?;
    let ownership = match ownership {
        None => ObjectOwnership::default(),
        Some(name) => {
            ObjectOwnership::named(name).ok_or_else(|| argument(S3_OWNERSHIP.error(), OWNERSHIP, name))?
        }
    };
    check_acl(request, ownership)?;
    let region = place(wanted.as_deref(), request.region)?;
    match call.cloud.buckets.get(name) {
        Some(other) if other.account != account => {
            return Err(S3_BUCKET_EXISTS.error().field("BucketName", name));
        }
        // In us-east-1 the owner may create it again.
        Some(own) if own.region != DEFAULT_REGION || region != DEFAULT_REGION => {
            return Err(S3_BUCKET_OWNED.error().field("BucketName", name));
        }
        Some(_) => {}
        None => create(call, name, &account, &region, ownership)?,
    }
    Ok(done().with_header("Location", ["/", name].concat()))
}

/// A bucket without ACLs takes none; those of others aren't modelled.
fn check_acl(request: &S3Request<'_>, ownership: ObjectOwnership) -> Result<(), AwsError> {
    let grants = request.fields.iter().any(|(name, _)| name.starts_with("x-amz-grant-"));
    match request.header("x-amz-acl") {
        None | Some("private") if !grants => Ok(()),
        _ if ownership == ObjectOwnership::BucketOwnerEnforced => Err(S3_BUCKET_ACL.error()),
        acl => Err(not_modelled(&["x-amz-acl: ", acl.unwrap_or("grants")].concat())),
    }
}

fn create(
    call: &mut Call<'_>,
    name: &str,
    account: &str,
    region: &str,
    ownership: ObjectOwnership,
) -> Result<(), AwsError> {
    if call.cloud.buckets.values().filter(|bucket| bucket.account == account).count() >= MOST {
        return Err(S3_TOO_MANY_BUCKETS.error());
    }
    let bucket = Bucket {
        name: name.to_string(),
        account: account.to_string(),
        region: region.to_string(),
        created: call.cloud.now,
        public_access_block: Some(PublicAccessBlock::ALL),
        ownership,
        ..Bucket::default()
    };
    call.cloud.buckets.insert(name.to_string(), bucket);
    Ok(())
}

/// LocationConstraint of the body.
fn location(request: &S3Request<'_>) -> Result<Option<String>, AwsError> {
    let payload = payload(request)?;
    if payload.bytes.is_empty() {
        return Ok(None);
    }
    let root = rest_xml::document(&payload.bytes, "CreateBucketConfiguration")?;
    // Tags of general purpose buckets, and what directory buckets have.
    if let Some(other) = root.elements().iter().find(|element| element.name != "LocationConstraint") {
        return Err(not_modelled(&["CreateBucketConfiguration ", &other.name].concat()));
    }
    Ok(root.child_text("LocationConstraint").filter(|region| !region.is_empty()))
}

/// The bucket's region: us-east-1's endpoint makes buckets everywhere, the others at home.
fn place(wanted: Option<&str>, endpoint: &str) -> Result<String, AwsError> {
    let incompatible = |region: &str| Err(S3_LOCATION.with(&[("region", region)]));
    match wanted {
        Some(DEFAULT_REGION) => {
            Err(S3_LOCATION_CONSTRAINT.error().field("LocationConstraint", DEFAULT_REGION))
        }
        Some(region) if region == endpoint || endpoint == DEFAULT_REGION => Ok(region.to_string()),
        Some(region) => incompatible(region),
        None if endpoint == DEFAULT_REGION => Ok(endpoint.to_string()),
        None => incompatible("unspecified"),
    }
}
