//! From an exchange at a service to events: nothing is kept beside what was sent and answered.
//!
//! AWS page: CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events".
//! Entry: [`note`]. A request whose signature isn't verified leaves no event, nor does one about objects of S3, which
//! are data events.

use super::parameters::{self, of_form, of_json, of_xml};
use super::user_identity::{self, Identity};
use crate::arn::Arn;
use crate::cloud::TrailEvent;
use crate::gather::Gather;
use crate::http::Response;
use crate::json::{Value, to_compact};
use crate::services::call::Call;
use crate::services::protocol::json::{Fields, list, one, texts};
use crate::services::protocol::query::Parameters;
use crate::sigv4::parse_authorization;
use crate::trace::{Outcome, StepKind};
use crate::xml;

/// Beginnings of the names of operations that change nothing.
const READS: [&str; 10] =
    ["Get", "List", "Describe", "Lookup", "Head", "Simulate", "Decode", "Validate", "Assume", "Generate"];

/// The longest requestParameters and responseElements, in bytes.
const MAX_ELEMENT: usize = 100 * 1024;

/// What a service was asked, and what it answered.
pub(in crate::services) struct Exchange<'a> {
    /// `sts`
    pub service: &'a str,
    /// awsRegion.
    pub region: &'a str,
    /// `AssumeRole`
    pub operation: &'a str,
    /// The code of a failure.
    pub error: Option<&'a str>,
    pub response: &'a Response,
}

/// Adds the events of an exchange to the event history. The `authenticate` step tells whether the caller is known.
pub(in crate::services) fn note(call: &mut Call<'_>, exchange: &Exchange<'_>) {
    let verified = call.recorder.steps().filter(|step| step.kind == StepKind::Authenticate).last();
    let verified = verified.is_some_and(|step| step.outcome == Outcome::Ok);
    if !verified || is_data(exchange) {
        return;
    }
    let Ok(Some(provided)) = parse_authorization(call.request) else { return };
    let Some(identity) = user_identity::of(call.cloud, &provided.access_key_id) else { return };
    let request = of_size(request_parameters(call, exchange));
    let response = of_size(response_elements(exchange));
    let mut resources = Vec::new();
    for value in [&request, &response] {
        parameters::resources(value, &mut resources);
    }
    let role = object_text(&request, "roleArn").filter(|_| exchange.operation == "AssumeRole");
    let owner = role.and_then(|role| Arn::parse(&role).map(|arn| arn.account.to_string()));
    let mut accounts: Vec<String> = identity.account.iter().cloned().gather();
    accounts.extend(owner.filter(|owner| identity.account.as_ref() != Some(owner)));
    let shared = (accounts.len() > 1 || identity.account.is_none()).then(|| id(call, "shared"));
    accounts.retain(|account| call.cloud.accounts.contains_key(account));
    for account in &accounts {
        let event_id = id(call, account);
        let parts = Parts { exchange, identity: &identity, request: &request, response: &response };
        let record = record(call, &parts, (&event_id, account, shared.as_deref()));
        let event = TrailEvent {
            id: event_id,
            at: call.cloud.now,
            account: account.clone(),
            region: exchange.region.to_string(),
            name: exchange.operation.to_string(),
            source: source(exchange.service),
            read_only: is_read(exchange.operation),
            access_key_id: identity.access_key_id.clone(),
            username: identity.username.clone(),
            resources: resources.clone(),
            record: to_compact(&record.node()),
        };
        call.cloud.trail.add(event);
    }
}

/// The value, or that it was too large.
fn of_size(value: Value) -> Value {
    let text = to_compact(&value.clone().node());
    if text.len() > MAX_ELEMENT { one("omitted", Value::Bool(true)) } else { value }
}

/// What S3's clients do with objects, and with the list of them.
fn is_data(exchange: &Exchange<'_>) -> bool {
    let bucket = ["Bucket", "PublicAccessBlock", "OwnershipControls"];
    exchange.service == "s3"
        && (exchange.operation == "HeadBucket"
            || !bucket.iter().any(|word| exchange.operation.contains(word)))
}

fn is_read(operation: &str) -> bool {
    READS.iter().any(|start| operation.starts_with(start))
}

fn source(service: &str) -> String {
    let service = if service == "s3-control" { "s3" } else { service };
    [service, ".amazonaws.com"].concat()
}

/// An id of an event, a UUID.
fn id(call: &mut Call<'_>, of: &str) -> String {
    let trail = &mut call.cloud.trail;
    trail.made = trail.made.saturating_add(1);
    call.cloud.entropy.uuid(&["event", of, &trail.made.to_string()])
}

fn object_text(value: &Value, name: &str) -> Option<String> {
    let Value::Object(members) = value else { return None };
    members.iter().find(|member| &*member.key == name)?.node.as_str().map(str::to_string)
}

fn request_parameters(call: &Call<'_>, exchange: &Exchange<'_>) -> Value {
    match exchange.service {
        "sts" | "iam" | "ec2" => of_form(&Parameters::of(call.request), exchange.service == "ec2"),
        "s3" => {
            let host = call.host();
            let path = call.request.parts().map_or(String::new(), |url| crate::http::decode(url.path));
            let virtual_hosted = host.split_once(".s3.").map(|(bucket, _)| bucket.to_string());
            let segment = path.trim_start_matches('/').split('/').next().map(str::to_string);
            let bucket = virtual_hosted.or(segment).filter(|bucket| !bucket.is_empty());
            let mut fields = Fields::default();
            fields.maybe(&[("bucketName", bucket.as_deref()), ("Host", Some(&host))]);
            fields.object()
        }
        _ => parameters::body(call.request.body.text()).map_or(Value::Null, |node| of_json(&node)),
    }
}

/// What the operation answered, where it changed something or gave credentials.
fn response_elements(exchange: &Exchange<'_>) -> Value {
    let told = !is_read(exchange.operation) || exchange.operation.starts_with("Assume");
    if exchange.error.is_some() || !told {
        return Value::Null;
    }
    let body = exchange.response.body.text();
    if let Some(node) = parameters::body(body) {
        return of_json(&node);
    }
    let Some(root) = body.and_then(xml::parse) else { return Value::Null };
    let result = root.elements().iter().find(|child| child.name.ends_with("Result"));
    match (result, exchange.service) {
        (Some(result), _) if result.elements().is_empty() => Value::Null,
        (Some(result), _) => of_xml(result),
        (None, "ec2") => of_xml(&root),
        _ => Value::Null,
    }
}

/// The text of an error, wherever its protocol puts it.
fn error_message(response: &Response) -> Option<String> {
    let body = response.body.text();
    if let Some(node) = parameters::body(body) {
        return node.get("Message").or(node.get("message"))?.as_str().map(str::to_string);
    }
    let root = body.and_then(xml::parse)?;
    let error = root.child("Error").or_else(|| root.child("Errors")?.child("Error")).unwrap_or(&root);
    error.child_text("Message")
}

/// The code as CloudTrail writes it: EC2's with `Client.` before it, IAM's with `Exception` after it.
fn error_code(service: &str, code: &str) -> String {
    match service {
        "ec2" => ["Client.", code].concat(),
        "iam" if code != "AccessDenied" => [code, "Exception"].concat(),
        _ => code.to_string(),
    }
}

struct Parts<'a> {
    exchange: &'a Exchange<'a>,
    identity: &'a Identity,
    request: &'a Value,
    response: &'a Value,
}

fn record(call: &Call<'_>, parts: &Parts<'_>, (id, account, shared): (&str, &str, Option<&str>)) -> Value {
    let Parts { exchange, identity, request, response } = parts;
    let arrival = call.arrival;
    let service = identity.service.as_deref();
    let address = arrival.source_ip.to_string();
    let code = exchange.error.map(|code| error_code(exchange.service, code));
    let message = exchange.error.and_then(|_| error_message(exchange.response));
    let endpoint = arrival.endpoint.as_ref().filter(|_| service.is_none());
    let mut ids = ["x-amzn-requestid", "x-amz-request-id"].iter();
    let request_id = ids.find_map(|name| exchange.response.header(name)).unwrap_or_default();
    let mut fields = Fields::of(&[("eventVersion", "1.11")]);
    fields.put("userIdentity", identity.element.clone());
    fields.maybe(&[
        ("eventTime", Some(&call.cloud.now.iso8601())),
        ("eventSource", Some(&source(exchange.service))),
        ("eventName", Some(exchange.operation)),
        ("awsRegion", Some(exchange.region)),
        ("sourceIPAddress", Some(service.unwrap_or(&address))),
        ("userAgent", service.or_else(|| call.request.header("user-agent"))),
        ("errorCode", code.as_deref()),
        ("errorMessage", message.as_deref()),
    ]);
    fields.put("requestParameters", (*request).clone());
    fields.put("responseElements", (*response).clone());
    fields.texts(&[("requestID", request_id), ("eventID", id)]);
    fields.put("readOnly", Value::Bool(is_read(exchange.operation)));
    if let Some(arn) = object_text(request, "roleArn").filter(|_| exchange.operation == "AssumeRole") {
        let account = Arn::parse(&arn).map_or("", |arn| arn.account);
        let role = texts(&[("accountId", account), ("type", "AWS::IAM::Role"), ("ARN", &arn)]);
        fields.put("resources", list(vec![role]));
    }
    fields.texts(&[("eventType", "AwsApiCall")]);
    fields.put("managementEvent", Value::Bool(true));
    fields.maybe(&[
        ("recipientAccountId", Some(account)),
        ("sharedEventID", shared),
        ("vpcEndpointId", endpoint.map(|passage| passage.endpoint_id.as_str())),
        ("vpcEndpointAccountId", endpoint.map(|passage| passage.account.as_str())),
        ("eventCategory", Some("Management")),
    ]);
    if arrival.secure_transport {
        let host = call.host();
        fields.put("tlsDetails", texts(&[("tlsVersion", "TLSv1.3"), ("clientProvidedHostHeader", &host)]));
    }
    fields.object()
}
