//! What the intrinsics of a policy's text stand for, so that an editor can show it and a check can read it.
//!
//! Entry: [`Loaded::intrinsics`]. The text may be newer than the load: names are those of the load.

use super::findings::{At, Findings};
use super::intrinsics::{MAX_RESOLVED, Resolver, intrinsic, matching_nothing};
use super::load::Loaded;
use super::names::Scope;
use crate::json::{self, Node, Span, Value};

impl Loaded {
    /// The outermost intrinsics of a policy's own text, in its order; none if it isn't JSON. What can't be
    /// resolved stands for an ARN that matches nothing.
    pub fn intrinsics(&self, pointer: &str, text: &str) -> Vec<(Span, Value)> {
        let mut account = pointer.split('/').skip(1);
        let (Some("accounts"), Some(account)) = (account.next(), account.next()) else {
            return Vec::new();
        };
        let Ok(node) = json::parse(text) else { return Vec::new() };
        let (mut silent, mut budget) = (Findings::silent(), MAX_RESOLVED);
        let mut resolver = Resolver {
            names: &self.names,
            scope: Scope::Template(account),
            findings: &mut silent,
            budget: &mut budget,
        };
        let mut found = Vec::new();
        collect(&node, &mut resolver, &mut found);
        found
    }
}

fn collect(node: &Node, resolver: &mut Resolver<'_, '_>, found: &mut Vec<(Span, Value)>) {
    if intrinsic(node).is_some() {
        let resolved = resolver.resolve(At::new(node));
        found.push((node.span, matching_nothing(&resolved).value));
        return;
    }
    for item in node.items() {
        collect(item, resolver, found);
    }
    for member in node.members() {
        collect(&member.node, resolver, found);
    }
}
