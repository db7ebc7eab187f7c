//! What follows from a request alone: who may be bound by what.

use super::{AuthorizationRequest, Policies, Principal, PrincipalKind};
use crate::arn::Arn;
use crate::policy::{AccountMeaning, Asked, AskedResource, Caller, CallerKind, Policy};

/// The kind of policy that stands on the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResourceGate {
    /// Grants beside the identity policies: bucket policy, queue policy.
    Beside,
    /// A role's trust policy: without its Allow nothing goes.
    Trust,
    /// A key policy: the same.
    Key,
}

/// A request with what follows from it.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub request: &'a AuthorizationRequest,
    pub policies: &'a Policies,
    asked: Asked<'a>,
    /// Whether caller and resource belong to one account.
    pub same_account: bool,
    /// Whether caller and resource are of one partition; resource policies don't reach beyond.
    pub same_partition: bool,
    pub resource_gate: ResourceGate,
}

impl<'a> Question<'a> {
    pub fn new(request: &'a AuthorizationRequest, policies: &'a Policies) -> Self {
        let principal = &request.principal;
        let resource = AskedResource::new(&request.resource);
        let caller = Caller {
            kind: match principal.kind {
                PrincipalKind::User | PrincipalKind::AssumedRole | PrincipalKind::FederatedUser => {
                    CallerKind::Iam
                }
                PrincipalKind::Root => CallerKind::Root,
                PrincipalKind::Service => CallerKind::Service,
                PrincipalKind::Anonymous => CallerKind::Anonymous,
            },
            arn: &principal.arn,
            issuer: principal.issuer.as_deref(),
            unique_id: principal.unique_id.as_deref(),
            account: principal.account.as_deref(),
            bounded: policies.boundary.is_some(),
        };
        let asked = Asked {
            action: &request.action,
            resource,
            caller,
            keys: &request.context,
            account_meaning: AccountMeaning::Everybody,
        };
        let partition = Arn::parse(&principal.arn).map(|arn| arn.partition);
        let same_partition = match (partition, resource.arn()) {
            (Some(caller), Some(resource)) => caller == resource.partition,
            _ => true,
        };
        let owner = request.resource_account().or(principal.account.as_deref());
        Question {
            request,
            policies,
            asked,
            same_account: principal.account.is_some() && owner == principal.account.as_deref(),
            same_partition,
            resource_gate: resource_gate(&request.action, resource),
        }
    }

    /// The question as a policy reads it.
    pub fn to(&self, policy: &Policy) -> Asked<'a> {
        Asked { account_meaning: policy.account_meaning, ..self.asked }
    }

    pub fn principal(&self) -> &'a Principal {
        &self.request.principal
    }

    /// Whether the caller belongs to an account: user, session or root user.
    pub fn has_account(&self) -> bool {
        !matches!(self.principal().kind, PrincipalKind::Service | PrincipalKind::Anonymous)
    }

    /// Whether the caller is a session of a service-linked role, which no SCP or RCP binds.
    pub fn service_linked(&self) -> bool {
        let issuer = self.principal().issuer.as_deref().and_then(Arn::parse);
        issuer.is_some_and(|arn| arn.resource.starts_with("role/aws-service-role/"))
    }

    /// Prefix of the action's service.
    pub fn service(&self) -> &'a str {
        self.request.action.split_once(':').map_or("", |(service, _)| service)
    }

    /// Whether the action is this one; actions have no case.
    pub fn is(&self, action: &str) -> bool {
        self.request.action.eq_ignore_ascii_case(action)
    }

    /// Whether the resource's policy must allow, whatever the identity policies say.
    pub fn resource_must_allow(&self) -> bool {
        !self.same_account || self.resource_gate != ResourceGate::Beside
    }
}

pub(super) fn resource_gate(action: &str, resource: AskedResource<'_>) -> ResourceGate {
    let (service, operation) = action.split_once(':').unwrap_or(("", action));
    let kind = resource.arn().map_or("", |arn| arn.resource.split(['/', ':']).next().unwrap_or(""));
    let assume = |name: &str| name.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("AssumeRole"));
    let on_role = ["TagSession", "SetSourceIdentity"].iter().any(|name| name.eq_ignore_ascii_case(operation));
    if service.eq_ignore_ascii_case("sts") && (assume(operation) || (on_role && kind == "role")) {
        ResourceGate::Trust
    } else if service.eq_ignore_ascii_case("kms") && kind == "key" {
        ResourceGate::Key
    } else {
        ResourceGate::Beside
    }
}
