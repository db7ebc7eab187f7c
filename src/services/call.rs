//! One request at a service, and the steps that every service records of it.

use super::Ledger;
use super::errors::{AwsError, QUERY_INVALID_ACTION};
use super::protocol::json;
use super::protocol::query::{self, Parameters};
use crate::chunk;
use crate::cloud::{Arrival, Cloud};
use crate::http::{Request, Response};
use crate::json::Value;
use crate::trace::{Evidence, HttpEvidence, Outcome, Params, Recorder, StepKind};
use crate::trace::{NodeKind, NodeRef};

/// A request, where it comes from, and what it may change.
pub(super) struct Call<'a> {
    pub cloud: &'a mut Cloud,
    pub ledger: &'a mut Ledger,
    pub recorder: &'a mut Recorder,
    pub arrival: &'a Arrival,
    /// Who sent it.
    pub from: NodeRef,
    pub request: &'a Request,
}

/// What an operation came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending<'a> {
    /// It was done.
    Done,
    /// It failed with this error.
    Failed(&'a AwsError),
}

impl Call<'_> {
    /// Work of the chunk `control`. Where that isn't loaded the ledger notes it, which makes the answer void.
    pub fn apart<Answer>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Answer,
        void: impl FnOnce(Response) -> Answer,
    ) -> Answer {
        chunk::control(|| work(&mut *self)).unwrap_or_else(|missing| {
            self.ledger.missing = Some(missing);
            void(Response::new(503, "text/plain", ""))
        })
    }

    /// The host name that the request was sent to.
    pub fn host(&self) -> String {
        self.request.parts().map(|url| url.host.to_string()).unwrap_or_default()
    }

    /// A request id of the query services.
    pub fn uuid(&self) -> String {
        self.cloud.entropy.uuid(&["request", &self.cloud.requests.to_string()])
    }

    /// Answers in the JSON protocol, and records it.
    pub fn respond_json(&mut self, to: NodeRef, result: Result<Value, AwsError>) -> Response {
        let name = json::operation(self.request).to_string();
        match result {
            Ok(answer) => {
                let response = json::success(answer, &self.uuid());
                self.respond(to, &name, &response, Ending::Done);
                response
            }
            Err(mut error) => {
                let response = json::failure(&error, &self.uuid());
                error.code = json::code(&error);
                self.respond(to, &name, &response, Ending::Failed(&error));
                response
            }
        }
    }

    /// Records the answer.
    pub fn respond(&mut self, to: NodeRef, operation: &str, response: &Response, ending: Ending<'_>) {
        let step = self.recorder.open(StepKind::Respond, self.from.clone(), to, self.cloud.now);
        let mut params =
            Params::from([("operation", operation.to_string()), ("status", response.status.to_string())]);
        let (outcome, code) = match ending {
            Ending::Done => (Outcome::Ok, "respond.done"),
            Ending::Failed(error) => {
                params.insert("error", error.code.to_string());
                match &error.not_modelled {
                    Some(what) => {
                        params.insert("what", what.clone());
                        (Outcome::Error, "respond.not-modelled")
                    }
                    None if matches!(error.code, "AccessDenied" | "UnauthorizedOperation") => {
                        (Outcome::Denied, "respond.failed")
                    }
                    None => (Outcome::Error, "respond.failed"),
                }
            }
        };
        let evidence = HttpEvidence { request: self.request.clone(), response: Some(response.clone()) };
        self.recorder.close(step, outcome, code, params, Evidence::Http(evidence));
    }
}

/// The answer of a service without a model.
pub(super) fn unmodelled(call: &mut Call<'_>, service: &str) -> Response {
    let parameters = Parameters::of(call.request);
    let target = call.request.header("x-amz-target").and_then(|target| target.rsplit('.').next());
    let action = parameters.get("Action").or(target).unwrap_or("").to_string();
    let version = parameters.get("Version").unwrap_or("").to_string();
    let error = QUERY_INVALID_ACTION
        .with(&[("action", &action), ("version", &version)])
        .for_want_of(format!("{service}:{action}"));
    let response = query::failure(&error, &format!("https://{service}.amazonaws.com/"), &call.uuid());
    let kind = match service {
        "access-analyzer" => NodeKind::Iam,
        "ec2" => NodeKind::Ec2,
        "cloudtrail" => NodeKind::Cloudtrail,
        _ => NodeKind::S3,
    };
    let to = NodeRef::new(kind, call.host());
    call.respond(to, &action, &response, Ending::Failed(&error));
    response
}
