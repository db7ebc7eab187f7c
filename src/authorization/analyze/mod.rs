//! Each policy type analysed alone, and always: no type looks at another's result.
//!
//! Entry: [`Findings::new`], which only asks whether statements match; the explanation says how.

mod boundary;
mod identity;
mod public_access;
mod resource;
mod rcp;
mod scp;
mod session;
mod trust;
mod vpc_endpoint;

use super::question::{Question, ResourceGate};
use super::{Gate, Level};
use crate::policy::{Effect, Naming, Policy};
use std::sync::Arc;

/// What the policies of one type say about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Finding {
    /// A statement denies.
    pub deny: bool,
    /// A statement allows, and how it names the caller.
    pub allow: Option<Naming>,
    /// The same if every policy that can't be seen allowed; equal to `allow` if there is none.
    pub hoped: Option<Naming>,
    /// Whether a policy can't be seen.
    pub unknown: bool,
}

impl Finding {
    /// Neither an Allow nor a Deny.
    pub const NOTHING: Finding = Finding { deny: false, allow: None, hoped: None, unknown: false };
    /// An Allow.
    pub const ALLOW: Finding =
        Finding { deny: false, allow: Some(Naming::Caller), hoped: Some(Naming::Caller), unknown: false };
}

/// A value for each gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PerGate<T> {
    pub rcp: T,
    pub scp: T,
    pub resource: T,
    pub identity: T,
    pub boundary: T,
    pub session: T,
    pub vpc_endpoint: T,
    pub s3_block_public_access: T,
}

impl<T> PerGate<T> {
    pub fn get(&self, gate: Gate) -> &T {
        match gate {
            Gate::Rcp => &self.rcp,
            Gate::Scp => &self.scp,
            Gate::Resource => &self.resource,
            Gate::Identity => &self.identity,
            Gate::Boundary => &self.boundary,
            Gate::Session => &self.session,
            Gate::VpcEndpoint => &self.vpc_endpoint,
            Gate::S3BlockPublicAccess => &self.s3_block_public_access,
        }
    }

    pub fn get_mut(&mut self, gate: Gate) -> &mut T {
        match gate {
            Gate::Rcp => &mut self.rcp,
            Gate::Scp => &mut self.scp,
            Gate::Resource => &mut self.resource,
            Gate::Identity => &mut self.identity,
            Gate::Boundary => &mut self.boundary,
            Gate::Session => &mut self.session,
            Gate::VpcEndpoint => &mut self.vpc_endpoint,
            Gate::S3BlockPublicAccess => &mut self.s3_block_public_access,
        }
    }
}

/// What each policy type says; `None`: it doesn't bind this request.
pub(super) type Findings = PerGate<Option<Finding>>;

/// Analyses every policy type.
pub(super) fn findings(question: &Question<'_>) -> Findings {
    PerGate {
        rcp: rcp::analyze(question),
        scp: scp::analyze(question),
        resource: match question.resource_gate {
            ResourceGate::Trust => trust::analyze(question),
            ResourceGate::Key | ResourceGate::Beside => resource::analyze(question),
        },
        identity: identity::analyze(question),
        boundary: boundary::analyze(question),
        session: session::analyze(question),
        vpc_endpoint: vpc_endpoint::analyze(question),
        s3_block_public_access: public_access::analyze(question),
    }
}

/// What the statements of these policies say together.
fn read<'p>(question: &Question<'_>, policies: impl IntoIterator<Item = &'p Arc<Policy>>) -> Finding {
    let mut finding = Finding::NOTHING;
    for policy in policies {
        let Some(document) = &policy.document else {
            finding.unknown = true;
            continue;
        };
        let asked = question.to(policy);
        for statement in document.candidates(asked.action) {
            let settled = match statement.effect {
                Effect::Allow => finding.allow == Some(Naming::Caller),
                Effect::Deny => finding.deny,
            };
            if settled {
                continue;
            }
            if let Some(naming) = statement.matches(&asked) {
                match statement.effect {
                    Effect::Allow => finding.allow = finding.allow.max(Some(naming)),
                    Effect::Deny => finding.deny = true,
                }
            }
        }
    }
    finding.hoped = if finding.unknown { Some(Naming::Caller) } else { finding.allow };
    finding
}

/// An organization's levels: each needs an Allow, one Deny anywhere denies.
fn read_levels(question: &Question<'_>, levels: &[Level]) -> Finding {
    let mut whole = Finding::ALLOW;
    for level in levels {
        let finding = read(question, &level.policies);
        whole.deny |= finding.deny;
        whole.unknown |= finding.unknown;
        whole.allow = whole.allow.min(finding.allow);
        whole.hoped = whole.hoped.min(finding.hoped);
    }
    whole
}
