//! Builds, signs and sends one request of an operation, and reads an error answer.
//!
//! AWS pages: S3 User Guide, "Request redirection and the REST API"; S3 API Reference, "Error responses".
//! A bucket of another region is asked again there, once, as the CLI does.

use super::endpoint::{Endpoint, endpoint_for};
use super::left_out;
use super::messages::{invalid_bucket_name, reason_phrase};
use super::{
    ClientError, Configuration, ConnectFailure, Credentials, Kept, Transport, credential_chain, region,
};
use crate::http::{Body, Headers, Request, Response};
use crate::json::{self, Node};
use crate::sigv4::{self, SigningKeyParams};
use crate::trace::{Evidence, Outcome, Params, SignEvidence, StepKind};
use crate::xml;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986's unreserved characters stay as they are.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// In a key the slash stays too.
const IN_PATH: AsciiSet = RESERVED.remove(b'/');

/// A client of one service, with its region and credentials.
pub struct Client<'a> {
    configuration: &'a Configuration,
    /// The way out.
    pub transport: &'a mut dyn Transport,
    service: &'static str,
    region: Option<String>,
    /// Where a bucket answered that it is in another region.
    redirected: Option<(String, String)>,
    credentials: Option<Credentials>,
}

/// One request, before endpoint and signature.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// `ListBuckets`
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Bucket, not encoded.
    pub bucket: Option<String>,
    /// Key, not encoded.
    pub key: Option<String>,
    /// Path of a call without bucket and key, as sent; empty: `/`.
    pub path: &'static str,
    /// What stands first in the query, as sent: `policy`, `list-type=2`.
    pub subresource: &'static str,
    /// Query, not encoded, in order.
    pub query: Vec<(&'static str, String)>,
    /// Headers that are signed.
    pub headers: Headers,
    /// Body.
    pub body: String,
}

impl<'a> Client<'a> {
    /// Finds region and credentials. Missing credentials are no error until something must be signed.
    pub fn new(
        configuration: &'a Configuration,
        transport: &'a mut dyn Transport,
        service: &'static str,
    ) -> Result<Self, Box<ClientError>> {
        left_out::stop(configuration)?;
        let region = region(configuration, transport)?.map(|(region, _)| region);
        let credentials = match configuration.options.no_sign_request {
            true => None,
            false => credential_chain(configuration, region.as_deref(), transport)?,
        };
        Ok(Client { configuration, transport, service, region, redirected: None, credentials })
    }

    /// A client with credentials that are known.
    pub fn with(
        configuration: &'a Configuration,
        transport: &'a mut dyn Transport,
        service: &'static str,
        region: Option<&str>,
        credentials: Credentials,
    ) -> Self {
        let region = region.map(str::to_string);
        Client { configuration, transport, service, region, redirected: None, credentials: Some(credentials) }
    }

    /// What is to be kept of new credentials.
    pub fn kept(&self) -> Option<Kept> {
        self.credentials.as_ref()?.kept.clone()
    }

    /// Sends a call; `Err` for an answer of 300 and more too.
    pub fn send(&mut self, call: &Call) -> Result<Response, Box<ClientError>> {
        if let Some(bucket) = call.bucket.as_deref().filter(|bucket| !is_bucket_name(bucket)) {
            return Err(ClientError::ParamValidation { report: invalid_bucket_name(bucket) }.into());
        }
        let known = self.redirected.as_ref().filter(|(bucket, _)| call.bucket.as_ref() == Some(bucket));
        let region = known.map(|(_, region)| region.clone()).or_else(|| self.region.clone());
        let answer = self.attempt(call, region.as_deref())?;
        let Some(region) = redirection(call, &answer.0, region.as_deref()) else {
            return judge(call, answer);
        };
        self.redirected = call.bucket.clone().map(|bucket| (bucket, region.clone()));
        let answer = self.attempt(call, Some(&region))?;
        judge(call, answer)
    }

    fn attempt(
        &mut self,
        call: &Call,
        region: Option<&str>,
    ) -> Result<(Response, Option<String>), Box<ClientError>> {
        let endpoint = endpoint_for(self.configuration, self.service, region, call.bucket.as_deref())?;
        let request = self.sign(call, &endpoint)?;
        let url = request.url.clone();
        exchange(self.transport, request).map_err(|failure| {
            Box::new(match failure {
                ConnectFailure::TimedOut(_) => ClientError::ConnectTimeout { url },
                ConnectFailure::Unresolved | ConnectFailure::Unreachable => {
                    ClientError::EndpointConnection { url }
                }
            })
        })
    }

    /// The client's region, if it has one.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The URL of a call, signed for whoever holds it; nothing is sent.
    pub fn presign(&mut self, call: &Call, expires: u32) -> Result<String, Box<ClientError>> {
        let region = self.region.as_deref();
        let endpoint = endpoint_for(self.configuration, self.service, region, call.bucket.as_deref())?;
        let credentials = self.credentials.as_ref().ok_or(ClientError::NoCredentials)?;
        let request = Request::new(call.method, &url(call, &endpoint));
        Ok(sigv4::presign(&request, &self.params(credentials, &endpoint), expires).request.url)
    }

    fn params<'b>(&self, credentials: &'b Credentials, endpoint: &'b Endpoint) -> SigningKeyParams<'b> {
        SigningKeyParams {
            access_key_id: &credentials.access_key_id,
            secret: &credentials.secret_access_key,
            session_token: credentials.session_token.as_deref(),
            region: &endpoint.signing_region,
            // S3 Control signs as S3.
            service: if self.service == "s3-control" { "s3" } else { self.service },
            at: self.transport.now(),
        }
    }

    /// The request as it leaves; without credentials only where none are wanted.
    fn sign(&mut self, call: &Call, endpoint: &Endpoint) -> Result<Request, Box<ClientError>> {
        let mut request = Request::new(call.method, &url(call, endpoint));
        request.headers.extend(call.headers.iter().cloned());
        request.headers.push(("User-Agent".to_string(), self.configuration.user_agent()));
        request.body = Body::from(call.body.as_str());
        if !self.configuration.options.no_sign_request {
            let credentials = self.credentials.as_ref().ok_or(ClientError::NoCredentials)?;
            let params = self.params(credentials, endpoint);
            let (host, now) = (self.transport.host(), self.transport.now());
            let step = self.transport.recorder().open(StepKind::Sign, host.clone(), host, now);
            let signed = sigv4::sign(&request, &params);
            let text = Params::from([
                ("accessKeyId", credentials.access_key_id.clone()),
                ("region", endpoint.signing_region.clone()),
                ("service", self.service.to_string()),
            ]);
            let evidence = SignEvidence {
                canonical_request: signed.canonical_request,
                string_to_sign: signed.string_to_sign,
                scope: signed.scope.to_string(),
                signed_headers: signed.signed_headers,
                signature: signed.signature,
            };
            self.transport.recorder().close(step, Outcome::Ok, "sign.signed", text, Evidence::Sign(evidence));
            request = signed.request;
        }
        // The HTTP layer adds these after the signature.
        request.headers.insert(1.min(request.headers.len()), ("Accept-Encoding".into(), "identity".into()));
        if !request.body.0.is_empty() {
            let length = request.body.0.len().to_string();
            request.headers.push(("Content-Length".to_string(), length));
        }
        Ok(request)
    }
}

/// An answer of 300 and more is an error.
fn judge(call: &Call, (response, decided): (Response, Option<String>)) -> Result<Response, Box<ClientError>> {
    if response.status < 300 {
        return Ok(response);
    }
    let (code, message) = error_of(&response)
        .unwrap_or_else(|| (response.status.to_string(), reason_phrase(response.status).to_string()));
    let (operation, status) = (call.operation, response.status);
    Err(ClientError::Service { code, message, operation, status, decided }.into())
}

/// Sends a request, with the code that the service writes into its own step where it fails: HEAD keeps that from
/// the wire.
pub fn exchange(
    transport: &mut dyn Transport,
    request: Request,
) -> Result<(Response, Option<String>), ConnectFailure> {
    let before = transport.recorder().steps().count();
    let response = transport.exchange(request)?;
    let responds = transport.recorder().steps().skip(before).filter(|step| step.kind == StepKind::Respond);
    let decided = responds.last().and_then(|step| step.params.get("error").cloned());
    Ok((response, decided))
}

/// The code in an error answer's body.
pub fn error_code(response: &Response) -> Option<String> {
    error_of(response).map(|(code, _)| code)
}

/// Code and message of an error answer: JSON, S3's form or that of the query services.
fn error_of(response: &Response) -> Option<(String, String)> {
    let text = response.body.text()?;
    if text.starts_with('{') {
        let node = json::parse(text).ok()?;
        let member = |name| node.get(name).and_then(Node::as_str);
        let code =
            response.header("x-amzn-errortype").or_else(|| member("__type")).or_else(|| member("code"))?;
        // `com.amazonaws.organizations#AccessDeniedException:http://...`
        let code = code.split(':').next().and_then(|code| code.rsplit('#').next()).unwrap_or(code);
        let message = member("message").or_else(|| member("Message")).unwrap_or_default();
        return Some((code.to_string(), message.to_string()));
    }
    let root = xml::parse(text)?;
    let error = match root.name.as_str() {
        "Error" => &root,
        "ErrorResponse" => root.child("Error")?,
        // EC2's form.
        "Response" => root.child("Errors")?.child("Error")?,
        _ => return None,
    };
    Some((error.child_text("Code")?, error.child_text("Message").unwrap_or_default()))
}

/// The region where a bucket is to be asked again.
fn redirection(call: &Call, response: &Response, asked: Option<&str>) -> Option<String> {
    call.bucket.as_ref()?;
    let code = error_of(response).map(|(code, _)| code);
    let redirects = matches!(response.status, 301 | 302 | 307)
        || matches!(code.as_deref(), Some("AuthorizationHeaderMalformed" | "PermanentRedirect"))
        || (call.operation == "HeadObject" && response.status == 400);
    let in_body = || xml::parse(response.body.text()?)?.child_text("Region");
    let region = response.header("x-amz-bucket-region").map(str::to_string).or_else(in_body)?;
    let is_label = region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (redirects && is_label && !region.is_empty() && Some(region.as_str()) != asked).then_some(region)
}

/// A key as paths carry it.
pub fn encode_key(key: &str) -> String {
    utf8_percent_encode(key, &IN_PATH).to_string()
}

fn url(call: &Call, endpoint: &Endpoint) -> String {
    let mut url = format!("{}{}", endpoint.url, endpoint.path);
    if let Some(key) = &call.key {
        url.push('/');
        url.extend(utf8_percent_encode(key, &IN_PATH));
    } else if !call.path.is_empty() {
        url.push_str(call.path);
    } else if endpoint.path.is_empty() {
        url.push('/');
    }
    if !call.subresource.is_empty() {
        url.push('?');
        url.push_str(call.subresource);
    }
    for (place, (name, value)) in call.query.iter().enumerate() {
        url.push(if place == 0 && call.subresource.is_empty() { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        url.extend(utf8_percent_encode(value, &RESERVED));
    }
    url
}

fn is_bucket_name(bucket: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=255).contains(&bucket.len()) && bucket.bytes().all(allowed)
}
