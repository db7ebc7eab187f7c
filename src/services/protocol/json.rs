//! The JSON protocol of Organizations and CloudTrail: the operation in a header, objects in and out.
//!
//! AWS page: Smithy, "AWS JSON 1.1 protocol". Times are numbers, seconds since 1970.

use crate::clock::Timestamp;
use crate::gather::Gather;
use crate::http::{Request, Response};
use crate::json::{self, Member, Node, Value};
use crate::services::errors::{AwsError, JSON_SERIALIZATION};

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// Codes that the query services write otherwise.
const CODES: [(&str, &str); 8] = [
    ("AccessDenied", "AccessDeniedException"),
    ("ExpiredToken", "ExpiredTokenException"),
    ("IncompleteSignature", "IncompleteSignatureException"),
    ("InvalidAction", "UnknownOperationException"),
    ("InvalidClientTokenId", "UnrecognizedClientException"),
    ("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
    ("SignatureDoesNotMatch", "InvalidSignatureException"),
    ("ValidationError", "ValidationException"),
];

/// The operation: what stands after the point in `X-Amz-Target`. Empty where there is none.
pub(in crate::services) fn operation(request: &Request) -> &str {
    request.header("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
}

/// The object in the body; an empty body is an empty object.
///
/// # Errors
/// What isn't a JSON object.
pub(in crate::services) fn input(request: &Request) -> Result<Node, AwsError> {
    let text = request.body.text().map(|text| if text.trim().is_empty() { "{}" } else { text });
    let node = text.and_then(|text| json::parse(text).ok());
    node.filter(|node| node.kind() == "object").ok_or_else(|| JSON_SERIALIZATION.error())
}

/// The fields of an object to come; what has no value isn't one. Texts are given as rows, so that they need little code.
#[derive(Default)]
pub(in crate::services) struct Fields(Vec<Member>);

impl Fields {
    /// Texts alone.
    pub fn of(rows: &[(&str, &str)]) -> Self {
        let mut fields = Fields::default();
        fields.texts(rows);
        fields
    }

    /// Adds texts.
    pub fn texts(&mut self, rows: &[(&str, &str)]) {
        for (name, value) in rows {
            self.put(name, text(value));
        }
    }

    /// Adds texts, where there are some.
    pub fn maybe(&mut self, rows: &[(&str, Option<&str>)]) {
        for (name, value) in rows {
            self.put(name, value.map_or(Value::Null, text));
        }
    }

    /// Adds a value.
    pub fn put(&mut self, name: &str, value: Value) {
        if value != Value::Null {
            self.0.push(Member::new(name, value.node()));
        }
    }

    /// The object.
    pub fn object(self) -> Value {
        Value::Object(self.0)
    }
}

/// An object of texts.
pub(in crate::services) fn texts(rows: &[(&str, &str)]) -> Value {
    Fields::of(rows).object()
}

/// An object of one field.
pub(in crate::services) fn one(name: &str, value: Value) -> Value {
    let mut fields = Fields::default();
    fields.put(name, value);
    fields.object()
}

/// An array.
pub(in crate::services) fn list(items: Vec<Value>) -> Value {
    Value::Array(items.into_iter().map(Value::node).gather())
}

/// A string.
pub(in crate::services) fn text(text: &str) -> Value {
    Value::string(text)
}

/// A time as a number.
pub(in crate::services) fn time(at: Timestamp) -> Value {
    Value::Number(at.epoch_seconds().to_string().into())
}

/// A page of an answer that is one list: `size` items after the first `start`; `NextToken` counts those before the next.
pub(in crate::services) fn page(answer: Value, (start, size): (usize, usize)) -> Value {
    let Value::Object(mut members) = answer else {
        return answer;
    };
    let mut next = None;
    if let [Member { node: Node { value: Value::Array(items), .. }, .. }] = members.as_mut_slice() {
        let all = items.len();
        *items = items.drain(..).skip(start).take(size).gather();
        next = Some(start.saturating_add(size)).filter(|next| *next < all);
    }
    if let Some(next) = next {
        let node = Value::string(next.to_string()).node();
        members.push(Member::new("NextToken", node));
    }
    Value::Object(members)
}

/// A successful answer; no body where there is no value.
pub(in crate::services) fn success(answer: Value, request_id: &str) -> Response {
    let body = if answer == Value::Null { String::new() } else { json::to_compact(&answer.node()) };
    Response::new(200, CONTENT_TYPE, body).with_header("x-amzn-RequestId", request_id)
}

/// The code as this protocol writes it.
pub(in crate::services) fn code(error: &AwsError) -> &'static str {
    CODES.iter().find(|(query, _)| *query == error.code).map_or(error.code, |(_, code)| code)
}

/// An error's answer; every error of a caller has the status 400.
pub(in crate::services) fn failure(error: &AwsError, request_id: &str) -> Response {
    let mut fields = Fields::of(&[("__type", code(error)), ("Message", &error.message)]);
    for (name, value) in &error.fields {
        fields.put(name, text(value));
    }
    let body = json::to_compact(&fields.object().node());
    Response::new(error.status.clamp(400, 500) / 100 * 100, CONTENT_TYPE, body)
        .with_header("x-amzn-RequestId", request_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paged(start: usize, size: usize) -> String {
        let answer = one("Roots", list(["a", "b", "c"].map(text).to_vec()));
        json::to_compact(&page(answer, (start, size)).node())
    }

    #[test]
    fn pages_follow_each_other() {
        assert_eq!(paged(0, 2), r#"{"Roots":["a","b"],"NextToken":"2"}"#);
        assert_eq!(paged(2, 2), r#"{"Roots":["c"]}"#);
        assert_eq!(paged(0, 1), r#"{"Roots":["a"],"NextToken":"1"}"#);
        assert_eq!(paged(usize::MAX, 2), r#"{"Roots":[]}"#);
    }

    #[test]
    fn reads_the_operation_and_the_object() {
        let mut request = Request::new("POST", "https://organizations.us-east-1.amazonaws.com/")
            .with_header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots");
        assert_eq!(operation(&request), "ListRoots");
        assert_eq!(input(&request).unwrap().members().len(), 0);
        request.body = "[]".into();
        assert_eq!(input(&request).unwrap_err().code, "SerializationException");
    }
}
