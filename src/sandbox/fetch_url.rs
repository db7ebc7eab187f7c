//! A deliberately vulnerable application: `GET /fetch?url=URL` answers with what URL answers, fetched from its host.
//!
//! It shows server-side request forgery against the metadata service. Standard: RFC 9110, "GET". Entry: [`Listener`].
//! Left out on purpose: every other application, redirects, and headers of the fetched request but Host.

use super::connection::Connection;
use crate::client::{ConnectFailure, Transport};
use crate::cloud::Cloud;
use crate::gather::Gather;
use crate::http::{Request, Response};
use crate::network::{NodeKind, NodeRef, Source};
use crate::scenario::Loaded;
use crate::trace::{Evidence, HttpEvidence, Outcome, Params, Recorder, StepKind};
use std::net::Ipv4Addr;

/// An application on an instance's ports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listener {
    /// The host's name.
    pub host: String,
    /// Its instance's id.
    pub instance: String,
    pub ports: Vec<u16>,
}

/// How many applications may fetch from each other: one that fetches from itself would not end.
const DEEPEST: u8 = 4;

/// Every application of a scenario.
pub(super) fn listeners(loaded: &Loaded) -> Vec<Listener> {
    let all = loaded.hosts.iter().filter(|(_, host)| !host.listen.is_empty());
    let listener = |(name, host): (&String, &crate::scenario::Host)| match &host.source {
        Source::Instance(id) => {
            Some(Listener { host: name.clone(), instance: id.clone(), ports: host.listen.clone() })
        }
        _ => None,
    };
    all.filter_map(listener).gather()
}

/// The application that listens at an address and port, as `source` sees addresses.
pub(super) fn find<'l>(
    listeners: &'l [Listener],
    cloud: &Cloud,
    source: &Source,
    address: Ipv4Addr,
    port: u16,
) -> Option<&'l Listener> {
    let vpc = match source {
        Source::Instance(id) | Source::Container { instance: id, .. } => {
            cloud.instance(id).map(|instance| instance.vpc_id.as_str())
        }
        Source::Internet(_) => None,
    };
    listeners.iter().filter(|listener| listener.ports.contains(&port)).find(|listener| {
        cloud.instance(&listener.instance).is_some_and(|instance| {
            let is_near = vpc == Some(instance.vpc_id.as_str()) && instance.private_ip == address;
            is_near || instance.public_ip == Some(address)
        })
    })
}

impl Connection<'_> {
    /// The application's answer to a request that has reached it.
    pub(super) fn fetch(&mut self, request: &Request, listener: &Listener) -> Response {
        let to = NodeRef::new(NodeKind::Host, listener.host.as_str());
        let step = self.recorder.open(StepKind::Respond, self.host.clone(), to.clone(), self.cloud.now);
        let (response, code) = match wanted(request) {
            Ok(url) => match self.fetch_from(listener, to, &url) {
                Ok(answer) => (pass_on(&answer), "respond.fetched"),
                Err(failure) => (plain(502, failure.code()), "respond.not-fetched"),
            },
            Err(status) => (plain(status, "GET /fetch?url=URL"), "respond.not-fetched"),
        };
        let params = Params::from([("host", listener.host.clone()), ("status", response.status.to_string())]);
        let outcome = if response.status < 400 { Outcome::Ok } else { Outcome::Error };
        let evidence = HttpEvidence { request: request.clone(), response: Some(response.clone()) };
        self.recorder.close(step, outcome, code, params, Evidence::Http(evidence));
        response
    }

    /// A plain GET from the application's host.
    fn fetch_from(
        &mut self,
        listener: &Listener,
        host: NodeRef,
        url: &str,
    ) -> Result<Response, ConnectFailure> {
        if self.depth >= DEEPEST {
            return Err(ConnectFailure::Unreachable);
        }
        let mut inner = Connection {
            cloud: &mut *self.cloud,
            ledger: &mut *self.ledger,
            recorder: std::mem::replace(&mut self.recorder, Recorder::new()),
            source: Source::Instance(listener.instance.clone()),
            host,
            listeners: self.listeners,
            depth: self.depth + 1,
        };
        let answer = inner.exchange(Request::new("GET", url));
        self.recorder = inner.recorder;
        answer
    }
}

/// The URL that is asked for, or the status of a refusal.
fn wanted(request: &Request) -> Result<String, u16> {
    let Some(url) = request.parts().filter(|url| url.path == "/fetch") else {
        return Err(404);
    };
    if request.method != "GET" {
        return Err(405);
    }
    let wanted = url.query_pairs().into_iter().find(|(name, _)| name == "url").map(|(_, value)| value);
    wanted.filter(|url| url.starts_with("http://") || url.starts_with("https://")).ok_or(400)
}

fn plain(status: u16, text: &str) -> Response {
    Response::new(status, "text/plain", format!("{text}\n"))
}

/// Status, content type and body of what was fetched.
fn pass_on(answer: &Response) -> Response {
    let kind = answer.header("content-type").unwrap_or("text/plain");
    Response::new(answer.status, kind, answer.body.clone())
}
