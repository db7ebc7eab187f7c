//! Simple Storage Service.
//!
//! AWS page: S3 API Reference. Entry: [`handle`]. Stages: parse, authenticate, authorize, existence and state,
//! respond. A bucket that doesn't exist is told before authorization, for nobody owns it: S3 finds no policy to
//! evaluate. Left out on purpose: operations that [`operation`] doesn't find, versions, ACLs, encryption
//! settings; asked for, they answer NotImplemented. Each operation is a file; the settings of buckets and objects
//! are a file each, with the operations that get, put and delete it.

mod abort_multipart_upload;
mod account_public_access_block;
mod address;
mod bucket_tagging;
mod checksum;
mod complete_multipart_upload;
mod conditions;
mod copy_object;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_bucket_policy;
mod delete_object;
mod delete_objects;
mod get_bucket_encryption;
mod get_bucket_location;
mod get_bucket_policy;
mod get_bucket_policy_status;
mod get_bucket_versioning;
mod get_object;
mod head_bucket;
mod head_object;
mod list_buckets;
mod list_multipart_uploads;
mod list_object_versions;
mod list_objects;
mod list_objects_v2;
mod list_parts;
mod listing;
mod object;
mod object_tagging;
mod operation;
mod ownership_controls;
mod payload;
mod public_access_block;
mod put_bucket_policy;
mod put_object;
mod tag_set;
mod upload_part;
mod upload_part_copy;

pub(super) use account_public_access_block::handle as handle_control;
pub use address::bucket_of;

use super::authenticate::{Caller, Dialect, Expected, authenticate};
use super::authorize::{Target, Verdict, authorize};
use super::call::{Call, Ending};
use super::denial::ResourceClause;
use super::errors::{AwsError, S3_ACCESS_DENIED, S3_METHOD, S3_NO_SUCH_BUCKET, S3_PERMANENT_REDIRECT};
use super::protocol::Xml;
use super::protocol::rest_xml::{self, RequestIds};
use crate::arn;
use crate::authorization::{Context, PublicAccessBlock};
use crate::cloud::{Bucket, Cloud};
use crate::http::{Request, Response};
use crate::sigv4::{ALGORITHM, ProvidedIn, parse_authorization};
use crate::trace::{NodeKind, NodeRef};
use address::Resource;
use operation::Operation;
use std::convert::identity;

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// Answers a request and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    if near(call.request) {
        return handle_as(call, region, &operation::NEAR);
    }
    call.apart(|call| handle_as(call, region, &operation::OPERATIONS), identity)
}

/// Whether the request is for one of the operations with which readers begin.
fn near(request: &Request) -> bool {
    let query = request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    address::resource(request)
        .is_ok_and(|resource| operation::operation(request, &resource, &query, &operation::NEAR).is_ok())
}

fn handle_as(call: &mut Call<'_>, region: &str, operations: &'static [Operation]) -> Response {
    let query = call.request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    let addressed = address::resource(call.request);
    let to = node(call, addressed.as_ref().ok());
    let found = addressed.and_then(|resource| {
        Ok((operation::operation(call.request, &resource, &query, operations)?, resource))
    });
    let name = found.as_ref().map_or(call.request.method.as_str(), |(operation, _)| operation.name);
    let result = found.and_then(|(operation, resource)| run(call, operation, resource, query, region, &to));
    finish(call, to, name, result)
}

/// Adds what every answer of S3 carries, and records it.
fn finish(call: &mut Call<'_>, to: NodeRef, name: &str, result: Result<Response, AwsError>) -> Response {
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

fn run(
    call: &mut Call<'_>,
    operation: &Operation,
    resource: Resource,
    query: Vec<(String, String)>,
    region: &str,
    to: &NodeRef,
) -> Result<Response, AwsError> {
    let (bucket, key) = resource.into_names();
    let owner = call.cloud.buckets.get(&bucket).filter(|_| operation.name != "CreateBucket");
    if let Some(bucket) = owner {
        same_region(bucket, region)?;
    }
    let caller = authenticate(call, to, Expected { dialect: Dialect::S3, service: "s3", region })?;
    let request = S3Request::new(call.request, caller, region, to, (bucket, key), query);
    expected_owner(call.cloud, &request, "x-amz-expected-bucket-owner", &request.bucket)?;
    if !operation.action.is_empty() {
        permit(call, &request, operation.action, Context::default())?;
    }
    (operation.handle)(call, &request)
}

/// A caller may say whose bucket it means.
///
/// AWS page: S3 User Guide, "Verifying bucket ownership with bucket owner condition".
fn expected_owner(
    cloud: &Cloud,
    request: &S3Request<'_>,
    header: &str,
    bucket: &str,
) -> Result<(), AwsError> {
    match (request.header(header), cloud.buckets.get(bucket)) {
        (Some(expected), Some(bucket)) if bucket.account != expected => Err(S3_ACCESS_DENIED.error()),
        _ => Ok(()),
    }
}

/// 200 with an XML body.
fn ok(xml: Xml) -> Response {
    Response::new(200, "application/xml", xml.finish())
}

/// 200 without a body.
fn done() -> Response {
    Response::empty(200).with_header("Content-Length", "0")
}

/// 204.
fn no_content() -> Response {
    Response::empty(204)
}
/// Bucket policies are for the owner's account, whatever they allow others.
fn of_own_account(request: &S3Request<'_>, bucket: &Bucket) -> Result<(), AwsError> {
    match request.caller.principal.account.as_deref() == Some(bucket.account.as_str()) {
        true => Ok(()),
        false => Err(S3_METHOD.error().field("ResourceType", "BUCKETPOLICY")),
    }
}

/// The error, with the parameter or header that it is about.
fn argument(error: AwsError, name: &str, value: &str) -> AwsError {
    error.field("ArgumentName", name).field("ArgumentValue", value)
}

/// What every operation knows of its request.
struct S3Request<'a> {
    http: &'a Request,
    caller: Caller,
    region: &'a str,
    node: NodeRef,
    bucket: String,
    /// Empty where the request is for the bucket.
    key: String,
    query: Vec<(String, String)>,
    /// Headers, and what a signed URL carries in their place; names in lower case.
    fields: Vec<(String, String)>,
}

impl<'a> S3Request<'a> {
    fn new(
        http: &'a Request,
        caller: Caller,
        region: &'a str,
        node: &NodeRef,
        (bucket, key): (String, String),
        query: Vec<(String, String)>,
    ) -> Self {
        let lower = |(name, value): &(String, String)| (name.to_ascii_lowercase(), value.clone());
        let mut fields: Vec<(String, String)> = http.headers.iter().map(lower).collect();
        fields.extend(query.iter().map(lower).filter(|(name, _)| name.starts_with("x-amz-")));
        S3Request { http, caller, region, node: node.clone(), bucket, key, query, fields }
    }

    /// A header, by its name in lower case.
    fn header(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of the query.
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
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
    crate::base64::STANDARD.encode(bytes)
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

/// The bucket, to be changed.
fn bucket_mut<'a>(cloud: &'a mut Cloud, name: &str) -> Result<&'a mut Bucket, AwsError> {
    cloud.buckets.get_mut(name).ok_or_else(|| S3_NO_SUCH_BUCKET.error().field("BucketName", name))
}

/// Authorizes an action on what the request is for, its bucket or its object.
///
/// # Errors
/// As [`permit_on`].
fn permit(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    action: &'static str,
    keys: Context,
) -> Result<(), AwsError> {
    permit_on(call, request, (&request.bucket, &request.key), action, keys)
}

/// Authorizes an action on a bucket or one of its objects.
///
/// # Errors
/// AccessDenied, in detail for callers of the bucket's own account; NotImplemented for headers that aren't modelled.
fn permit_on(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    (name, key): (&str, &str),
    action: &'static str,
    mut keys: Context,
) -> Result<(), AwsError> {
    let bucket = bucket(call.cloud, name)?;
    let account = bucket.account.clone();
    if let Some(object) = bucket.objects.get(key).filter(|_| reads_tags(action)) {
        for (tag, value) in &object.tags {
            keys.set(&["s3:ExistingObjectTag/", tag].concat(), value.as_str(), "origin.resource");
        }
    }
    let target = Target {
        action,
        resource: if key.is_empty() { arn::bucket(name) } else { arn::object(name, key) },
        account: Some(account.clone()),
        policy: bucket.policy.clone(),
        public_access_block: Some(public_access_block(call.cloud, bucket)),
    };
    let node = NodeRef::new(NodeKind::Bucket, name);
    let verdict = decide(call, request, target, keys, node);
    if verdict.allows() {
        return operation::refuse_headers(request);
    }
    Err(refusal(&verdict, request, &account, ResourceClause::Quoted))
}

/// Whether the tags of the object are among the action's condition keys.
///
/// AWS page: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
fn reads_tags(action: &str) -> bool {
    action.ends_with("ObjectTagging")
        || matches!(action, "s3:GetObject" | "s3:GetObjectVersion" | "s3:GetObjectAcl" | "s3:PutObjectAcl")
}

/// Condition keys that are called as the header or parameter whose value they hold: what a request sends, or that it
/// doesn't.
fn request_keys(keys: &mut Context, sent: &[(String, String)], names: &[&str]) {
    for key in names {
        match sent.iter().find(|(name, _)| key.strip_prefix("s3:") == Some(name)) {
            Some((_, value)) => keys.set(key, value.as_str(), "origin.request"),
            None => keys.absent(key, "origin.absent.not-sent"),
        }
    }
}

fn decide(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    target: Target,
    keys: Context,
    node: NodeRef,
) -> Verdict {
    let keys = s3_keys(call, &target, keys);
    let s3 = NodeRef::new(NodeKind::S3, call.host());
    authorize(call, &request.caller, target, keys, request.region, (s3, node))
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
