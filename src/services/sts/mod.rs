//! Security Token Service.
//!
//! AWS page: STS API Reference. Entries: [`handle`] for clients, [`answer`] for what AWS services ask by
//! themselves. Left out on purpose: the operations that [`operation`] doesn't find.

mod assume_role;
mod get_caller_identity;

use super::authenticate::{Dialect, Expected, authenticate};
use super::call::{Call, Ending};
use super::errors::{AwsError, QUERY_INVALID_ACTION, QUERY_MISSING_ACTION};
use super::protocol::query::{self, Parameters};
use crate::http::Response;
use crate::trace::{NodeKind, NodeRef};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Operations that are modelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    AssumeRole,
    GetCallerIdentity,
}

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let (response, result) = answer(call, region);
    let to = NodeRef::new(NodeKind::Sts, call.host());
    let parameters = Parameters::of(call.request);
    let name = parameters.get("Action").unwrap_or(&call.request.method);
    match &result {
        Ok(_) => call.respond(to, name, &response, Ending::Done),
        Err(error) => call.respond(to, name, &response, Ending::Failed(error)),
    }
    response
}

/// Answers, and says which access key was issued, if one was.
pub(super) fn answer(call: &mut Call<'_>, region: &str) -> (Response, Result<Option<String>, AwsError>) {
    let parameters = Parameters::of(call.request);
    match run(call, region, &parameters) {
        Ok((response, issued)) => (response, Ok(issued)),
        Err(error) => (query::failure(&error, NAMESPACE, &call.uuid()), Err(error)),
    }
}

fn run(
    call: &mut Call<'_>,
    region: &str,
    parameters: &Parameters,
) -> Result<(Response, Option<String>), AwsError> {
    let operation = operation(parameters)?;
    let to = NodeRef::new(NodeKind::Sts, call.host());
    let expected = Expected { dialect: Dialect::Query, service: "sts", region };
    let caller = authenticate(call, &to, expected)?;
    match operation {
        Operation::AssumeRole => {
            let (response, access_key_id) = assume_role::handle(call, &caller, parameters, region)?;
            Ok((response, Some(access_key_id)))
        }
        Operation::GetCallerIdentity => Ok((get_caller_identity::handle(call, &caller)?, None)),
    }
}

fn operation(parameters: &Parameters) -> Result<Operation, AwsError> {
    let version = parameters.get("Version").unwrap_or_default();
    match parameters.get("Action") {
        None => Err(QUERY_MISSING_ACTION.error()),
        Some("AssumeRole") if version == "2011-06-15" => Ok(Operation::AssumeRole),
        Some("GetCallerIdentity") if version == "2011-06-15" => Ok(Operation::GetCallerIdentity),
        Some(action) => Err(QUERY_INVALID_ACTION
            .with(&[("action", action), ("version", version)])
            .for_want_of(format!("sts:{action}"))),
    }
}
