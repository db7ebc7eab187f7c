//! What opens a gate in which statements deny: each Deny spares the request, as little else as possible.

use super::super::question::Question;
use super::super::{Gate, PrincipalKind};
use super::change::Change;
use super::draft::{Proposal, Slot, What};
use super::grant::literal;
use super::{
    ADD_VALUE, EXEMPT_ACTION, EXEMPT_PRINCIPAL, EXEMPT_RESOURCE, REMOVE_ACTION, REMOVE_DENY, REMOVE_RESOURCE,
    Source,
};
use crate::json::{Node, child, lookup};
use crate::policy::{Asked, Document, Effect, Statement};

/// An edit for each Deny that hits.
pub(super) fn propose(question: &Question<'_>, gate: Gate, source: &Source<'_>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for slot in Slot::all(question.policies, gate) {
        let Some(policy) = slot.get(question.policies) else { continue };
        let Some(document) = &policy.document else { continue };
        let asked = question.to(policy);
        let written = source(policy);
        for (number, statement) in document.statements.iter().enumerate() {
            if statement.effect == Effect::Deny && statement.matches(&asked).is_some() {
                let deny =
                    Deny { gate, statement, number, document, asked: &asked, written: written.as_ref() };
                let (code, change) = deny.spare(question);
                proposals.push(Proposal { slot, code, what: What::Change(change) });
            }
        }
    }
    proposals
}

/// A statement that denies the request.
struct Deny<'a> {
    gate: Gate,
    statement: &'a Statement,
    number: usize,
    document: &'a Document,
    asked: &'a Asked<'a>,
    written: Option<&'a Node>,
}

impl Deny<'_> {
    /// The narrowest edit first.
    fn spare(&self, question: &Question<'_>) -> (&'static str, Change) {
        let statement = self.number;
        self.action()
            .or_else(|| self.resource())
            .or_else(|| self.value())
            .or_else(|| self.principal(question))
            .unwrap_or((REMOVE_DENY, Change::Remove(statement)))
    }

    /// Action lists it beside others, or NotAction can list it too.
    fn action(&self) -> Option<(&'static str, Change)> {
        let patterns = &self.statement.actions.patterns;
        let element = self.statement.action_element();
        let (statement, wanted) = (self.number, self.asked.action);
        if self.statement.actions.negated {
            self.written?;
            return Some((EXEMPT_ACTION, Change::AddItem { statement, element, text: wanted.to_string() }));
        }
        let mut hits = patterns.iter().filter(|pattern| pattern.matches(wanted));
        let (hit, more) = (hits.next()?, hits.next());
        let alone = patterns.len() < 2 || more.is_some() || !hit.text().eq_ignore_ascii_case(wanted);
        if alone || !self.is_array(element) {
            return None;
        }
        Some((REMOVE_ACTION, Change::RemoveItem { statement, element, text: hit.text().to_string() }))
    }

    /// Resource lists exactly it beside others, or NotResource can list it too.
    fn resource(&self) -> Option<(&'static str, Change)> {
        let resources = self.statement.resources.as_ref()?;
        let element = self.statement.resource_element();
        let (statement, wanted) = (self.number, self.asked.resource.text());
        if resources.negated {
            self.written?;
            let text = literal(wanted, self.document.version)?;
            return Some((EXEMPT_RESOURCE, Change::AddItem { statement, element, text }));
        }
        let mut hits = resources
            .patterns
            .iter()
            .filter(|pattern| pattern.matches(&self.asked.resource, self.asked.keys));
        let (hit, more) = (hits.next()?, hits.next());
        if resources.patterns.len() < 2 || more.is_some() || hit.text() != wanted || !self.is_array(element) {
            return None;
        }
        Some((REMOVE_RESOURCE, Change::RemoveItem { statement, element, text: wanted.to_string() }))
    }

    /// A negated operator spares the values that it lists: a guard of the kind "unless it comes from here".
    fn value(&self) -> Option<(&'static str, Change)> {
        self.written?;
        let negated = self.statement.conditions.iter().filter(|condition| condition.is_negated());
        let mut named =
            negated.filter_map(|condition| Some((condition, condition.values_of(self.asked.keys)?)));
        let (condition, found) = named.find(|(_, found)| found.values.len() == 1)?;
        let value = found.values.first()?;
        let value =
            if condition.reads_wildcards() { literal(value, self.document.version)? } else { value.clone() };
        Some((
            ADD_VALUE,
            Change::AddValue {
                statement: self.number,
                operator: condition.operator.to_string(),
                key: condition.key.to_string(),
                value,
            },
        ))
    }

    /// A guard rail for many spares this one. An identity policy is about its own principal anyway.
    fn principal(&self, question: &Question<'_>) -> Option<(&'static str, Change)> {
        let guards = matches!(self.gate, Gate::Rcp | Gate::Scp | Gate::Resource | Gate::VpcEndpoint);
        let has_arn = !matches!(question.principal().kind, PrincipalKind::Service | PrincipalKind::Anonymous);
        let key = "aws:PrincipalArn";
        let arn = question.request.context.values(key)?.first()?;
        let known = |key: &str| {
            self.statement.conditions.iter().any(|condition| condition.key.eq_ignore_ascii_case(key))
        };
        if !guards || !has_arn || known(key) || self.written.is_none() {
            return None;
        }
        Some((
            EXEMPT_PRINCIPAL,
            Change::AddValue {
                statement: self.number,
                operator: "ArnNotEquals".to_string(),
                key: key.to_string(),
                value: literal(arn, self.document.version)?,
            },
        ))
    }

    /// Whether the element stands as an array, of which an item can be removed.
    fn is_array(&self, element: &str) -> bool {
        let pointer = child(&self.document.statement_pointer(self.number), element);
        self.written.and_then(|written| lookup(written, &pointer)).is_some_and(|list| list.items().len() > 1)
    }
}
