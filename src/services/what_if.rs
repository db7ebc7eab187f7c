//! What-if: gates and policies that are switched off, and policies that can't be seen, so that a reader sees what would
//! change without them and what hangs on them.

use crate::authorization::{Gate, Policies};
use crate::gather::Gather;
use crate::policy::Policy;
use std::sync::Arc;

/// What authorizations leave out, and what they don't know. Empty by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhatIf {
    /// Gates that neither close nor grant.
    pub gates: Vec<Gate>,
    /// Policies, by name, that aren't there; a pointer switches one document of a resource off.
    pub absent: Vec<String>,
    /// Policies, by name or pointer, that are there and can't be seen.
    pub unseen: Vec<String>,
}

impl WhatIf {
    /// Names of everything that is switched off, as the reader named it.
    pub fn without(&self) -> Vec<String> {
        let gates = self.gates.iter().map(|gate| gate.name().to_string());
        gates.chain(self.absent.iter().cloned()).gather()
    }

    /// The policies as they would be.
    pub(super) fn apply(&self, mut policies: Policies) -> Policies {
        if self.absent.is_empty() && self.unseen.is_empty() {
            return policies;
        }
        policies.retain(&mut |policy| {
            if names(&self.unseen, policy) {
                *policy = Arc::new(Policy { document: None, text: Arc::from(""), ..(**policy).clone() });
            }
            !names(&self.absent, policy)
        });
        // An endpoint without its own policy has AWS's default, full access.
        policies.vpc_endpoint = policies.vpc_endpoint.filter(|list| !list.is_empty());
        policies
    }
}

fn names(names: &[String], policy: &Policy) -> bool {
    names.iter().any(|name| *name == policy.name || *name == policy.pointer)
}
