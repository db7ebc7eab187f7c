//! SimulateCustomPolicy and SimulatePrincipalPolicy: what policies would decide, without asking for it.
//!
//! AWS pages: IAM API Reference, the operations of these names; IAM User Guide, "IAM policy testing with the IAM policy
//! simulator". The condition keys are those that the request gives, none is made up. Left out on purpose: scenarios of
//! EC2's resources (ResourceHandlingOption), lists of SCPs and of policies to leave out, which answer that they aren't
//! implemented; ResourceSpecificResults and EvalDecisionDetails, which an answer lacks: what is missing stands beside each
//! decision. The SCPs of the account's organization count for a principal.

use super::kind::Kind;
use super::simulated_policies::{Simulated, condition_keys, custom, of_principal, resource_policy};
use super::{Answer, Iam};
use crate::arn::{self, Arn};
use crate::authorization::{
    self, Authorization, AuthorizationRequest, Context, Decision, Detail, Gate, GateState, Policies,
    Principal, PrincipalKind,
};
use crate::gather::Gather;
use crate::json::Position;
use crate::policy::{ConditionKeys, Policy};
use crate::services::constraints::one_of;
use crate::services::errors::*;
use crate::services::protocol::Tree;

/// Most pairs of action and resource.
const MOST_PAIRS: usize = 10_000;
/// Most condition keys that a simulation is given.
const MOST_ENTRIES: usize = 1_000;
/// Most statements and conditions that a page of results is about, all results together.
const MOST_WORK: usize = 200_000;

/// What ContextKeyType says of the values.
const KEY_TYPES: &str = "string, stringList, numeric, numericList, boolean, booleanList, ip, ipList, binary, binaryList, date, dateList";

/// SimulateCustomPolicy.
pub(super) fn custom_policy(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let simulated = custom(iam)?;
    let caller = iam.input.get("CallerArn").map(str::to_string);
    simulate(iam, simulated, caller)
}

/// SimulatePrincipalPolicy.
pub(super) fn principal_policy(iam: &mut Iam<'_, '_>, _: Kind) -> Answer {
    let source = iam.text("PolicySourceArn");
    let simulated = of_principal(iam, source)?;
    let is_group = source.contains(":group/");
    let caller = iam.input.get("CallerArn").or(Some(source).filter(|_| !is_group)).map(str::to_string);
    simulate(iam, simulated, caller)
}

fn simulate(iam: &mut Iam<'_, '_>, simulated: Simulated, caller: Option<String>) -> Answer {
    let resource_policy = resource_policy(iam)?;
    if resource_policy.is_some() && caller.is_none() {
        return Err(IAM_SIMULATION.with(&[("what", "CallerArn is required with ResourcePolicy")]));
    }
    let actions = iam.input.members("ActionNames", "");
    let mut resources = iam.input.members("ResourceArns", "");
    if resources.is_empty() {
        resources.push("*");
    }
    check(iam, &actions, &resources)?;
    let principal = principal(iam, caller)?;
    let owner = match iam.input.get("ResourceOwner") {
        None => principal.account.clone(),
        Some(owner) => Some(account_in(owner).ok_or_else(|| IAM_ARN.with(&[("arn", owner)]))?),
    };
    let context = context(iam)?;
    let policies = Policies {
        identity: simulated.identity.iter().map(|source| source.policy.clone()).gather(),
        boundary: simulated.boundary.clone(),
        resource: resource_policy,
        scp: simulated.scp.clone(),
        ..Policies::default()
    };
    let mut all: Vec<&Policy> = Vec::new();
    let sources = policies.identity.iter().chain(&policies.boundary).chain(&policies.resource);
    sources.for_each(|policy| all.push(policy));
    let mut missing = Vec::new();
    for (key, written) in condition_keys(&all) {
        if context.get(&key).is_none() {
            missing.push(written);
        }
    }
    let mut weight = 1;
    for statement in all.iter().flat_map(|policy| policy.statements()) {
        weight += 1 + statement.conditions.len();
    }
    let mut places = Vec::new();
    for place in 0..actions.len() * resources.len() {
        places.push(format!("{place:05}"));
    }
    let page = iam.page_within(places, (MOST_WORK / weight).max(1))?;
    let told = |place: &str| {
        let place = place.parse::<usize>().ok()?;
        let action = actions.get(place.checked_div(resources.len())?)?;
        let resource = resources.get(place.checked_rem(resources.len())?)?;
        let request = AuthorizationRequest {
            principal: principal.clone(),
            action: (*action).to_string(),
            resource: (*resource).to_string(),
            resource_account: account_in(resource).or_else(|| owner.clone()),
            context: context.clone(),
        };
        let answer = authorization::authorize_without(&request, &policies, &[], Detail::Brief);
        Some(result(&request, &policies, &simulated, &missing, &answer))
    };
    Ok(Some(page.answer("EvaluationResults", &told)))
}

/// The account that an ARN names.
fn account_in(arn: &str) -> Option<String> {
    let account = Arn::parse(arn)?.account;
    account.bytes().all(|byte| byte.is_ascii_digit()).then(|| account.to_string()).filter(|id| !id.is_empty())
}

/// Whether the actions are ones, and what is asked isn't too much.
fn check(iam: &Iam<'_, '_>, actions: &[&str], resources: &[&str]) -> Result<(), AwsError> {
    if let Some(action) = actions.iter().find(|action| !action.contains(':') || action.contains('*')) {
        return Err(IAM_SIMULATION.with(&[("what", &format!("{action} is not an action"))]));
    }
    if actions.len().saturating_mul(resources.len()) > MOST_PAIRS {
        return Err(IAM_SIMULATION.with(&[("what", "too many actions and resources")]));
    }
    if iam.input.members("ContextEntries", ".ContextKeyName").len() > MOST_ENTRIES {
        return Err(IAM_SIMULATION.with(&[("what", "too many context entries")]));
    }
    Ok(())
}

/// Who asks: a user or role; without CallerArn a user of the account that doesn't exist.
fn principal(iam: &Iam<'_, '_>, caller: Option<String>) -> Result<Principal, AwsError> {
    let (arn, role) = match caller {
        None => (arn::iam(&iam.id, "user", "/", "simulated"), None),
        Some(caller) => {
            let parts = Arn::parse(&caller).filter(|arn| arn.service == "iam");
            let Some(parts) = parts else { return Err(IAM_ARN.with(&[("arn", &caller)])) };
            match parts.resource.strip_prefix("role/") {
                Some(path) => {
                    let name = path.rsplit('/').next().unwrap_or(path);
                    (arn::assumed_role(parts.account, name, "simulated"), Some(caller.clone()))
                }
                None => (caller.clone(), None),
            }
        }
    };
    let account = Arn::parse(&arn).map(|arn| arn.account.to_string());
    let kind = if role.is_some() { PrincipalKind::AssumedRole } else { PrincipalKind::User };
    let exists = iam.call.cloud.role(role.as_deref().unwrap_or_default()).map(|role| role.id.clone());
    Ok(Principal { kind, arn, account, issuer: role, unique_id: exists })
}

fn context(iam: &Iam<'_, '_>) -> Result<Context, AwsError> {
    let mut context = Context::default();
    for (place, key) in iam.input.members("ContextEntries", ".ContextKeyName").into_iter().enumerate() {
        let entry = format!("ContextEntries.member.{}", place + 1);
        let values = iam.input.members(&format!("{entry}.ContextKeyValues"), "");
        let values: Vec<String> = values.into_iter().map(str::to_string).gather();
        let kind = iam.input.get(&format!("{entry}.ContextKeyType")).unwrap_or("string");
        one_of("ContextKeyType", kind, KEY_TYPES)?;
        let list = kind.ends_with("List");
        match values.first().filter(|_| !list) {
            Some(value) => context.set(key, value.as_str(), "origin.request"),
            None => context.set_all(key, values, "origin.request"),
        }
    }
    Ok(context)
}

/// EvaluationResult.
fn result(
    request: &AuthorizationRequest,
    policies: &Policies,
    simulated: &Simulated,
    missing: &[String],
    answer: &Authorization,
) -> Tree {
    let decision = match answer.decision {
        Decision::Allow => "allowed",
        Decision::ExplicitDeny => "explicitDeny",
        Decision::ImplicitDeny | Decision::Depends => "implicitDeny",
    };
    let mut tree = Tree::new();
    tree.texts(&[
        ("EvalActionName", &request.action),
        ("EvalResourceName", &request.resource),
        ("EvalDecision", decision),
    ]);
    let mut matched = Vec::new();
    for citation in &answer.decided_by {
        let source = simulated.identity.iter().find(|source| source.policy.name == citation.policy);
        let mut item = Tree::new();
        item.texts(&[
            ("SourcePolicyId", &citation.policy),
            ("SourcePolicyType", source.map_or("IAM Policy", |source| source.kind)),
        ]);
        if let Some(span) = citation.span {
            item.put("StartPosition", position(span.start));
            item.put("EndPosition", position(span.end));
        }
        matched.push(item);
    }
    tree.put("MatchedStatements", Tree::Items(matched));
    tree.put("MissingContextValues", Tree::Items(missing.iter().cloned().map(Tree::Text).gather()));
    let passes = |gate: Gate| answer.gates.get(&gate) == Some(&GateState::Allow);
    for (present, gate, name, field) in [
        (
            policies.boundary.is_some(),
            Gate::Boundary,
            "PermissionsBoundaryDecisionDetail",
            "AllowedByPermissionsBoundary",
        ),
        (!policies.scp.is_empty(), Gate::Scp, "OrganizationsDecisionDetail", "AllowedByOrganizations"),
    ] {
        if present {
            let mut detail = Tree::new();
            detail.flag(field, passes(gate));
            tree.put(name, detail);
        }
    }
    tree
}

fn position(at: Position) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[("Line", &at.line.to_string()), ("Column", &at.column.to_string())]);
    tree
}
