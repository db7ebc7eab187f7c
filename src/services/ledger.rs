//! The steps by which a metadata service got the credentials that it holds, kept to be shown again.

use super::without::Without;
use crate::cloud::RoleDelivery;
use crate::sorted::SortedMap;
use crate::trace::Step;

/// What services remember beside the state of the cloud, for the trace alone.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// What authorizations leave out.
    pub without: Without,
    deliveries: SortedMap<(String, RoleDelivery), (String, Vec<Step>)>,
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
        self.deliveries.insert((instance.to_string(), delivery), (access_key_id.to_string(), steps));
    }

    /// The steps that led to that very session; none if they aren't known.
    pub(super) fn steps(&self, instance: &str, delivery: RoleDelivery, access_key_id: &str) -> &[Step] {
        match self.deliveries.get(&(instance.to_string(), delivery)) {
            Some((kept, steps)) if kept == access_key_id => steps,
            _ => &[],
        }
    }
}
