//! The instance metadata service, versions 1 and 2.
//!
//! AWS page: EC2 User Guide, "Use the Instance Metadata Service to access instance metadata". Entry: [`handle`].
//! Simplified: every dated version holds what `latest` holds. Left out on purpose: pkcs7 and signature of the identity
//! document, which answer 404 and say so in the trace.

mod credentials;
mod token;
mod tree;

use super::call::Call;
use crate::cloud::{HttpTokens, Instance, RoleDelivery};
use crate::http::{Response, Url, decode};
use crate::trace::{Evidence, HttpEvidence, Outcome, Params, StepKind};
use crate::trace::{NodeKind, NodeRef};
use tree::Entry;

const TOKEN: &str = "x-aws-ec2-metadata-token";
const TOKEN_TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";
const TOKEN_PATH: &str = "/latest/api/token";
/// A token's longest life: six hours.
const MAX_TTL: i64 = 21_600;

/// What happened, and the answer to it.
struct Answer {
    outcome: Outcome,
    code: &'static str,
    params: Params,
    response: Response,
}

impl Answer {
    fn new(outcome: Outcome, code: &'static str, response: Response) -> Self {
        Answer { outcome, code, params: Params::new(), response }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.insert(name, value.into());
        self
    }
}

/// Answers a request to `169.254.169.254` and records one step, inside which the role's credentials are got.
pub(super) fn handle(call: &mut Call<'_>) -> Response {
    let to = NodeRef::new(NodeKind::Imds, call.host());
    let step = call.recorder.open(StepKind::Imds, call.from.clone(), to, call.cloud.now);
    let asked = call.arrival.metadata.as_ref().and_then(|(id, _)| call.cloud.instance(id)).cloned();
    let answer = match asked {
        Some(instance) => {
            let mut answer = answer(call, &instance);
            let date = call.cloud.now.http_date();
            answer.response = answer.response.with_header("Date", date).with_header("Server", "EC2ws");
            answer
        }
        None => Answer::new(Outcome::Error, "imds.no-instance", page(404)),
    };
    let Answer { outcome, code, mut params, response } = answer;
    params.insert("path", call.request.parts().map_or_else(String::new, |url| decode(url.path)));
    let evidence = HttpEvidence { request: call.request.clone(), response: Some(response.clone()) };
    call.recorder.close(step, outcome, code, params, Evidence::Http(evidence));
    if call.request.method == "HEAD" { Response { body: Default::default(), ..response } } else { response }
}

fn answer(call: &mut Call<'_>, instance: &Instance) -> Answer {
    if !instance.metadata_options.enabled {
        return Answer::new(Outcome::Error, "imds.disabled", page(403));
    }
    let path = call.request.parts().map_or("/", |url: Url<'_>| url.path).to_string();
    match call.request.method.as_str() {
        "PUT" if path == TOKEN_PATH => put_token(call, instance),
        "PUT" => Answer::new(Outcome::Error, "imds.put-elsewhere", page(403)),
        "GET" | "HEAD" if path == TOKEN_PATH => {
            let response = Response::new(405, "text/plain", "").with_header("Allow", "OPTIONS, PUT");
            Answer::new(Outcome::Error, "imds.method-not-allowed", response)
        }
        "GET" | "HEAD" => match admit(call, instance) {
            Ok(version) => get(call, instance, version, &path),
            Err(code) => Answer::new(Outcome::Error, code, page(401)),
        },
        _ => Answer::new(Outcome::Error, "imds.method-not-allowed", page(405)),
    }
}

fn put_token(call: &Call<'_>, instance: &Instance) -> Answer {
    if call.request.header("x-forwarded-for").is_some() {
        return Answer::new(Outcome::Error, "imds.token.forwarded", page(403));
    }
    let ttl = call.request.header(TOKEN_TTL).and_then(|text| text.trim().parse::<i64>().ok());
    let Some(ttl) = ttl.filter(|ttl| (1..=MAX_TTL).contains(ttl)) else {
        return Answer::new(Outcome::Error, "imds.token.bad-ttl", page(400));
    };
    let token = token::issue(&call.cloud.entropy, &instance.id, call.cloud.now.plus_seconds(ttl));
    let response = Response::new(200, "text/plain", token)
        .with_header("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", ttl.to_string());
    Answer::new(Outcome::Ok, "imds.token.issued", response).with("seconds", ttl.to_string())
}

/// Whether a GET may be answered, and under which version it counts, or the code of the refusal.
fn admit(call: &Call<'_>, instance: &Instance) -> Result<RoleDelivery, &'static str> {
    let Some(given) = call.request.header(TOKEN) else {
        return match instance.metadata_options.http_tokens {
            HttpTokens::Required => Err("imds.token-required"),
            HttpTokens::Optional => Ok(RoleDelivery::ImdsV1),
        };
    };
    match token::check(&call.cloud.entropy, &instance.id, call.cloud.now, given) {
        token::Check::Good => Ok(RoleDelivery::ImdsV2),
        token::Check::Expired => Err("imds.token.expired"),
        token::Check::Wrong => Err("imds.token.invalid"),
    }
}

fn get(call: &mut Call<'_>, instance: &Instance, version: RoleDelivery, path: &str) -> Answer {
    let path = tree::undated(&decode(path));
    if path == "/latest/user-data" {
        return user_data(instance);
    }
    let Some(rest) = path.strip_prefix("/latest/meta-data/iam") else {
        return document(call, instance, &path);
    };
    if instance.instance_profile.is_none() {
        return Answer::new(Outcome::Error, "imds.no-instance-profile", page(404));
    }
    match rest {
        "/info" => credentials::info(call, instance),
        "/security-credentials/" => credentials::role_name(call, instance),
        _ => match rest.strip_prefix("/security-credentials/") {
            Some(role) => credentials::deliver(call, instance, version, role),
            None => document(call, instance, &path),
        },
    }
}

/// User data as it was given at the launch; its bytes may be no text.
fn user_data(instance: &Instance) -> Answer {
    match &instance.record.user_data {
        Some(bytes) => {
            let response = Response::new(200, "application/octet-stream", bytes.to_vec());
            Answer::new(Outcome::Ok, "imds.document", response)
        }
        None => Answer::new(Outcome::Error, "imds.not-found", page(404)),
    }
}

fn document(call: &Call<'_>, instance: &Instance, path: &str) -> Answer {
    match tree::find(call.cloud, instance, path) {
        Entry::Document(text) => Answer::new(Outcome::Ok, "imds.document", plain(text, instance)),
        Entry::Listing(names) => Answer::new(Outcome::Ok, "imds.listing", plain(names.join("\n"), instance)),
        Entry::Elsewhere => {
            let to = format!("http://{}{path}/", call.host());
            let response = Response::new(301, "text/html", "").with_header("Location", to);
            Answer::new(Outcome::Ok, "imds.directory-moved", response)
        }
        Entry::Absent => Answer::new(Outcome::Error, "imds.not-found", page(404)),
        Entry::NotModelled => Answer::new(Outcome::Error, "imds.not-modelled", page(404)),
    }
}

/// A document as the metadata service sends it.
fn plain(text: String, instance: &Instance) -> Response {
    Response::new(200, "text/plain", text)
        .with_header("Accept-Ranges", "none")
        .with_header("Last-Modified", instance.launched.http_date())
}

/// The page that the metadata service sends with an error.
fn page(status: u16) -> Response {
    let reason = match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        405 => "Method Not Allowed",
        _ => "Not Found",
    };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n\
         <!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"\n\
         \t\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">\n \
         <head>\n  <title>{status} - {reason}</title>\n </head>\n \
         <body>\n  <h1>{status} - {reason}</h1>\n </body>\n</html>\n"
    );
    Response::new(status, "text/html", body)
}
