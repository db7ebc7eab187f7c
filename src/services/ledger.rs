//! What services remember for the reader's sake: the steps by which a metadata service got the credentials that it
//! holds, to be shown again, and what the last command asked to be authorized, to be asked in other ways.

use super::access_analyzer::PolicyChecks;
use super::what_if::WhatIf;
use crate::authorization::{AuthorizationRequest, Gate, Policies};
use crate::chunk::Missing;
use crate::cloud::RoleDelivery;
use crate::sorted::SortedMap;
use crate::trace::{Step, StepKind};

/// What services remember beside the state of the cloud, for the trace alone.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// What authorizations leave out, and don't know.
    pub what_if: WhatIf,
    /// What was asked in the `authorize` steps since this was last emptied, in the order of the steps.
    pub questions: Vec<Question>,
    /// The checks of policies that Access Analyzer answers with, where somebody lends them.
    pub policy_checks: Option<PolicyChecks>,
    /// A part of the program that a command needed and that isn't loaded: what the command did is void.
    pub missing: Option<Missing>,
    deliveries: SortedMap<(String, RoleDelivery), Delivery>,
}

/// What one authorization was asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The request.
    pub request: AuthorizationRequest,
    /// The policies that apply.
    pub policies: Policies,
    /// Gates that are switched off.
    pub off: Vec<Gate>,
}

/// How a session came to an instance.
#[derive(Debug, Clone)]
struct Delivery {
    access_key_id: String,
    steps: Vec<Step>,
    questions: Vec<Question>,
}

impl Ledger {
    /// Keeps the steps that led to a session of an instance.
    pub(super) fn keep(
        &mut self,
        instance: &str,
        delivery: RoleDelivery,
        access_key_id: &str,
        steps: Vec<Step>,
    ) {
        let asked = steps.iter().filter(|step| step.kind == StepKind::Authorize).count();
        let questions =
            self.questions.get(self.questions.len().saturating_sub(asked)..).unwrap_or(&[]).to_vec();
        let delivery_of = (instance.to_string(), delivery);
        self.deliveries
            .insert(delivery_of, Delivery { access_key_id: access_key_id.to_string(), steps, questions });
    }

    /// The steps that led to that very session, to be replayed; none if they aren't known. Their questions count as
    /// asked again.
    pub(super) fn replay(
        &mut self,
        instance: &str,
        delivery: RoleDelivery,
        access_key_id: &str,
    ) -> Vec<Step> {
        match self.deliveries.get(&(instance.to_string(), delivery)) {
            Some(kept) if kept.access_key_id == access_key_id => {
                self.questions.extend(kept.questions.iter().cloned());
                kept.steps.clone()
            }
            _ => Vec::new(),
        }
    }
}
