//! Edits of a running scenario: its text changes as a stack is updated, or policies are switched off.
//!
//! Entries: [`Sandbox::set_policy`], [`Sandbox::patch`], [`Sandbox::without`].

use super::{Sandbox, settle};
use crate::authorization::Gate;
use crate::chunk;
use crate::json::Diagnostic;
use crate::scenario::{self, Document};
use crate::services::Without;

impl Sandbox {
    /// Replaces the value at `pointer` by the typed text, as a stack update.
    ///
    /// On `Err` nothing has changed; lines and columns count in the typed text.
    pub fn set_policy(&mut self, pointer: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        let document = self.document.set_policy(pointer, text)?;
        self.update(document.clone()).map_err(|found| document.in_policy(pointer, found))
    }

    /// Applies a JSON Patch (its text), as a stack update. On `Err` nothing has changed.
    pub fn patch(&mut self, patch: &str) -> Result<(), Vec<Diagnostic>> {
        self.update(self.document.patch(patch)?)
    }

    /// `Err` without findings where the chunk isn't loaded.
    pub(super) fn update(&mut self, document: Document) -> Result<(), Vec<Diagnostic>> {
        chunk::editor(|| self.put_in_force(document)).unwrap_or_else(|missing| {
            self.ledger.missing = Some(missing);
            Err(Vec::new())
        })
    }

    fn put_in_force(&mut self, document: Document) -> Result<(), Vec<Diagnostic>> {
        let loaded = scenario::update(&mut self.cloud, &self.loaded, &document)?;
        if let Some(mut before) = self.before.take() {
            self.before = scenario::update(&mut before.cloud, &self.loaded, &document).ok().map(|_| {
                settle(&mut before.hosts, &loaded);
                before
            });
        }
        settle(&mut self.hosts, &loaded);
        self.loaded = loaded;
        self.document = document;
        Ok(())
    }

    /// Switches gates (`identity`, `vpc-endpoint`, ...) and policies (by name or pointer) off until called again.
    /// `Err`: the first name that is neither.
    pub fn without(&mut self, names: &[String]) -> Result<(), String> {
        let mut without = Without::default();
        for name in names {
            let known = self.loaded.policies.iter().any(|each| each.policy == *name || each.pointer == *name);
            match Gate::named(name) {
                Some(gate) => without.gates.push(gate),
                None if known => without.policies.push(name.clone()),
                None => return Err(name.clone()),
            }
        }
        if let Some(before) = &mut self.before {
            before.ledger.without = without.clone();
        }
        self.ledger.without = without;
        Ok(())
    }
}
