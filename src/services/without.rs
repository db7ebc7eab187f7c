//! What-if: gates and policies that are switched off, so that a reader sees what would change without them.

use crate::authorization::{Gate, Policies};
use crate::policy::Policy;
use std::sync::Arc;

/// What authorizations leave out. Empty by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Without {
    /// Gates that neither close nor grant.
    pub gates: Vec<Gate>,
    /// Policies, by name, that aren't there; a pointer switches one document of a resource off.
    pub policies: Vec<String>,
}

impl Without {
    /// Names of everything that is switched off, as the reader named it.
    pub fn names(&self) -> Vec<String> {
        let gates = self.gates.iter().map(|gate| gate.name().to_string());
        gates.chain(self.policies.iter().cloned()).collect()
    }

    /// The policies that stay.
    pub(super) fn keep(&self, mut policies: Policies) -> Policies {
        if self.policies.is_empty() {
            return policies;
        }
        let stays = |policy: &Arc<Policy>| {
            !self.policies.contains(&policy.name) && !self.policies.contains(&policy.pointer)
        };
        policies.identity.retain(stays);
        policies.boundary = policies.boundary.filter(stays);
        policies.resource = policies.resource.filter(stays);
        for list in [&mut policies.session, &mut policies.vpc_endpoint].into_iter().flatten() {
            list.retain(stays);
        }
        for level in policies.scp.iter_mut().chain(&mut policies.rcp) {
            level.policies.retain(stays);
        }
        // An endpoint without its own policy has AWS's default, full access.
        policies.vpc_endpoint = policies.vpc_endpoint.filter(|list| !list.is_empty());
        policies
    }
}
