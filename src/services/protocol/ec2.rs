//! EC2's dialect of the query protocol: no result element, lists of `<item>`, errors in `<Response>`.
//!
//! AWS page: EC2 API Reference, "Query requests for Amazon EC2" and "Error codes" (example of an error).

use super::{Tree, Xml};
use crate::http::Response;
use crate::services::errors::AwsError;

const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

/// A successful answer; `element` is `OPERATIONResponse`.
pub(in crate::services) fn success(element: &'static str, answer: &Tree, request_id: &str) -> Response {
    let mut xml = Xml::new(element, Some(NAMESPACE));
    xml.leaf("requestId", request_id);
    answer.write("item", &mut xml);
    respond(200, xml, request_id)
}

/// An error's answer.
pub(in crate::services) fn failure(error: &AwsError, request_id: &str) -> Response {
    let mut xml = Xml::new("Response", None);
    xml.begin("Errors");
    xml.begin("Error");
    xml.leaf("Code", error.code);
    xml.leaf("Message", &error.message);
    xml.end();
    xml.end();
    xml.leaf("RequestID", request_id);
    respond(error.status, xml, request_id)
}

fn respond(status: u16, xml: Xml, request_id: &str) -> Response {
    Response::new(status, "text/xml;charset=UTF-8", xml.finish()).with_header("x-amzn-requestid", request_id)
}
