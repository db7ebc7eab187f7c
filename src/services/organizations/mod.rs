//! Organizations: the organization, its units, accounts and policies.
//!
//! AWS page: Organizations API Reference. Entry: [`handle`]. Every operation is one row: who may call it, what it needs,
//! what it is authorized on, what it does; a file holds the operations on one kind of thing.
//! Left out on purpose: handshakes, delegated administrators, tags, closing accounts.

mod account;
mod attachment;
mod organization;
mod place;
mod policy;
mod policy_document;
mod shapes;
mod unit;

use super::authenticate::{Dialect, Expected, authenticate};
use super::authorize::{Target, authorize};
use super::call::Call;
use super::denial::ResourceClause;
use super::errors::{
    AwsError, JSON_SERIALIZATION, ORG_INVALID_INPUT, ORG_NOT_IN_USE, ORG_ONLY_MANAGEMENT,
    ORG_PARENT_NOT_FOUND, ORG_POLICY_NOT_FOUND, QUERY_INVALID_ACTION, QUERY_NOT_MODELLED, QUERY_NULL, Text,
};
use super::protocol::json;
use crate::authorization::Context;
use crate::cloud::{AttachedControlPolicy, Cloud, Organization};
use crate::http::Response;
use crate::json::{Node, Value};
use crate::trace::{NodeKind, NodeRef};

/// The one region of the service's endpoint.
const REGION: &str = "us-east-1";

/// Most items of a page.
const PAGE: usize = 20;
/// The marks of members that must be there.
const MARKS: [char; 2] = ['*', '@'];
/// Members that every operation takes which lists.
const PAGING: [&str; 2] = ["MaxResults", "NextToken"];

/// What an operation answers; null: nothing.
type Answer = Result<Value, AwsError>;

/// One operation.
struct Operation {
    /// `organizations:AttachPolicy`
    action: &'static str,
    who: Who,
    /// The members of its input, each a string. Those that end with `*` must be there; those that end with `@` must
    /// too, and name a resource that the caller is authorized on (where there is none: `*`).
    members: &'static str,
    run: fn(&mut Ask<'_>) -> Answer,
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

impl<'a> Ask<'a> {
    /// A member of the input; empty if it isn't given.
    fn text(&self, name: &str) -> &'a str {
        self.input.get(name).and_then(Node::as_str).unwrap_or_default()
    }

    /// The caller's organization.
    fn organization(&self) -> Result<&Organization, AwsError> {
        self.cloud.organizations.get(&self.management).ok_or_else(|| ORG_NOT_IN_USE.error())
    }

    /// The same, to be changed.
    fn change(&mut self) -> Result<&mut Organization, AwsError> {
        self.cloud.organizations.get_mut(&self.management).ok_or_else(|| ORG_NOT_IN_USE.error())
    }

    /// The id that a member holds, if `has` says that the organization has it.
    ///
    /// # Errors
    /// `missing`.
    fn known(
        &self,
        member: &str,
        missing: &Text,
        has: fn(&Organization, &str) -> bool,
    ) -> Result<&'a str, AwsError> {
        let id = self.text(member);
        if has(self.organization()?, id) { Ok(id) } else { Err(missing.error()) }
    }

    /// The root or unit that `ParentId` names.
    fn parent(&self) -> Result<&'a str, AwsError> {
        self.known("ParentId", &ORG_PARENT_NOT_FOUND, is_parent)
    }

    /// The policy that `PolicyId` names.
    fn policy(&self) -> Result<&AttachedControlPolicy, AwsError> {
        let found = self.organization()?.policies.get(self.text("PolicyId"));
        found.ok_or_else(|| ORG_POLICY_NOT_FOUND.error())
    }

    /// What ids of things that this request makes are derived from.
    fn names(&self) -> [String; 2] {
        [self.account.clone(), format!("request {}", self.cloud.requests)]
    }
}

/// Whether that is the root or a unit.
fn is_parent(organization: &Organization, id: &str) -> bool {
    organization.root_id == id || organization.units.contains_key(id)
}

/// Each line: name, who, members, function.
macro_rules! operations {
    ($($name:literal, $who:ident, $members:literal, $run:path;)*) => {
        const OPERATIONS: &[Operation] = &[$(Operation {
            action: concat!("organizations:", $name),
            who: Who::$who,
            members: $members,
            run: $run,
        }),*];
    };
}

operations! {
    "CreateOrganization", Anybody, "FeatureSet", organization::create;
    "DeleteOrganization", Management, "", organization::delete;
    "DescribeOrganization", Member, "", organization::describe;
    "ListRoots", Management, "", organization::roots;

    "CreateAccount", Management, "Email* AccountName* RoleName", account::create;
    "DescribeCreateAccountStatus", Management, "CreateAccountRequestId*", account::status;
    "DescribeAccount", Management, "AccountId@", account::describe;
    "ListAccounts", Management, "", account::list;
    "ListAccountsForParent", Management, "ParentId@", account::list_for_parent;
    "MoveAccount", Management, "AccountId@ SourceParentId@ DestinationParentId@", account::move_to;

    "CreateOrganizationalUnit", Management, "ParentId@ Name*", unit::create;
    "DeleteOrganizationalUnit", Management, "OrganizationalUnitId@", unit::delete;
    "DescribeOrganizationalUnit", Management, "OrganizationalUnitId@", unit::describe;
    "UpdateOrganizationalUnit", Management, "OrganizationalUnitId@ Name", unit::update;
    "ListOrganizationalUnitsForParent", Management, "ParentId@", unit::list_for_parent;
    "ListChildren", Management, "ParentId@ ChildType*", place::children;
    "ListParents", Management, "ChildId@", place::parents;

    "CreatePolicy", Management, "Content* Description* Name* Type*", policy::create;
    "DeletePolicy", Management, "PolicyId@", policy::delete;
    "DescribePolicy", Management, "PolicyId@", policy::describe;
    "UpdatePolicy", Management, "PolicyId@ Name Description Content", policy::update;
    "ListPolicies", Management, "Filter*", policy::list;

    "AttachPolicy", Management, "PolicyId@ TargetId@", attachment::attach;
    "DetachPolicy", Management, "PolicyId@ TargetId@", attachment::detach;
    "ListPoliciesForTarget", Management, "TargetId@ Filter*", attachment::of_target;
    "ListTargetsForPolicy", Management, "PolicyId@", attachment::targets;
    "EnablePolicyType", Management, "RootId@ PolicyType*", attachment::enable;
    "DisablePolicyType", Management, "RootId@ PolicyType*", attachment::disable;
}

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
        let nodes = (to.clone(), to.clone());
        authorize(call, &caller, target, keys.clone(), REGION, nodes).demand(ResourceClause::Plain)?;
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

/// Whether the request has the members that the operation must have, and those that it knows are strings.
fn check(input: &Node, operation: &Operation) -> Result<(), AwsError> {
    for member in operation.members.split_whitespace() {
        let name = member.trim_end_matches(MARKS);
        match input.get(name).map(|node| node.as_str().is_some()) {
            Some(true) => {}
            Some(false) if member == name => return Err(JSON_SERIALIZATION.error()),
            None if member == name => {}
            _ => return Err(QUERY_NULL.with(&[("name", name)])),
        }
    }
    Ok(())
}

/// Whether the operation knows every member of the request. Told after authentication, as in the query services.
fn modelled(input: &Node, operation: &Operation) -> Result<(), AwsError> {
    let lists = operation.action.starts_with("organizations:List");
    let known = |name: &str| {
        let mut members = operation.members.split_whitespace();
        members.any(|member| member.trim_end_matches(MARKS) == name) || (lists && PAGING.contains(&name))
    };
    match input.members().iter().find(|member| !known(&member.key)) {
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
    let mut arns = Vec::new();
    for member in operation.members.split_whitespace().filter_map(|member| member.strip_suffix('@')) {
        let id = input.get(member).and_then(Node::as_str).unwrap_or_default();
        let arn = organization.and_then(|organization| arn_of(organization, id));
        arns.push(arn.unwrap_or_else(|| "*".to_string()));
    }
    if arns.is_empty() {
        arns.push("*".to_string());
    }
    arns
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
