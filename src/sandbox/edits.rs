//! Edits of a running scenario: its text changes as a stack is updated, or policies are
//! switched off or can't be seen.
//!
//! Entries: [`Sandbox::set_policy`], [`Sandbox::patch`], [`Sandbox::without`], [`Sandbox::unseen`].

use super::{Sandbox, settle};
use crate::authorization::Gate;
use crate::chunk;
use crate::gather::Gather;
use crate::json::Diagnostic;
use crate::scenario::{self, Document};
use crate::services::WhatIf;

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
        let mut what_if = WhatIf { unseen: self.ledger.what_if.unseen.clone(), ..WhatIf::default() };
        for name in names {
            match Gate::named(name) {
                Some(gate) => what_if.gates.push(gate),
                None => what_if.absent.push(self.policy_named(name)?),
            }
        }
        self.suppose(what_if);
        Ok(())
    }

    /// Takes these policies (by name or pointer) for ones that are there and can't be seen, until called again.
    /// `Err`: the first name that isn't a policy's.
    ///
    /// A request whose decision hangs on them gets no answer and changes nothing, and its command ends. What a service
    /// tells of a policy itself, as GetBucketPolicy does, isn't kept back.
    pub fn unseen(&mut self, names: &[String]) -> Result<(), String> {
        let unseen = names.iter().map(|name| self.policy_named(name)).gather::<Result<_, _>>()?;
        self.suppose(WhatIf { unseen, ..self.ledger.what_if.clone() });
        Ok(())
    }

    /// The name, if it is a policy's name or pointer.
    fn policy_named(&self, name: &String) -> Result<String, String> {
        let known = self.loaded.policies.iter().any(|each| each.policy == *name || each.pointer == *name);
        if known { Ok(name.clone()) } else { Err(name.clone()) }
    }

    fn suppose(&mut self, what_if: WhatIf) {
        if let Some(before) = &mut self.before {
            before.ledger.what_if = what_if.clone();
        }
        self.ledger.what_if = what_if;
    }
}
