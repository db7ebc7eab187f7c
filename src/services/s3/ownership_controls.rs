//! GetBucketOwnershipControls, PutBucketOwnershipControls, DeleteBucketOwnershipControls: S3 Object Ownership.
//!
//! AWS pages: S3 API Reference, one of each name. Deleting needs the permission to put.

use super::payload::payload;
use super::{NAMESPACE, S3Request, bucket, bucket_mut, done, no_content, ok};
use crate::cloud::ObjectOwnership;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML, S3_NO_OWNERSHIP_CONTROLS};
use crate::services::protocol::{Xml, rest_xml};

pub(super) const PUT: &str = "s3:PutBucketOwnershipControls";

pub(super) fn get(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let own = bucket(call.cloud, &request.bucket)?.ownership;
    let name =
        own.name().ok_or_else(|| S3_NO_OWNERSHIP_CONTROLS.error().field("BucketName", &request.bucket))?;
    let mut xml = Xml::new("OwnershipControls", Some(NAMESPACE));
    xml.begin("Rule");
    xml.leaf("ObjectOwnership", name);
    Ok(ok(xml))
}

pub(super) fn put(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    let root = rest_xml::document(&payload(request)?.bytes, "OwnershipControls")?;
    let name = root.child("Rule").and_then(|rule| rule.child_text("ObjectOwnership"));
    let setting =
        name.and_then(|name| ObjectOwnership::named(&name)).ok_or_else(|| S3_MALFORMED_XML.error())?;
    bucket_mut(call.cloud, &request.bucket)?.ownership = setting;
    Ok(done())
}

pub(super) fn delete(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    bucket_mut(call.cloud, &request.bucket)?.ownership = ObjectOwnership::Absent;
    Ok(no_content())
}
