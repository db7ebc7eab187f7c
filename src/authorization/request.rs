//! What is asked, by whom, and the policies that apply.

use super::Context;
use super::question::{ResourceGate, resource_gate};
use crate::arn::Arn;
use crate::policy::{AskedResource, Policy};
use std::sync::Arc;

/// Who makes the request, as authentication found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// What kind of principal.
    pub kind: PrincipalKind,
    /// The caller's ARN (a session's own ARN for a role); the service name for a service; empty if anonymous.
    pub arn: String,
    /// Twelve digits; `None` for services and anonymous callers.
    pub account: Option<String>,
    /// The role's ARN with its path, or the user's ARN of a federated session.
    pub issuer: Option<String>,
    /// `AROA...` of the role or `AIDA...` of the user, without a session's suffix.
    pub unique_id: Option<String>,
}

/// Kinds of principal that can be authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKind {
    /// IAM user.
    User,
    /// Session of a role.
    AssumedRole,
    /// Federated session of a user.
    FederatedUser,
    /// Root user of an account.
    Root,
    /// AWS service.
    Service,
    /// Nobody: the request isn't signed.
    Anonymous,
}

/// A request to be authorized.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorizationRequest {
    /// The caller.
    pub principal: Principal,
    /// `s3:GetObject`.
    pub action: String,
    /// An ARN, or `*` for an action without resource.
    pub resource: String,
    /// The account that owns the resource; `None`: the ARN's account, else the principal's.
    pub resource_account: Option<String>,
    /// Condition keys.
    pub context: Context,
}

impl AuthorizationRequest {
    /// Whether the resource's policy is a role's trust policy.
    pub fn asks_trust_policy(&self) -> bool {
        resource_gate(&self.action, AskedResource::new(&self.resource)) == ResourceGate::Trust
    }

    /// The account that owns the resource: as given, else the ARN's; `None` if neither says.
    pub fn resource_account(&self) -> Option<&str> {
        let of_arn =
            || Arn::parse(&self.resource).map(|arn| arn.account).filter(|account| !account.is_empty());
        self.resource_account.as_deref().or_else(of_arn)
    }
}

impl Policies {
    /// Takes every policy of that name away; whether there was one. An organization's levels stay, with fewer policies.
    pub fn remove(&mut self, name: &str) -> bool {
        let mut found = false;
        self.retain(&mut |policy| {
            let is_other = policy.name != name;
            found |= !is_other;
            is_other
        });
        found
    }

    /// Takes away every policy that isn't to be kept; those that are may be changed.
    pub fn retain(&mut self, keep: &mut dyn FnMut(&mut Arc<Policy>) -> bool) {
        for single in [&mut self.boundary, &mut self.resource] {
            if single.as_mut().is_some_and(|policy| !keep(policy)) {
                *single = None;
            }
        }
        let lists = [Some(&mut self.identity), self.session.as_mut(), self.vpc_endpoint.as_mut()];
        let levels = self.scp.iter_mut().chain(&mut self.rcp).map(|level| &mut level.policies);
        for list in lists.into_iter().flatten().chain(levels) {
            list.retain_mut(&mut *keep);
        }
    }
}

/// The four settings of S3 Block Public Access, the strictest of account and bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PublicAccessBlock {
    /// PUTs of public ACLs are refused.
    pub block_public_acls: bool,
    /// Public ACLs are ignored.
    pub ignore_public_acls: bool,
    /// PUTs of public bucket policies are refused.
    pub block_public_policy: bool,
    /// A public bucket policy grants only to the account and to AWS services.
    pub restrict_public_buckets: bool,
}

impl PublicAccessBlock {
    /// All four settings on, as new buckets have them.
    pub const ALL: Self = PublicAccessBlock {
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
    };
}

/// Policies of one level of the organization: root, unit or account.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// `r-...`, `ou-...` or the account id.
    pub target: String,
    /// What is attached there.
    pub policies: Vec<Arc<Policy>>,
}

/// Every policy that applies to a request, by type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policies {
    /// Inline, managed and group policies of the caller.
    pub identity: Vec<Arc<Policy>>,
    /// The caller's permissions boundary.
    pub boundary: Option<Arc<Policy>>,
    /// Session policies; `None`: the session was made without any.
    pub session: Option<Vec<Arc<Policy>>>,
    /// The resource's policy: bucket policy, trust policy, key policy.
    pub resource: Option<Arc<Policy>>,
    /// Policies of the VPC endpoint on the route; `None`: no endpoint, or its policy is full access.
    pub vpc_endpoint: Option<Vec<Arc<Policy>>>,
    /// Service control policies, root first; empty: not in an organization, or the management account.
    pub scp: Vec<Level>,
    /// Resource control policies, root first.
    pub rcp: Vec<Level>,
    /// S3 Block Public Access of the bucket and its account; `None` for other services.
    pub public_access_block: Option<PublicAccessBlock>,
}
