//! The sandbox as real clients meet it: its clock follows the machine's, its requests come from some place.

use super::connection::told;
use super::control;
use super::policy_checks;
use super::recipient::{Named, recipient};
use super::server::Port;
use crate::native::texts::Texts;
use iam_sandbox::clock::Timestamp;
use iam_sandbox::cloud::AccessKey;
use iam_sandbox::http::{Request, Response};
use iam_sandbox::sandbox::{Recipient, Sandbox};
use iam_sandbox::services::Service;
use iam_sandbox::trace::{StepKind, Trace};
use std::time::SystemTime;

/// The address of the metadata service on an instance.
const METADATA: &str = "169.254.169.254";

pub struct World {
    sandbox: Sandbox,
    /// Seconds by which the clock is before the machine's.
    advanced: i64,
    /// The host whose place requests come from.
    from: Option<String>,
    /// Whether they count as sent over TLS.
    secure: bool,
    trace: Option<Trace>,
    root_keys: Vec<AccessKey>,
    texts: Texts,
}

impl World {
    pub fn new(sandbox: Sandbox) -> Self {
        let mut world = World {
            sandbox,
            advanced: 0,
            from: None,
            secure: false,
            trace: None,
            root_keys: Vec::new(),
            texts: Texts::english(),
        };
        world.begin();
        world
    }

    fn begin(&mut self) {
        let accounts: Vec<String> = self.sandbox.accounts().map(str::to_string).collect();
        self.root_keys = accounts.iter().filter_map(|account| self.sandbox.root_keys(account)).collect();
        self.sandbox.lend_policy_checks(policy_checks::check);
        self.follow_clock();
    }

    fn follow_clock(&mut self) {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let machine = Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        self.sandbox.follow_clock(machine.plus_seconds(self.advanced), machine);
    }

    /// The root user's key of each account.
    pub fn root_keys(&self) -> &[AccessKey] {
        &self.root_keys
    }

    pub fn clock(&self) -> Timestamp {
        self.sandbox.clock()
    }

    pub fn advanced(&self) -> i64 {
        self.advanced
    }

    pub fn advance(&mut self, seconds: i64) {
        self.advanced = self.advanced.saturating_add(seconds);
        self.follow_clock();
    }

    /// Lets the following requests come from a host, `None`: from the internet. `Err`: the names that exist.
    pub fn place(&mut self, host: Option<String>, secure: bool) -> Result<(), Vec<String>> {
        let names: Vec<String> = self.sandbox.hosts().into_iter().map(|host| host.name).collect();
        if host.as_ref().is_some_and(|host| !names.contains(host)) {
            return Err(names);
        }
        (self.from, self.secure) = (host, secure);
        Ok(())
    }

    /// Steps of the last request.
    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    /// Back to the scenario's first state, the machine's clock and the internet host.
    pub fn reset(&mut self) -> Result<(), String> {
        self.sandbox.reset().map_err(|findings| format!("the scenario has {} errors", findings.len()))?;
        (self.advanced, self.from, self.secure, self.trace) = (0, None, false, None);
        self.begin();
        Ok(())
    }

    /// Answers one request.
    pub fn answer(&mut self, port: Port, request: Request) -> Response {
        self.follow_clock();
        match port {
            Port::Services => match control::control(self, &request) {
                Some(response) => response,
                None => self.service(request),
            },
            Port::Metadata => self.metadata(&request),
        }
    }

    fn service(&mut self, request: Request) -> Response {
        let Named { service, region, bucket } = recipient(&request);
        if Service::of(&service, "us-east-1").is_none() {
            let message = format!("The service {service} is not modelled.");
            return failure(501, "NotImplemented", &message, is_json(&request));
        }
        let to = Recipient::Service {
            name: &service,
            region: region.as_deref(),
            bucket: bucket.as_deref(),
            secure: self.secure,
        };
        self.deliver(request, to)
    }

    /// `/latest/...` of the newest instance, or `/i-.../latest/...`.
    fn metadata(&mut self, request: &Request) -> Response {
        let target = request.url.splitn(4, '/').nth(3).unwrap_or_default();
        let (first, rest) = target.split_once('/').unwrap_or((target, ""));
        let named = first.starts_with("i-").then(|| first.to_string());
        let target = if named.is_some() { rest } else { target };
        let here = self.from.as_ref().and_then(|host| self.sandbox.instance_of(host)).map(str::to_string);
        let instance = named.or(here).or_else(|| self.sandbox.newest_instance().map(str::to_string));
        let Some(instance) = instance.filter(|id| self.sandbox.runs(id)) else {
            return told(404, "no such instance is running");
        };
        let mut headers = request.headers.clone();
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
        headers.insert(0, ("Host".to_string(), METADATA.to_string()));
        let url = format!("http://{METADATA}/{target}");
        let own = Request { method: request.method.clone(), url, headers, body: request.body.clone() };
        self.deliver(own, Recipient::Metadata(&instance))
    }

    fn deliver(&mut self, request: Request, to: Recipient<'_>) -> Response {
        let json = is_json(&request);
        match self.sandbox.receive(request, to, self.from.as_deref()) {
            Ok((response, trace)) => {
                let response =
                    response.unwrap_or_else(|| failure(504, "NoAnswer", &self.why_no_answer(&trace), json));
                self.trace = Some(trace);
                response
            }
            // A reset or an edit took the host away.
            Err(_) => told(504, "the host that requests should come from is gone"),
        }
    }

    /// What the last route step says. A real client would wait for nothing.
    fn why_no_answer(&self, trace: &Trace) -> String {
        let route = trace.steps.iter().rfind(|step| step.kind == StepKind::Route);
        route.map(|step| self.texts.say(step.code, &step.params)).unwrap_or_default()
    }
}

fn is_json(request: &Request) -> bool {
    let content = request.header("content-type").unwrap_or_default();
    request.header("x-amz-target").is_some() || content.contains("json")
}

/// This program's own error, in the form that AWS's clients read.
fn failure(status: u16, code: &str, message: &str, json: bool) -> Response {
    if json {
        let body = serde_json::json!({ "__type": code, "message": message });
        return Response::new(status, "application/json", body.to_string())
            .with_header("x-amzn-errortype", code);
    }
    let safe: String = message.chars().filter(|c| !matches!(c, '<' | '>' | '&')).collect();
    // S3's clients look for the code in the root, the others' in Error.
    let error = format!("<Code>{code}</Code><Message>{safe}</Message>");
    Response::new(status, "text/xml", format!("<ErrorResponse><Error>{error}</Error>{error}</ErrorResponse>"))
}
