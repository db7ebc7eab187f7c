//! CreateBucket: a bucket of the caller's account, with all of Block Public Access on.
//!
//! AWS page: S3 API Reference, "CreateBucket". Left out on purpose: ACLs, object lock, directory buckets.

use super::operation::refuse_headers;
use super::payload::payload;
use super::{S3Request, decide, refusal};
use crate::arn;
use crate::authorization::{Context, PublicAccessBlock};
use crate::cloud::{Bucket, Origin};
use crate::http::Response;
use crate::services::authorize::Target;
use crate::services::call::Call;
use crate::services::denial::ResourceClause;
use crate::services::errors::*;
use crate::services::protocol::rest_xml;

const DEFAULT_REGION: &str = "us-east-1";
/// The default quota of an account.
const MOST: usize = 10_000;
const NOT_MODELLED: [&str; 8] = [
    "x-amz-acl",
    "x-amz-bucket-object-lock-enabled",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-object-ownership",
];

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    refuse_headers(call.request, &NOT_MODELLED)?;
    if !Bucket::is_name(name) {
        return Err(S3_BUCKET_NAME.error().field("BucketName", name));
    }
    let wanted = location(call)?;
    let mut keys = Context::default();
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
    let verdict = decide(call, request, target, keys);
    let Some(account) = account else { return Err(S3_ACCESS_DENIED.error()) };
    if !verdict.allows() {
        return Err(refusal(&verdict, request, &account, ResourceClause::Quoted));
    }
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
        None => create(call, name, &account, &region)?,
    }
    let response = Response { status: 200, headers: Vec::new(), body: Default::default() };
    Ok(response.with_header("Location", format!("/{name}")).with_header("Content-Length", "0"))
}

fn create(call: &mut Call<'_>, name: &str, account: &str, region: &str) -> Result<(), AwsError> {
    if call.cloud.buckets.values().filter(|bucket| bucket.account == account).count() >= MOST {
        return Err(S3_TOO_MANY_BUCKETS.error());
    }
    let bucket = Bucket {
        origin: Origin::default(),
        name: name.to_string(),
        account: account.to_string(),
        region: region.to_string(),
        created: call.cloud.now,
        policy: None,
        policy_origin: None,
        policy_text: None,
        public_access_block: Some(PublicAccessBlock::ALL),
        objects: Default::default(),
    };
    call.cloud.buckets.insert(name.to_string(), bucket);
    Ok(())
}

/// LocationConstraint of the body.
fn location(call: &Call<'_>) -> Result<Option<String>, AwsError> {
    let payload = payload(call.request)?;
    if payload.bytes.is_empty() {
        return Ok(None);
    }
    let root = rest_xml::document(&payload.bytes, "CreateBucketConfiguration")?;
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
