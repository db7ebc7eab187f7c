//! S3's messages: XML bodies, request ids in headers.

use super::Xml;
use crate::http::Response;
use crate::services::errors::{AwsError, S3_MALFORMED_XML};
use crate::xml::{self, Element};

/// The ids that S3 gives every answer.
#[derive(Debug, Clone)]
pub(in crate::services) struct RequestIds {
    /// `x-amz-request-id`
    pub request_id: String,
    /// `x-amz-id-2`
    pub host_id: String,
}

/// An error's answer. Its body is left out for `HEAD`, where HTTP forbids one.
pub(in crate::services) fn failure(error: &AwsError, ids: &RequestIds, head: bool) -> Response {
    let mut xml = Xml::new("Error", None);
    xml.leaf("Code", error.code);
    xml.leaf("Message", &error.message);
    for (name, value) in &error.fields {
        xml.leaf(name, value);
    }
    xml.leaf("RequestId", &ids.request_id);
    xml.leaf("HostId", &ids.host_id);
    let mut response = if head {
        let headers = vec![("Content-Type".to_string(), "application/xml".to_string())];
        Response { status: error.status, headers, body: Default::default() }
    } else {
        Response::new(error.status, "application/xml", xml.finish())
    };
    for (name, value) in &error.headers {
        response = response.with_header(name, value);
    }
    response
}

/// A request's body, whose root has this name.
///
/// # Errors
/// MalformedXML.
pub(in crate::services) fn document(body: &[u8], root: &str) -> Result<Element, AwsError> {
    let parsed = std::str::from_utf8(body).ok().and_then(xml::parse);
    parsed.filter(|element| element.name == root).ok_or_else(|| S3_MALFORMED_XML.error())
}
