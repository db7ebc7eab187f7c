//! Security Token Service.
//!
//! AWS page: STS API Reference. Entries: [`handle`] for clients, [`answer`] for what AWS services ask by
//! themselves. Left out on purpose: the operations that [`OPERATIONS`] and [`APART`] don't name (AssumeRoleWithSAML and
//! AssumeRoleWithWebIdentity need identity providers), which answer that they aren't modelled.

mod assume_role;
mod credentials;
mod decode_authorization_message;
mod get_access_key_info;
mod get_caller_identity;
mod get_federation_token;
mod get_session_token;
mod mfa;
mod session_policies;
mod session_tags;

use super::authenticate::{Caller, Dialect, Expected, authenticate};
use super::authorize::{Target, Verdict, authorize};
use super::call::{Call, Ending};
use super::constraints::{complete, modelled};
use super::errors::*;
use super::protocol::Tree;
use super::protocol::query::{self, Parameters};
use crate::authorization::{Context, PrincipalKind};
use crate::cloud::SessionPrincipal;
use crate::http::Response;
use crate::trace::{NodeKind, NodeRef};
use std::convert::identity;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// A request whose caller is known.
struct Sts<'i, 'c> {
    call: &'i mut Call<'c>,
    caller: Caller,
    input: &'i Parameters,
    region: &'i str,
    /// The MFA code that the request showed.
    proof: Option<mfa::Proof>,
    /// The access key that was issued.
    issued: Option<String>,
}

/// One operation.
struct Operation {
    /// `sts:AssumeRole`
    action: &'static str,
    /// Its parameters without what stands after a dot; those that must be there end with `*`.
    parameters: &'static str,
    /// Checks the parameters further.
    parse: fn(&Parameters) -> Result<(), AwsError>,
    run: fn(&mut Sts<'_, '_>) -> Result<Tree, AwsError>,
}

impl Operation {
    /// `AssumeRole`
    fn name(&self) -> &'static str {
        self.action.strip_prefix("sts:").unwrap_or(self.action)
    }
}

/// What every walk needs.
const OPERATIONS: [Operation; 2] = [
    Operation {
        action: "sts:AssumeRole",
        parameters: "RoleArn* RoleSessionName* PolicyArns Policy DurationSeconds Tags TransitiveTagKeys ExternalId \
                     SerialNumber TokenCode SourceIdentity",
        parse: assume_role::parse,
        run: assume_role::run,
    },
    Operation {
        action: "sts:GetCallerIdentity",
        parameters: "",
        parse: |_| Ok(()),
        run: get_caller_identity::run,
    },
];

/// The others, which stand in the chunk `control`.
const APART: [Operation; 4] = [
    Operation {
        action: "sts:DecodeAuthorizationMessage",
        parameters: "EncodedMessage*",
        parse: |_| Ok(()),
        run: decode_authorization_message::run,
    },
    Operation {
        action: "sts:GetAccessKeyInfo",
        parameters: "AccessKeyId*",
        parse: get_access_key_info::parse,
        run: get_access_key_info::run,
    },
    Operation {
        action: "sts:GetFederationToken",
        parameters: "Name* Policy PolicyArns DurationSeconds Tags",
        parse: get_federation_token::parse,
        run: get_federation_token::run,
    },
    Operation {
        action: "sts:GetSessionToken",
        parameters: "DurationSeconds SerialNumber TokenCode",
        parse: get_session_token::parse,
        run: get_session_token::run,
    },
];

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let input = Parameters::of(call.request);
    let names = ["DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetFederationToken", "GetSessionToken"];
    if input.get("Action").is_some_and(|action| names.contains(&action)) {
        return call.apart(|call| handle_as(call, region, &APART), identity);
    }
    handle_as(call, region, &OPERATIONS)
}

fn handle_as(call: &mut Call<'_>, region: &str, operations: &'static [Operation]) -> Response {
    let (response, result) = answer_as(call, region, operations);
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
    answer_as(call, region, &OPERATIONS)
}

fn answer_as(
    call: &mut Call<'_>,
    region: &str,
    operations: &'static [Operation],
) -> (Response, Result<Option<String>, AwsError>) {
    let input = Parameters::of(call.request);
    match run(call, region, &input, operations) {
        Ok((name, tree, issued)) => (query::answer(name, NAMESPACE, &call.uuid(), Some(&tree)), Ok(issued)),
        Err(error) => (query::failure(&error, NAMESPACE, &call.uuid()), Err(error)),
    }
}

fn run(
    call: &mut Call<'_>,
    region: &str,
    input: &Parameters,
    operations: &'static [Operation],
) -> Result<(&'static str, Tree, Option<String>), AwsError> {
    let operation = operation(input, operations)?;
    (operation.parse)(input)?;
    let to = NodeRef::new(NodeKind::Sts, call.host());
    let caller = authenticate(call, &to, Expected { dialect: Dialect::Query, service: "sts", region })?;
    modelled(input, operation.action, operation.parameters)?;
    may_call(&caller, operation.name())?;
    let mut sts = Sts { call, caller, input, region, proof: None, issued: None };
    let tree = (operation.run)(&mut sts)?;
    Ok((operation.name(), tree, sts.issued))
}

fn operation(input: &Parameters, operations: &'static [Operation]) -> Result<&'static Operation, AwsError> {
    let Some(action) = input.get("Action") else { return Err(QUERY_MISSING_ACTION.error()) };
    let version = input.get("Version").unwrap_or_default();
    let found = operations.iter().find(|operation| operation.name() == action);
    let Some(operation) = found.filter(|_| version == "2011-06-15") else {
        return Err(QUERY_INVALID_ACTION
            .with(&[("action", action), ("version", version)])
            .for_want_of(format!("sts:{action}")));
    };
    complete(input, operation.parameters)?;
    Ok(operation)
}

/// Sessions of users call AssumeRole and GetCallerIdentity alone, federated ones only the latter; tokens for users are
/// given to users.
///
/// AWS page: IAM User Guide, "Compare AWS STS credentials".
fn may_call(caller: &Caller, operation: &str) -> Result<(), AwsError> {
    let refused = || Err(STS_SESSION_CREDENTIALS.with(&[("operation", operation)]));
    let for_users = ["GetSessionToken", "GetFederationToken"].contains(&operation);
    match caller.session().map(|session| &session.principal) {
        Some(_) if for_users => refused(),
        Some(SessionPrincipal::User { .. }) if !["AssumeRole", "GetCallerIdentity"].contains(&operation) => {
            refused()
        }
        Some(SessionPrincipal::FederatedUser { .. }) if operation != "GetCallerIdentity" => refused(),
        _ if for_users && caller.principal.kind == PrincipalKind::Service => refused(),
        _ => Ok(()),
    }
}

impl<'i> Sts<'i, '_> {
    /// A parameter; empty if it isn't sent.
    fn text(&self, name: &str) -> &'i str {
        self.input.get(name).unwrap_or_default()
    }

    /// The caller's account; empty for a service.
    fn account(&self) -> String {
        self.caller.principal.account.clone().unwrap_or_default()
    }

    /// Authorizes an action, from STS to the resource.
    fn authorize(&mut self, target: Target, keys: Context) -> Verdict {
        let sts = NodeRef::new(NodeKind::Sts, self.call.host());
        let to = NodeRef::new(NodeKind::Iam, target.resource.as_str());
        authorize(self.call, &self.caller, target, keys, self.region, (sts, to))
    }

    /// Authorizes an action that has no resource.
    ///
    /// # Errors
    /// AccessDenied.
    fn authorize_all(&mut self, action: &'static str) -> Result<(), AwsError> {
        let account = Some(self.account());
        let target = Target { action, resource: "*".to_string(), account, ..Target::default() };
        self.authorize(target, Context::default()).demand(super::denial::ResourceClause::Absent)
    }
}
