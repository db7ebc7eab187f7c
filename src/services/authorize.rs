//! Whether the caller may do it: finds every policy that applies, builds the context, asks the authorization.
//!
//! AWS page: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access".

use super::authenticate::Caller;
use super::call::Call;
use super::context;
use super::denial::{ResourceClause, denial};
use super::errors::AwsError;
use super::ledger::Question;
use crate::authorization::{
    self, Authorization, AuthorizationRequest, Context, Decision, Detail, Level, Policies, PrincipalKind,
    PublicAccessBlock,
};
use crate::cloud::{Cloud, ControlPolicyKind, InlinePolicy, SessionPrincipal};
use crate::gather::Gather;
use crate::policy::Policy;
use crate::trace::NodeRef;
use crate::trace::{AuthorizeEvidence, Evidence, Outcome, Params, StepKind};
use std::sync::Arc;

/// What the caller wants to do, to what.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    /// `s3:GetObject`
    pub action: &'static str,
    /// An ARN.
    pub resource: String,
    /// The account that owns the resource.
    pub account: Option<String>,
    /// Bucket policy or trust policy.
    pub policy: Option<Arc<Policy>>,
    /// Of S3 alone.
    pub public_access_block: Option<PublicAccessBlock>,
}

/// The answer to an authorization, with what it was asked.
pub(super) struct Verdict {
    pub request: AuthorizationRequest,
    pub policies: Policies,
    pub answer: Authorization,
}

impl Verdict {
    /// Whether the request is allowed.
    pub fn allows(&self) -> bool {
        self.answer.decision == Decision::Allow
    }

    /// AWS's sentence for a refusal.
    pub fn denial(&self, clause: ResourceClause) -> AwsError {
        denial(&self.request, &self.policies, &self.answer, clause, &self.request.resource)
    }

    /// Nothing, if the request is allowed.
    ///
    /// # Errors
    /// AWS's sentence for a refusal.
    pub fn demand(&self, clause: ResourceClause) -> Result<(), AwsError> {
        if self.allows() { Ok(()) } else { Err(self.denial(clause)) }
    }

    /// The sentence where the service calls the resource something else than its ARN: `role NAME`.
    pub fn denial_on(&self, told: &str) -> AwsError {
        denial(&self.request, &self.policies, &self.answer, ResourceClause::Plain, told)
    }
}

/// Authorizes an action that has no resource.
///
/// # Errors
/// AccessDenied.
pub(super) fn authorize_all(
    call: &mut Call<'_>,
    caller: &Caller,
    action: &'static str,
    region: &str,
    (to, clause): (NodeRef, ResourceClause),
) -> Result<(), AwsError> {
    let account = caller.principal.account.clone();
    let target = Target { action, resource: "*".to_string(), account, ..Target::default() };
    authorize(call, caller, target, Context::default(), region, (to.clone(), to)).demand(clause)
}

/// Evaluates every policy and records the step, from the service to what is asked for.
pub(super) fn authorize(
    call: &mut Call<'_>,
    caller: &Caller,
    target: Target,
    service_keys: Context,
    region: &str,
    nodes: (NodeRef, NodeRef),
) -> Verdict {
    let (from, to) = nodes;
    let step = call.recorder.open(StepKind::Authorize, from, to, call.cloud.now);
    let context = context::build(call, caller, &target, service_keys, region);
    let policies = policies_that_apply(call, caller, &target);
    let request = AuthorizationRequest {
        principal: caller.principal.clone(),
        action: target.action.to_string(),
        resource: target.resource,
        resource_account: target.account,
        context,
    };
    let what_if = &call.ledger.what_if;
    let (off, without) = (what_if.gates.clone(), what_if.without());
    let policies = what_if.apply(policies);
    let answer = authorization::authorize_without(&request, &policies, &off, Detail::Full);
    call.ledger.questions.push(Question { request: request.clone(), policies: policies.clone(), off });
    let mut params = Params::from([
        ("action", request.action.clone()),
        ("resource", request.resource.clone()),
        ("principal", principal_name(caller)),
    ]);
    if let Some(citation) = answer.decided_by.first() {
        params.insert("policy", citation.policy.clone());
    }
    if answer.decision == Decision::Depends {
        let unseen: Vec<&str> = answer.depends_on.iter().map(|one| one.policy.as_str()).gather();
        params.insert("policies", unseen.join(", "));
    }
    let (outcome, code) = match answer.decision {
        Decision::Allow => (Outcome::Ok, "authorize.allowed"),
        Decision::ExplicitDeny => (Outcome::Denied, "authorize.explicit-deny"),
        Decision::ImplicitDeny => (Outcome::Denied, "authorize.implicit-deny"),
        Decision::Depends => (Outcome::Unknown, "authorize.depends"),
    };
    let evidence = AuthorizeEvidence::new(&request, answer.clone(), without);
    let why = params.clone();
    call.recorder.close(step, outcome, code, params, Evidence::Authorize(Box::new(evidence)));
    if answer.decision == Decision::Depends {
        call.recorder.end(why);
    }
    Verdict { request, policies, answer }
}

fn principal_name(caller: &Caller) -> String {
    match caller.principal.kind {
        PrincipalKind::Anonymous => "anonymous".to_string(),
        _ => caller.principal.arn.clone(),
    }
}

fn policies_that_apply(call: &Call<'_>, caller: &Caller, target: &Target) -> Policies {
    let (identity, boundary) = identity_policies(call.cloud, caller);
    let endpoint = call.arrival.endpoint.as_ref().and_then(|passage| passage.policy.clone());
    Policies {
        identity,
        boundary,
        session: caller.session().and_then(|session| session.session_policies.clone()),
        resource: target.policy.clone(),
        vpc_endpoint: endpoint.map(|policy| vec![policy]),
        scp: levels(call.cloud, caller.principal.account.as_deref(), ControlPolicyKind::Service),
        rcp: levels(call.cloud, target.account.as_deref(), ControlPolicyKind::Resource),
        public_access_block: target.public_access_block,
    }
}

/// The SCPs that bind an account, level by level.
pub(super) fn service_control_levels(cloud: &Cloud, account: &str) -> Vec<Level> {
    levels(cloud, Some(account), ControlPolicyKind::Service)
}

/// What the organization of an account binds it with: SCPs that of the caller, RCPs that of the resource.
fn levels(cloud: &Cloud, account: Option<&str>, kind: ControlPolicyKind) -> Vec<Level> {
    let organization = account.and_then(|account| Some((account, cloud.organization_of(account)?)));
    organization.map(|(account, found)| found.levels(account, kind)).unwrap_or_default()
}

/// Inline, managed and group policies of the caller, and its permissions boundary.
fn identity_policies(cloud: &Cloud, caller: &Caller) -> (Vec<Arc<Policy>>, Option<Arc<Policy>>) {
    let nothing = (Vec::new(), None);
    let account = caller.principal.account.as_ref().and_then(|account| cloud.accounts.get(account));
    let Some(account) = account else { return nothing };
    let managed = |arns: &[String]| -> Vec<Arc<Policy>> {
        arns.iter().filter_map(|arn| cloud.managed_policy(arn)).cloned().gather()
    };
    let inline = |policies: &[InlinePolicy]| -> Vec<Arc<Policy>> {
        policies.iter().map(|inline| inline.policy.clone()).gather()
    };
    let boundary = |arn: &Option<String>| arn.as_ref().and_then(|arn| cloud.managed_policy(arn)).cloned();
    if let Some(session) = caller.session()
        && let SessionPrincipal::AssumedRole { role_name, .. } = &session.principal
    {
        let Some(role) = account.roles.get(role_name) else { return nothing };
        let policies = [inline(&role.inline_policies), managed(&role.attached_policies)].concat();
        return (policies, boundary(&role.permissions_boundary));
    }
    let Some(user) = caller.user(cloud) else { return nothing };
    let mut policies = [inline(&user.inline_policies), managed(&user.attached_policies)].concat();
    for group in user.groups.iter().filter_map(|name| account.groups.get(name)) {
        policies.extend(inline(&group.inline_policies));
        policies.extend(managed(&group.attached_policies));
    }
    (policies, boundary(&user.permissions_boundary))
}
