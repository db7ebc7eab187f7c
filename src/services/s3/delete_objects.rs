//! DeleteObjects: removes up to a thousand objects, each authorized by itself.
//!
//! AWS page: S3 API Reference, "DeleteObjects". Left out on purpose: versions, MFA delete.

use super::operation::not_modelled;
use super::payload::{is_vouched_for, payload};
use super::{NAMESPACE, S3Request, bucket, permit};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML, S3_NO_CHECKSUM};
use crate::services::protocol::{Xml, rest_xml};

/// The most keys of a request.
const MOST: usize = 1000;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>, name: &str) -> Result<Response, AwsError> {
    bucket(call.cloud, name)?;
    let http = call.request;
    if !is_vouched_for(http) {
        return Err(S3_NO_CHECKSUM.error());
    }
    let payload = payload(http)?;
    let (keys, quiet) = parse(&payload.bytes)?;
    let mut xml = Xml::new("DeleteResult", Some(NAMESPACE));
    for key in keys {
        match permit(call, request, name, Some(&key), "s3:DeleteObject", Context::default()) {
            Ok(()) => {
                if let Some(bucket) = call.cloud.buckets.get_mut(name) {
                    bucket.objects.remove(&key);
                }
                if !quiet {
                    xml.begin("Deleted");
                    xml.leaf("Key", &key);
                    xml.end();
                }
            }
            Err(error) => {
                xml.begin("Error");
                xml.leaf("Key", &key);
                xml.leaf("Code", error.code);
                xml.leaf("Message", &error.message);
                xml.end();
            }
        }
    }
    Ok(Response::new(200, "application/xml", xml.finish()))
}

/// The keys, and whether only errors are to be told.
fn parse(body: &[u8]) -> Result<(Vec<String>, bool), AwsError> {
    let malformed = || S3_MALFORMED_XML.error();
    let root = rest_xml::document(body, "Delete")?;
    let mut keys = Vec::new();
    for object in root.children("Object") {
        if object.child("VersionId").is_some() {
            return Err(not_modelled("DeleteObjects: VersionId".to_string()));
        }
        keys.push(object.child_text("Key").filter(|key| !key.is_empty()).ok_or_else(malformed)?);
    }
    if keys.is_empty() || keys.len() > MOST {
        return Err(malformed());
    }
    Ok((keys, root.child_text("Quiet").as_deref() == Some("true")))
}
