//! Simple Storage Service.
//!
//! AWS page: S3 API Reference. Entry: [`handle`]. Stages: parse, authenticate, authorize, existence and state,
//! respond. A bucket that doesn't exist is told before authorization, for nobody owns it: S3 finds no policy to
//! evaluate. Left out on purpose: operations that [`operation`] doesn't find, versions, ACLs, encryption
//! settings; asked for, they answer NotImplemented.

mod address;
mod conditions;
mod copy_object;
mod create_bucket;
mod delete_bucket;
mod delete_bucket_policy;
mod delete_object;
mod delete_objects;
mod delete_public_access_block;
mod get_bucket_location;
mod get_bucket_policy;
mod get_bucket_policy_status;
mod get_object;
mod get_public_access_block;
mod head_bucket;
mod head_object;
mod list_buckets;
mod list_objects;
mod list_objects_v2;
mod object;
mod operation;
mod payload;
mod put_bucket_policy;
mod put_object;
mod put_public_access_block;

use super::authenticate::{Caller, Dialect, Expected, authenticate};
use super::authorize::{Target, Verdict, authorize};
use super::call::{Call, Ending};
use super::denial::ResourceClause;
use super::errors::{AwsError, S3_ACCESS_DENIED, S3_METHOD, S3_NO_SUCH_BUCKET, S3_PERMANENT_REDIRECT};
use super::protocol::rest_xml::{self, RequestIds};
use crate::arn;
use crate::authorization::{Context, PublicAccessBlock};
use crate::cloud::{Bucket, Cloud};
use crate::http::Response;
use crate::sigv4::{ALGORITHM, ProvidedIn, parse_authorization};
use crate::trace::{NodeKind, NodeRef};
use address::Resource;
use operation::{OnBucket, OnObject, Operation};

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// Answers a request and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let addressed = address::resource(call.request);
    let to = node(call, addressed.as_ref().ok());
    let operation = addressed.and_then(|resource| operation::operation(call.request, resource));
    let name = operation.as_ref().map_or(call.request.method.as_str(), |operation| operation.name());
    let result = operation.and_then(|operation| run(call, operation, region, &to));
    let ids = RequestIds {
        request_id: call.cloud.entropy.access_key_id("", &["request", &call.cloud.requests.to_string()]),
        host_id: host_id(call.cloud),
    };
    let head = call.request.method == "HEAD";
    let response = match &result {
        Ok(response) => response.clone(),
        Err(error) => rest_xml::failure(error, &ids, head),
    };
    let response = response
        .with_header("x-amz-request-id", ids.request_id)
        .with_header("x-amz-id-2", ids.host_id)
        .with_header("Date", call.cloud.now.http_date())
        .with_header("Server", "AmazonS3");
    match &result {
        Ok(_) => call.respond(to, name, &response, Ending::Done),
        Err(error) => call.respond(to, name, &response, Ending::Failed(error)),
    }
    response
}

fn run(call: &mut Call<'_>, operation: Operation, region: &str, to: &NodeRef) -> Result<Response, AwsError> {
    if let Some(bucket) = operation.bucket().and_then(|name| call.cloud.buckets.get(name)) {
        same_region(bucket, region)?;
    }
    let caller = authenticate(call, to, Expected { dialect: Dialect::S3, service: "s3", region })?;
    let request = S3Request { caller, region, node: to.clone() };
    match operation {
        Operation::ListBuckets(input) => list_buckets::handle(call, &request, &input),
        Operation::ListObjects(bucket, input) => list_objects::handle(call, &request, &bucket, &input),
        Operation::ListObjectsV2(bucket, input) => list_objects_v2::handle(call, &request, &bucket, &input),
        Operation::OnBucket(on, bucket) => on_bucket(call, &request, on, &bucket),
        Operation::OnObject(on, bucket, key) => {
            let handle = match on {
                OnObject::Get => get_object::handle,
                OnObject::Head => head_object::handle,
                OnObject::Put => put_object::handle,
                OnObject::Copy => copy_object::handle,
                OnObject::Delete => delete_object::handle,
            };
            handle(call, &request, &bucket, &key)
        }
    }
}

fn on_bucket(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    on: OnBucket,
    bucket: &str,
) -> Result<Response, AwsError> {
    let handle = match on {
        OnBucket::HeadBucket => head_bucket::handle,
        OnBucket::CreateBucket => create_bucket::handle,
        OnBucket::DeleteBucket => delete_bucket::handle,
        OnBucket::DeleteObjects => delete_objects::handle,
        OnBucket::GetBucketLocation => get_bucket_location::handle,
        OnBucket::GetBucketPolicy => get_bucket_policy::handle,
        OnBucket::PutBucketPolicy => put_bucket_policy::handle,
        OnBucket::DeleteBucketPolicy => delete_bucket_policy::handle,
        OnBucket::GetBucketPolicyStatus => get_bucket_policy_status::handle,
        OnBucket::GetPublicAccessBlock => get_public_access_block::handle,
        OnBucket::PutPublicAccessBlock => put_public_access_block::handle,
        OnBucket::DeletePublicAccessBlock => delete_public_access_block::handle,
    };
    handle(call, request, bucket)
}

/// 204.
fn no_content() -> Response {
    Response { status: 204, headers: Vec::new(), body: Default::default() }
}

/// Bucket policies are for the owner's account, whatever they allow others.
fn of_own_account(request: &S3Request<'_>, bucket: &Bucket) -> Result<(), AwsError> {
    match request.caller.principal.account.as_deref() == Some(bucket.account.as_str()) {
        true => Ok(()),
        false => Err(S3_METHOD.error().field("ResourceType", "BUCKETPOLICY")),
    }
}

/// What every operation knows of its request.
struct S3Request<'a> {
    caller: Caller,
    region: &'a str,
    node: NodeRef,
}

fn node(call: &Call<'_>, resource: Option<&Resource>) -> NodeRef {
    match resource.and_then(Resource::bucket) {
        Some(bucket) => NodeRef::new(NodeKind::Bucket, bucket),
        None => NodeRef::new(NodeKind::S3, call.host()),
    }
}

fn host_id(cloud: &Cloud) -> String {
    let request = cloud.requests.to_string();
    let part = |name: &str| cloud.entropy.bytes(&["host-id", name, &request]);
    let mut bytes = [part("1"), part("2")].concat();
    bytes.truncate(56);
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}

/// Each bucket answers at its own region's endpoint alone.
fn same_region(bucket: &Bucket, region: &str) -> Result<(), AwsError> {
    if bucket.region == region {
        return Ok(());
    }
    let endpoint = match bucket.region.as_str() {
        "us-east-1" => format!("{}.s3.amazonaws.com", bucket.name),
        region => format!("{}.s3.{region}.amazonaws.com", bucket.name),
    };
    Err(S3_PERMANENT_REDIRECT
        .error()
        .field("Endpoint", endpoint)
        .field("Bucket", bucket.name.as_str())
        .header("x-amz-bucket-region", bucket.region.as_str()))
}

/// The bucket, or NoSuchBucket.
fn bucket<'a>(cloud: &'a Cloud, name: &str) -> Result<&'a Bucket, AwsError> {
    cloud.buckets.get(name).ok_or_else(|| S3_NO_SUCH_BUCKET.error().field("BucketName", name))
}

/// Authorizes an action on a bucket or one of its objects.
///
/// # Errors
/// AccessDenied, in detail for callers of the bucket's own account.
fn permit(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    name: &str,
    key: Option<&str>,
    action: &'static str,
    keys: Context,
) -> Result<(), AwsError> {
    let bucket = bucket(call.cloud, name)?;
    let account = bucket.account.clone();
    let target = Target {
        action,
        resource: key.map_or_else(|| arn::bucket(name), |key| arn::object(name, key)),
        account: Some(account.clone()),
        policy: bucket.policy.clone(),
        public_access_block: Some(public_access_block(call.cloud, bucket)),
    };
    let verdict = decide(call, request, target, keys);
    if verdict.allows() {
        return Ok(());
    }
    Err(refusal(&verdict, request, &account, ResourceClause::Quoted))
}

fn decide(call: &mut Call<'_>, request: &S3Request<'_>, target: Target, keys: Context) -> Verdict {
    let keys = s3_keys(call, &target, keys);
    let s3 = NodeRef::new(NodeKind::S3, call.host());
    authorize(call, &request.caller, target, keys, request.region, (s3, request.node.clone()))
}

/// The detail goes to callers of the same account alone.
///
/// AWS page: S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors".
fn refusal(verdict: &Verdict, request: &S3Request<'_>, owner: &str, clause: ResourceClause) -> AwsError {
    let same_account = request.caller.principal.account.as_deref() == Some(owner);
    if same_account { verdict.denial(clause) } else { S3_ACCESS_DENIED.error() }
}

/// The strictest of account and bucket.
fn public_access_block(cloud: &Cloud, bucket: &Bucket) -> PublicAccessBlock {
    let own = bucket.public_access_block.unwrap_or_default();
    let account = cloud.accounts.get(&bucket.account).and_then(|account| account.public_access_block);
    let account = account.unwrap_or_default();
    PublicAccessBlock {
        block_public_acls: own.block_public_acls || account.block_public_acls,
        ignore_public_acls: own.ignore_public_acls || account.ignore_public_acls,
        block_public_policy: own.block_public_policy || account.block_public_policy,
        restrict_public_buckets: own.restrict_public_buckets || account.restrict_public_buckets,
    }
}

/// S3's own keys that every request carries.
///
/// AWS page: S3 API Reference, "Amazon S3 Signature Version 4 Authentication Specific Policy Keys".
fn s3_keys(call: &Call<'_>, target: &Target, keys: Context) -> Context {
    let mut keys = keys;
    if let Some(account) = &target.account {
        keys.set("s3:ResourceAccount", account.as_str(), "origin.resource");
    }
    match call.arrival.secure_transport {
        true => keys.set("s3:TlsVersion", "1.3", "origin.route"),
        false => keys.absent("s3:TlsVersion", "origin.absent.no-tls"),
    }
    match parse_authorization(call.request) {
        Ok(Some(provided)) => {
            keys.set("s3:signatureversion", ALGORITHM, "origin.request");
            let place = match provided.place {
                ProvidedIn::Header => "REST-HEADER",
                ProvidedIn::Query { .. } => {
                    let age = call.cloud.now.0.saturating_sub(provided.at.0).max(0);
                    keys.set("s3:signatureAge", age.to_string(), "origin.request");
                    "REST-QUERY-STRING"
                }
            };
            keys.set("s3:authType", place, "origin.request");
        }
        _ => {
            for key in ["s3:signatureversion", "s3:authType"] {
                keys.absent(key, "origin.absent.anonymous");
            }
        }
    }
    if let Some(hash) = call.request.header("x-amz-content-sha256") {
        keys.set("s3:x-amz-content-sha256", hash, "origin.request");
    }
    keys
}
