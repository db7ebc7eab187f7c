//! DeleteObjects: removes up to a thousand objects, each authorized by itself.
//!
//! AWS page: S3 API Reference, "DeleteObjects". Without versions the only version id is `null`.
//! Left out on purpose: MFA delete; conditions on time and size, which directory buckets alone have.

use super::delete_object::delete;
use super::operation::not_modelled;
use super::payload::{is_vouched_for, payload};
use super::{NAMESPACE, S3Request, bucket, ok};
use crate::gather::Gather;
use crate::http::Response;
use crate::services::call::Call;
use crate::services::errors::{AwsError, S3_MALFORMED_XML, S3_NO_CHECKSUM};
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
    let objects: Vec<&Element> = root.children("Object").gather();
    if !(1..=MOST).contains(&objects.len()) {
        return Err(S3_MALFORMED_XML.error());
    }
    for object in &objects {
        check(object)?;
    }
    let quiet = root.child_text("Quiet").as_deref() == Some("true");
    let mut xml = Xml::new("DeleteResult", Some(NAMESPACE));
    for object in objects {
        let text = |name: &str| object.child(name).map(|child| child.text.as_str());
        let (key, version) = (text("Key").unwrap_or_default(), text("VersionId"));
        let deleted = delete(call, request, key, version, text("ETag"));
        if deleted.is_ok() && quiet {
            continue;
        }
        xml.begin(if deleted.is_ok() { "Deleted" } else { "Error" });
        xml.leaf("Key", key);
        xml.maybe("VersionId", version);
        if let Err(error) = deleted {
            xml.leaf("Code", error.code);
            xml.leaf("Message", &error.message);
        }
        xml.end();
    }
    Ok(ok(xml))
}

/// Whether what names an object has a key, and nothing that isn't modelled.
fn check(object: &Element) -> Result<(), AwsError> {
    if object.child("Key").is_none_or(|key| key.text.is_empty()) {
        return Err(S3_MALFORMED_XML.error());
    }
    let known = |element: &&Element| ["Key", "VersionId", "ETag"].contains(&element.name.as_str());
    match object.elements().iter().find(|element| !known(element)) {
        Some(other) => Err(not_modelled(&["DeleteObjects ", &other.name].concat())),
        None => Ok(()),
    }
}
