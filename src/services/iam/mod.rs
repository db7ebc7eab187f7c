//! Identity and Access Management: users, groups, roles, policies, instance profiles, MFA devices.
//!
//! AWS page: IAM API Reference. Entry: [`handle`]. Stages: parse, authenticate, authorize, existence and state,
//! respond. [`operations`] is the table of what is modelled; operations that differ in the kind of entity alone
//! (AttachRolePolicy, AttachUserPolicy, AttachGroupPolicy) stand in one file.
//!
//! Simplified: a change counts at once (AWS's takes seconds to reach every region), and for sessions that exist.
//! Left out on purpose: whatever the table doesn't name, which answers that it isn't modelled: passwords, SAML and
//! OpenID Connect providers, certificates, service-specific credentials; the QR code of an MFA device.

mod access_keys;
mod account;
mod attached_policies;
mod create;
mod delete;
mod get;
mod group_members;
mod inline_policies;
mod instance_profile_roles;
mod kind;
mod list;
mod mfa_devices;
mod operations;
mod page;
mod parameters;
mod permission;
mod permissions_boundary;
mod policy_document;
mod policy_versions;
mod service_linked_roles;
mod shapes;
mod simulate;
mod simulated_policies;
mod tags;
mod update;

pub(super) use parameters::tags as request_tags;

use super::authenticate::{Caller, Dialect, Expected, authenticate};
use super::call::{Call, Ending};
use super::constraints::modelled;
use super::errors::{AwsError, QUERY_INVALID_ACTION, QUERY_INVALID_TOKEN, QUERY_MISSING_ACTION};
use super::protocol::Tree;
use super::protocol::query::{self, Parameters};
use crate::authorization::PrincipalKind;
use crate::cloud::{Account, SessionPrincipal};
use crate::http::Response;
use crate::trace::{NodeKind, NodeRef};
use operations::{OPERATIONS, Operation};

const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
/// IAM is one for all regions; its requests are signed for this one.
pub(super) const REGION: &str = "us-east-1";

/// A request whose caller is known.
struct Iam<'i, 'c> {
    call: &'i mut Call<'c>,
    caller: Caller,
    /// The caller's account.
    id: String,
    input: &'i Parameters,
    operation: &'static Operation,
}

/// What an operation answers; `None`: nothing but a request id.
type Answer = Result<Option<Tree>, AwsError>;

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>) -> Response {
    let input = Parameters::of(call.request);
    let to = NodeRef::new(NodeKind::Iam, call.host());
    let result = run(call, &input, &to);
    let name = input.get("Action").unwrap_or(&call.request.method);
    let response = match &result {
        Ok(answer) => query::answer(name, NAMESPACE, &call.uuid(), answer.as_ref()),
        Err(error) => query::failure(error, NAMESPACE, &call.uuid()),
    };
    match &result {
        Ok(_) => call.respond(to, name, &response, Ending::Done),
        Err(error) => call.respond(to, name, &response, Ending::Failed(error)),
    }
    response
}

fn run(call: &mut Call<'_>, input: &Parameters, to: &NodeRef) -> Answer {
    let operation = operation(input)?;
    parameters::check(input, operation)?;
    let expected = Expected { dialect: Dialect::Query, service: "iam", region: REGION };
    let caller = authenticate(call, to, expected)?;
    modelled(input, operation.action, operation.parameters)?;
    let id = match &caller.principal.account {
        Some(account) if may_call(&caller) => account.clone(),
        _ => return Err(QUERY_INVALID_TOKEN.error()),
    };
    let mut iam = Iam { call, caller, id, input, operation };
    permission::authorize(&mut iam, to)?;
    (operation.run)(&mut iam, operation.kind)
}

fn operation(input: &Parameters) -> Result<&'static Operation, AwsError> {
    let Some(action) = input.get("Action") else {
        return Err(QUERY_MISSING_ACTION.error());
    };
    let version = input.get("Version").unwrap_or_default();
    let found = OPERATIONS.iter().find(|operation| operation.name() == action);
    found.filter(|_| version == "2010-05-08").ok_or_else(|| {
        QUERY_INVALID_ACTION
            .with(&[("action", action), ("version", version)])
            .for_want_of(format!("iam:{action}"))
    })
}

/// Federated sessions, and sessions of GetSessionToken without MFA, can't call IAM.
///
/// AWS page: IAM User Guide, "Compare AWS STS credentials".
fn may_call(caller: &Caller) -> bool {
    match caller.session() {
        Some(session) => match session.principal {
            SessionPrincipal::User { .. } => session.mfa.is_some(),
            SessionPrincipal::FederatedUser { .. } => false,
            SessionPrincipal::AssumedRole { .. } => true,
        },
        None => caller.principal.kind != PrincipalKind::Service,
    }
}

impl Iam<'_, '_> {
    /// The caller's account, to be read.
    fn account(&self) -> Result<&Account, AwsError> {
        self.call.cloud.accounts.get(&self.id).ok_or_else(|| QUERY_INVALID_TOKEN.error())
    }

    /// The caller's account, to be changed.
    fn account_mut(&mut self) -> Result<&mut Account, AwsError> {
        self.call.cloud.accounts.get_mut(&self.id).ok_or_else(|| QUERY_INVALID_TOKEN.error())
    }

    /// An id of IAM's, such as `AROA...`: another one for each request, so that what is made again has another.
    fn new_id(&self, prefix: &str, name: &str) -> String {
        let requests = self.call.cloud.requests.to_string();
        self.call.cloud.entropy.unique_id(prefix, &["iam", &self.id, name, &requests])
    }

    /// The user that an operation is about: the one it names, else the caller. `Err`: the caller is none.
    fn user_name(&self) -> Result<String, AwsError> {
        if let Some(name) = self.input.get("UserName") {
            return Ok(name.to_string());
        }
        match self.caller.user(self.call.cloud) {
            Some(user) => Ok(user.name.clone()),
            None => Err(super::errors::IAM_NOT_A_USER.error()),
        }
    }
}

impl<'i> Iam<'i, '_> {
    /// A parameter; empty if it isn't sent.
    fn text(&self, name: &str) -> &'i str {
        self.input.get(name).unwrap_or_default()
    }
}
