//! DeleteObjects: removes up to a thousand objects, each authorized by itself.
//!
//! AWS page: S3 API Reference, "DeleteObjects". Without versions the only version id is `null`.
//! Left out on purpose: MFA delete.

use super::payload::{is_vouched_for, payload};
use super::{NAMESPACE, S3Request, bucket, bucket_mut, ok, permit_on};
use crate::authorization::Context;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML, S3_NO_CHECKSUM, S3_NO_SUCH_VERSION};
use crate::services::protocol::{Xml, rest_xml};
use crate::xml::Element;

/// The most keys of a request.
const MOST: usize = 1000;

pub(super) fn handle(call: &mut Call<'_>, request: &S3Request<'_>) -> Result<Response, AwsError> {
    bucket(call.cloud, &request.bucket)?;
    if !is_vouched_for(request) {
        return Err(S3_NO_CHECKSUM.error());
    }
    let payload = payload(request)?;
    let root = rest_xml::document(&payload.bytes, "Delete")?;
    let names = |object: &Element| Some((object.child_text("Key")?, object.child_text("VersionId")));
    let objects: Option<Vec<_>> = root.children("Object").map(names).collect();
    let objects = objects.filter(|all| (1..=MOST).contains(&all.len()));
    let objects = objects.filter(|all| all.iter().all(|(key, _)| !key.is_empty()));
    let objects = objects.ok_or_else(|| S3_MALFORMED_XML.error())?;
    let quiet = root.child_text("Quiet").as_deref() == Some("true");
    let mut xml = Xml::new("DeleteResult", Some(NAMESPACE));
    for (key, version) in objects {
        let deleted = delete(call, request, &key, version.as_deref());
        if deleted.is_ok() && quiet {
            continue;
        }
        xml.begin(if deleted.is_ok() { "Deleted" } else { "Error" });
        xml.leaf("Key", &key);
        xml.maybe("VersionId", version.as_deref());
        if let Err(error) = deleted {
            xml.leaf("Code", error.code);
            xml.leaf("Message", &error.message);
        }
        xml.end();
    }
    Ok(ok(xml))
}

fn delete(
    call: &mut Call<'_>,
    request: &S3Request<'_>,
    key: &str,
    version: Option<&str>,
) -> Result<(), AwsError> {
    let action = if version.is_some() { "s3:DeleteObjectVersion" } else { "s3:DeleteObject" };
    permit_on(call, request, (&request.bucket, key), action, Context::default())?;
    if version.is_some_and(|version| version != "null") {
        return Err(S3_NO_SUCH_VERSION.error());
    }
    bucket_mut(call.cloud, &request.bucket)?.objects.remove(key);
    Ok(())
}
