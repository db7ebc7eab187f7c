//! Policies with edits in them: what is evaluated to verify a suggestion.

use super::super::{Gate, Level, Policies};
use super::change::{Change, Operation, perform};
use super::{Edit, Source, Suggestion};
use crate::gather::Gather;
use crate::json::Node;
use crate::policy::{Document, Policy, PolicyKind};
use crate::sorted::sort_by;
use std::sync::Arc;

/// Where a policy is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Identity(usize),
    Boundary,
    Session(usize),
    Resource,
    VpcEndpoint(usize),
    Scp(usize, usize),
    Rcp(usize, usize),
}

impl Slot {
    fn gate(self) -> Gate {
        match self {
            Slot::Identity(_) => Gate::Identity,
            Slot::Boundary => Gate::Boundary,
            Slot::Session(_) => Gate::Session,
            Slot::Resource => Gate::Resource,
            Slot::VpcEndpoint(_) => Gate::VpcEndpoint,
            Slot::Scp(..) => Gate::Scp,
            Slot::Rcp(..) => Gate::Rcp,
        }
    }

    fn kind(self, trust: bool) -> PolicyKind {
        match self {
            Slot::Identity(_) | Slot::Boundary | Slot::Session(_) => PolicyKind::Identity,
            Slot::Resource if trust => PolicyKind::Trust,
            Slot::Resource => PolicyKind::Resource,
            Slot::VpcEndpoint(_) => PolicyKind::VpcEndpoint,
            Slot::Scp(..) => PolicyKind::ServiceControl,
            Slot::Rcp(..) => PolicyKind::ResourceControl,
        }
    }

    /// The policy that is attached there.
    pub fn get(self, policies: &Policies) -> Option<&Arc<Policy>> {
        match self {
            Slot::Identity(place) => policies.identity.get(place),
            Slot::Boundary => policies.boundary.as_ref(),
            Slot::Session(place) => policies.session.as_ref()?.get(place),
            Slot::Resource => policies.resource.as_ref(),
            Slot::VpcEndpoint(place) => policies.vpc_endpoint.as_ref()?.get(place),
            Slot::Scp(level, place) => policies.scp.get(level)?.policies.get(place),
            Slot::Rcp(level, place) => policies.rcp.get(level)?.policies.get(place),
        }
    }

    /// Attaches a policy there, at the end of a list if it isn't one of its places; `None` takes it away.
    fn set(self, policies: &mut Policies, policy: Option<Arc<Policy>>) {
        match self {
            Slot::Identity(place) => put(&mut policies.identity, place, policy),
            Slot::Boundary => policies.boundary = policy,
            Slot::Session(place) => put(policies.session.get_or_insert_default(), place, policy),
            Slot::Resource => policies.resource = policy,
            Slot::VpcEndpoint(place) => put(policies.vpc_endpoint.get_or_insert_default(), place, policy),
            Slot::Scp(level, place) => {
                if let Some(level) = policies.scp.get_mut(level) {
                    put(&mut level.policies, place, policy);
                }
            }
            Slot::Rcp(level, place) => {
                if let Some(level) = policies.rcp.get_mut(level) {
                    put(&mut level.policies, place, policy);
                }
            }
        }
    }

    /// Every place of a gate where a policy is attached.
    pub fn all(policies: &Policies, gate: Gate) -> Vec<Slot> {
        let levels = |levels: &[Level], slot: fn(usize, usize) -> Slot| -> Vec<Slot> {
            let places = |(number, level): (usize, &Level)| {
                (0..level.policies.len()).map(|place| slot(number, place)).gather::<Vec<Slot>>()
            };
            levels.iter().enumerate().flat_map(places).gather()
        };
        match gate {
            Gate::Identity => (0..policies.identity.len()).map(Slot::Identity).gather(),
            Gate::Boundary => policies.boundary.iter().map(|_| Slot::Boundary).gather(),
            Gate::Session => (0..policies.session.as_ref().map_or(0, Vec::len)).map(Slot::Session).gather(),
            Gate::Resource | Gate::S3BlockPublicAccess => {
                policies.resource.iter().map(|_| Slot::Resource).gather()
            }
            Gate::VpcEndpoint => {
                (0..policies.vpc_endpoint.as_ref().map_or(0, Vec::len)).map(Slot::VpcEndpoint).gather()
            }
            Gate::Scp => levels(&policies.scp, Slot::Scp),
            Gate::Rcp => levels(&policies.rcp, Slot::Rcp),
        }
    }
}

fn put(list: &mut Vec<Arc<Policy>>, place: usize, policy: Option<Arc<Policy>>) {
    match (policy, list.get_mut(place)) {
        (Some(policy), Some(old)) => *old = policy,
        (Some(policy), None) => list.push(policy),
        (None, Some(_)) => drop(list.remove(place)),
        (None, None) => {}
    }
}

/// An edit with the name of what it does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    pub slot: Slot,
    /// Catalogue key.
    pub code: &'static str,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// An edit of the policy that is there.
    Change(Change),
    /// A policy where there is none.
    New(Node),
}

/// The policies with all these edits; `None` if one can't be made.
pub(super) fn apply(policies: &Policies, proposals: &[Proposal], trust: bool) -> Option<Policies> {
    let mut draft = policies.clone();
    // From the last place on, since a policy that goes away moves those behind it.
    for of_slot in by_slot(proposals).into_iter().rev() {
        let Some(slot) = of_slot.first().map(|proposal| proposal.slot) else { continue };
        let kind = slot.kind(trust);
        let policy = match (slot.get(policies), ordered(of_slot).as_slice()) {
            (_, [Proposal { what: What::New(node), .. }]) => {
                let document = Document::parse(node, kind).ok()?;
                Some(Policy::known("", "", Arc::from(""), Arc::new(document), kind))
            }
            (Some(policy), changes) => edited(policy, changes, kind)?,
            (None, _) => return None,
        };
        slot.set(&mut draft, policy.map(Arc::new));
    }
    Some(draft)
}

/// Whether a limit is gone with its last policy: without one it would let everything through.
pub(super) fn lifts(draft: &Policies, gate: Gate) -> bool {
    matches!(gate, Gate::Boundary | Gate::Session | Gate::VpcEndpoint) && Slot::all(draft, gate).is_empty()
}

/// The policy with these changes; inside, `None` if no statement is left.
fn edited(policy: &Policy, changes: &[&Proposal], kind: PolicyKind) -> Option<Option<Policy>> {
    let mut node = policy.document.as_ref()?.to_node();
    for proposal in changes {
        if let What::Change(change) = &proposal.what {
            change.apply(&mut node)?;
        }
    }
    if node.get("Statement").is_some_and(|statements| statements.items().is_empty()) {
        return Some(None);
    }
    let document = Document::parse(&node, kind).ok()?;
    Some(Some(Policy { document: Some(Arc::new(document)), ..policy.clone() }))
}

/// The proposals of each place, the places in order.
fn by_slot(proposals: &[Proposal]) -> Vec<Vec<&Proposal>> {
    let mut sorted: Vec<&Proposal> = proposals.iter().gather();
    sort_by(&mut sorted, |one, other| one.slot.cmp(&other.slot));
    sorted.chunk_by(|one, other| one.slot == other.slot).map(<[&Proposal]>::to_vec).gather()
}

/// The proposals of one place in a sequence in which each is safe.
fn ordered(mut of_slot: Vec<&Proposal>) -> Vec<&Proposal> {
    let rank = |proposal: &Proposal| match &proposal.what {
        What::Change(change) => change.rank(),
        What::New(_) => (0, std::cmp::Reverse(0)),
    };
    sort_by(&mut of_slot, |one, other| rank(one).cmp(&rank(other)));
    of_slot
}

/// The edits as they are offered: one for each policy. `None` if one can't be written.
pub(super) fn suggestions(
    policies: &Policies,
    gate: Gate,
    proposals: &[Proposal],
    source: &Source<'_>,
) -> Option<Vec<Suggestion>> {
    let offer = |of_slot: Vec<&Proposal>| {
        let (slot, code) = of_slot.first().map(|proposal| (proposal.slot, proposal.code))?;
        suggestion(policies, gate, (slot, code), &ordered(of_slot), source)
    };
    by_slot(proposals).into_iter().map(offer).gather()
}

fn suggestion(
    policies: &Policies,
    gate: Gate,
    (slot, code): (Slot, &'static str),
    proposals: &[&Proposal],
    source: &Source<'_>,
) -> Option<Suggestion> {
    debug_assert!(slot.gate() == gate || gate == Gate::S3BlockPublicAccess);
    let first = proposals.first()?;
    if let What::New(node) = &first.what {
        let target = match slot {
            Slot::Scp(level, _) => policies.scp.get(level).map(|level| level.target.clone()),
            Slot::Rcp(level, _) => policies.rcp.get(level).map(|level| level.target.clone()),
            _ => None,
        };
        let edit = Edit::Document(node.clone());
        return Some(Suggestion { gate, code, policy: None, pointer: None, target, edit });
    }
    let policy = slot.get(policies)?;
    let document = policy.document.as_ref()?;
    let changes = || {
        proposals.iter().filter_map(|proposal| match &proposal.what {
            What::Change(change) => Some(change),
            What::New(_) => None,
        })
    };
    let all_removed = changes().all(|change| matches!(change, Change::Remove(_)));
    let mut written = source(policy);
    let (code, patch) = if all_removed && changes().count() == document.statements.len() {
        (super::REMOVE_POLICY, vec![Operation::remove_document()])
    } else if !document.is_list() && changes().any(|change| matches!(change, Change::Remove(_))) {
        // The only statement goes, others come.
        let added = changes().filter_map(Change::added).cloned().gather();
        (code, vec![Operation::replace_statements(added)])
    } else {
        let mut patch = Vec::new();
        for change in changes() {
            let operations = change.operations(document, written.as_ref())?;
            // Where the only statement becomes the first of an array it stands in the patch, edits included.
            if let Some(written) = &mut written {
                perform(written, &operations)?;
            }
            patch.extend(operations);
        }
        (code, patch)
    };
    Some(Suggestion {
        gate,
        code,
        policy: Some(policy.name.clone()),
        pointer: Some(policy.pointer.clone()),
        target: None,
        edit: Edit::Patch(patch),
    })
}
