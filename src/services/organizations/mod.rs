//! Organizations: the organization, its units, accounts and policies.
//!
//! AWS page: Organizations API Reference. Entry: [`handle`]. Every operation is one row: what it needs, what it is
//! authorized on, what it does. Only the management account may call most of them.
//! Left out on purpose: handshakes, delegated administrators, tags, closing accounts.

mod attach_policy;
mod create_account;
mod create_organization;
mod create_organizational_unit;
mod create_policy;
mod delete_organization;
mod delete_organizational_unit;
mod delete_policy;
mod describe_account;
mod describe_create_account_status;
mod describe_organization;
mod describe_organizational_unit;
mod describe_policy;
mod detach_policy;
mod disable_policy_type;
mod enable_policy_type;
mod find;
mod list_accounts;
mod list_accounts_for_parent;
mod list_children;
mod list_organizational_units_for_parent;
mod list_parents;
mod list_policies;
mod list_policies_for_target;
mod list_roots;
mod list_targets_for_policy;
mod move_account;
mod policy_document;
mod shapes;
mod update_organizational_unit;
mod update_policy;

use super::authenticate::{Dialect, Expected, authenticate};
use super::authorize::{Target, authorize};
use super::call::Call;
use super::denial::ResourceClause;
use super::errors::{
    AwsError, JSON_SERIALIZATION, ORG_INVALID_INPUT, ORG_NOT_IN_USE, ORG_ONLY_MANAGEMENT,
    QUERY_INVALID_ACTION, QUERY_NOT_MODELLED, QUERY_NULL,
};
use super::protocol::json;
use crate::authorization::Context;
use crate::cloud::{Cloud, ControlPolicyKind, Organization};
use crate::http::Response;
use crate::json::{Node, Value};
use crate::trace::{NodeKind, NodeRef};

/// The one region of the service's endpoint.
const REGION: &str = "us-east-1";

/// Most items of a page.
const PAGE: usize = 20;
/// Members that every operation takes which lists.
const PAGING: [&str; 2] = ["MaxResults", "NextToken"];

/// One operation.
struct Operation {
    /// With `organizations:` before it, the action.
    action: &'static str,
    /// Members that must be given as strings.
    required: &'static [&'static str],
    /// Members that may be given.
    optional: &'static [&'static str],
    /// The members whose ids name the resources; none: `*`.
    resources: &'static [&'static str],
    who: Who,
    run: fn(&mut Ask<'_>) -> Result<Value, AwsError>,
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// An account that is in no organization.
    Anybody,
    /// Every account of the organization.
    Member,
    /// The management account.
    Management,
}

/// A request that has been authorized.
struct Ask<'a> {
    cloud: &'a mut Cloud,
    /// The caller's account.
    account: String,
    /// Id of the management account under which the organization is kept.
    management: String,
    input: &'a Node,
}

impl Ask<'_> {
    /// A member of the input; empty if it isn't given.
    fn text(&self, name: &str) -> &str {
        self.input.get(name).and_then(Node::as_str).unwrap_or_default()
    }

    /// The caller's organization.
    fn organization(&self) -> Result<&Organization, AwsError> {
        self.cloud.organizations.get(&self.management).ok_or_else(|| ORG_NOT_IN_USE.error())
    }

    /// The same, to be changed, with the input beside it.
    fn change(&mut self) -> Result<(&mut Organization, &Node), AwsError> {
        let found = self.cloud.organizations.get_mut(&self.management);
        Ok((found.ok_or_else(|| ORG_NOT_IN_USE.error())?, self.input))
    }

    /// What ids of things that this request makes are derived from.
    fn names(&self) -> [String; 2] {
        [self.account.clone(), format!("request {}", self.cloud.requests)]
    }
}

const OPERATIONS: [Operation; 28] = [
    attach_policy::OPERATION,
    create_account::OPERATION,
    create_organization::OPERATION,
    create_organizational_unit::OPERATION,
    create_policy::OPERATION,
    delete_organization::OPERATION,
    delete_organizational_unit::OPERATION,
    delete_policy::OPERATION,
    describe_account::OPERATION,
    describe_create_account_status::OPERATION,
    describe_organization::OPERATION,
    describe_organizational_unit::OPERATION,
    describe_policy::OPERATION,
    detach_policy::OPERATION,
    disable_policy_type::OPERATION,
    enable_policy_type::OPERATION,
    list_accounts::OPERATION,
    list_accounts_for_parent::OPERATION,
    list_children::OPERATION,
    list_organizational_units_for_parent::OPERATION,
    list_parents::OPERATION,
    list_policies::OPERATION,
    list_policies_for_target::OPERATION,
    list_roots::OPERATION,
    list_targets_for_policy::OPERATION,
    move_account::OPERATION,
    update_organizational_unit::OPERATION,
    update_policy::OPERATION,
];

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>) -> Response {
    let result = answer(call);
    let to = NodeRef::new(NodeKind::Organizations, call.host());
    call.respond_json(to, result)
}

fn answer(call: &mut Call<'_>) -> Result<Value, AwsError> {
    let name = json::operation(call.request);
    let action = |operation: &&Operation| operation.action.strip_prefix("organizations:") == Some(name);
    let Some(operation) = OPERATIONS.iter().find(action) else {
        let error = QUERY_INVALID_ACTION.with(&[("action", name), ("version", "2016-11-28")]);
        return Err(error.for_want_of(format!("organizations:{name}")));
    };
    let input = json::input(call.request)?;
    check(&input, operation)?;
    let page = page(&input)?;
    let to = NodeRef::new(NodeKind::Organizations, call.host());
    let expected = Expected { dialect: Dialect::Query, service: "organizations", region: REGION };
    let caller = authenticate(call, &to, expected)?;
    modelled(&input, operation)?;
    let account = caller.principal.account.clone().unwrap_or_default();
    let organization = call.cloud.organization_of(&account);
    let management = organization.map(|organization| organization.management_account.clone());
    let keys = keys(organization, &input);
    for resource in resources(organization, &input, operation) {
        let target = Target {
            action: operation.action,
            resource,
            account: management.clone().or(Some(account.clone())),
            ..Target::default()
        };
        let verdict = authorize(call, &caller, target, keys.clone(), REGION, (to.clone(), to.clone()));
        if !verdict.allows() {
            return Err(verdict.denial(ResourceClause::Plain));
        }
    }
    match (operation.who, &management) {
        (Who::Anybody, _) => {}
        (_, None) => return Err(ORG_NOT_IN_USE.error()),
        (Who::Management, Some(management)) if *management != account => {
            return Err(ORG_ONLY_MANAGEMENT.error());
        }
        _ => {}
    }
    let management = management.unwrap_or_default();
    let mut ask = Ask { cloud: call.cloud, account, management, input: &input };
    let answer = (operation.run)(&mut ask)?;
    Ok(json::page(answer, page))
}

/// Whether the request has the strings that the operation must have, and of the others those that it knows as strings.
fn check(input: &Node, operation: &Operation) -> Result<(), AwsError> {
    let is_text = |name: &str| input.get(name).map(|node| node.as_str().is_some());
    if let Some(name) = operation.required.iter().find(|name| is_text(name) != Some(true)) {
        return Err(QUERY_NULL.with(&[("name", name)]));
    }
    match operation.optional.iter().any(|name| is_text(name) == Some(false)) {
        true => Err(JSON_SERIALIZATION.error()),
        false => Ok(()),
    }
}

/// Whether the operation knows every member of the request. Told after authentication, as in the query services.
fn modelled(input: &Node, operation: &Operation) -> Result<(), AwsError> {
    let lists = operation.action.starts_with("organizations:List");
    let paging: &[&str] = if lists { &PAGING } else { &[] };
    let known = [operation.required, operation.optional, paging].concat();
    match input.members().iter().find(|member| !known.contains(&&*member.key)) {
        None => Ok(()),
        Some(other) => Err(QUERY_NOT_MODELLED
            .with(&[("parameter", &other.key)])
            .for_want_of(format!("{} {}", operation.action, other.key))),
    }
}

/// How many items are passed over and how many told: `NextToken` counts, `MaxResults` is 20 at most.
fn page(input: &Node) -> Result<(usize, usize), AwsError> {
    let invalid =
        |name: &str, reason: &str| ORG_INVALID_INPUT.with(&[("name", name)]).field("Reason", reason);
    let start = match input.get("NextToken").map(Node::as_str) {
        None => Some(0),
        Some(token) => token.and_then(|token| token.parse().ok()),
    };
    let start = start.ok_or_else(|| invalid("NextToken", "INVALID_PAGINATION_TOKEN"))?;
    let Some(asked) = input.get("MaxResults") else { return Ok((start, PAGE)) };
    let asked = asked.as_i64().ok_or_else(|| JSON_SERIALIZATION.error())?;
    match usize::try_from(asked) {
        Ok(most @ 1..=PAGE) => Ok((start, most)),
        Ok(1..) => Err(invalid("MaxResults", "MAX_VALUE_EXCEEDED")),
        _ => Err(invalid("MaxResults", "MIN_VALUE_EXCEEDED")),
    }
}

/// The ARNs that the operation is authorized on, `*` for what isn't there.
fn resources(organization: Option<&Organization>, input: &Node, operation: &Operation) -> Vec<String> {
    let named = |member: &&str| {
        let id = input.get(member).and_then(Node::as_str).unwrap_or_default();
        organization.and_then(|organization| arn_of(organization, id)).unwrap_or_else(|| "*".to_string())
    };
    match operation.resources {
        [] => vec!["*".to_string()],
        members => members.iter().map(named).collect(),
    }
}

/// The service's own condition key: the type of the policy that the request is about.
fn keys(organization: Option<&Organization>, input: &Node) -> Context {
    let text = |name: &str| input.get(name).and_then(Node::as_str);
    let named = text("PolicyId").and_then(|id| organization?.policies.get(id));
    let given = ["PolicyType", "Type", "Filter"].into_iter().find_map(text);
    let mut keys = Context::default();
    match named.map(|policy| policy.kind.name()).or(given) {
        Some(kind) => keys.set("organizations:PolicyType", kind, "origin.request"),
        None => keys.absent("organizations:PolicyType", "origin.absent.not-sent"),
    }
    keys
}

/// The ARN of whatever has that id.
fn arn_of(organization: &Organization, id: &str) -> Option<String> {
    if let Some(policy) = organization.policies.get(id) {
        return policy.policy.arn.clone();
    }
    let kind = kind_of(organization, id)?;
    Some(organization.arn(kind.arn, id))
}

/// What has an id, as ARNs and as answers call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TargetKind {
    arn: &'static str,
    name: &'static str,
}

const ROOT: TargetKind = TargetKind { arn: "root", name: "ROOT" };
const UNIT: TargetKind = TargetKind { arn: "ou", name: "ORGANIZATIONAL_UNIT" };
const ACCOUNT: TargetKind = TargetKind { arn: "account", name: "ACCOUNT" };

fn kind_of(organization: &Organization, id: &str) -> Option<TargetKind> {
    match id {
        id if id == organization.root_id => Some(ROOT),
        id if organization.units.contains_key(id) => Some(UNIT),
        id if organization.accounts.contains_key(id) => Some(ACCOUNT),
        _ => None,
    }
}

/// The policy type that an input names; only those that decide requests are modelled.
fn policy_kind(ask: &Ask<'_>, member: &str) -> Result<ControlPolicyKind, AwsError> {
    let name = ask.text(member);
    let error = || {
        let error = ORG_INVALID_INPUT.with(&[("name", member)]);
        error.field("Reason", "INVALID_ENUM_POLICY_TYPE").for_want_of(format!("organizations {name}"))
    };
    ControlPolicyKind::named(name).ok_or_else(error)
}
