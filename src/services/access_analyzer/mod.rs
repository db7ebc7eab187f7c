//! IAM Access Analyzer: the checks of policies, as its API gives them.
//!
//! AWS page: Access Analyzer API Reference, "ValidatePolicy". Entry: [`handle`]. The checks themselves are
//! [`crate::policy::validate`]; they and their sentences are lent by whoever has them ([`PolicyChecks`]), so that a
//! page without an editor doesn't carry them. Left out on purpose: analyzers, findings about access, custom checks.

mod validate_policy;

use super::authenticate::{Dialect, Expected, authenticate};
use super::authorize::authorize_all;
use super::call::{Call, Ending};
use super::denial::ResourceClause;
use super::errors::{ANALYZER_WITHOUT_CHECKS, AwsError, QUERY_INVALID_ACTION};
use super::protocol::json;
use crate::http::Response;
use crate::json::{Span, Value};
use crate::trace::{NodeKind, NodeRef};

/// Checks a document as a policy of a type, perhaps of a type of resource. `None`: there are no such types.
pub type PolicyChecks = fn(&str, &str, Option<&str>) -> Option<Vec<CheckedPolicyFinding>>;

/// A finding with its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPolicyFinding {
    /// `ERROR`, `SECURITY_WARNING`, `WARNING` or `SUGGESTION`.
    pub finding_type: &'static str,
    /// `INVALID_ACTION`
    pub issue_code: &'static str,
    /// What is wrong, in English.
    pub details: String,
    /// Pointers into the document, with the bytes that they mean.
    pub locations: Vec<(String, Span)>,
}

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let to = NodeRef::new(NodeKind::Iam, call.host());
    let path = call.request.parts().map_or("", |url| url.path);
    let name = match (call.request.method.as_str(), path) {
        ("POST", "/policy/validation") => "ValidatePolicy".to_string(),
        (method, path) => [method, " ", path].concat(),
    };
    match answer(call, region, &name, &to) {
        Ok(answer) => {
            let mut response = json::success(answer, &call.uuid());
            response.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
            let response = response.with_header("Content-Type", "application/json");
            call.respond(to, &name, &response, Ending::Done);
            response
        }
        Err(mut error) => {
            let response = json::failure(&error, &call.uuid());
            error.code = json::code(&error);
            // REST keeps the status, and names the error in a header.
            let response =
                Response { status: error.status, ..response }.with_header("x-amzn-ErrorType", error.code);
            call.respond(to, &name, &response, Ending::Failed(&error));
            response
        }
    }
}

fn answer(call: &mut Call<'_>, region: &str, name: &str, to: &NodeRef) -> Result<Value, AwsError> {
    if name != "ValidatePolicy" {
        let error = QUERY_INVALID_ACTION.with(&[("action", name), ("version", "2019-11-01")]);
        return Err(error.for_want_of(format!("access-analyzer {name}")));
    }
    let members = json::input(call.request)?;
    let query = call.request.parts().map(|url| url.query_pairs()).unwrap_or_default();
    let input = validate_policy::read(&members, &query)?;
    let expected = Expected { dialect: Dialect::Query, service: "access-analyzer", region };
    let caller = authenticate(call, to, expected)?;
    validate_policy::modelled(&members, &query)?;
    let all = (to.clone(), ResourceClause::Plain);
    authorize_all(call, &caller, "access-analyzer:ValidatePolicy", region, all)?;
    let checks = call.ledger.policy_checks;
    let checks = checks
        .ok_or_else(|| ANALYZER_WITHOUT_CHECKS.error().for_want_of("access-analyzer:ValidatePolicy"))?;
    validate_policy::answer(&input, checks)
}
