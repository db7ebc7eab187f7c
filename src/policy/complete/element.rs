//! Elements of the language, and values of `Version` and `Effect`.

use super::statement::Surroundings;
use super::{CompletionKind, Proposal};
use crate::gather::Gather;
use crate::policy::PolicyKind;

/// `Version`, `Id`, `Statement`: those that aren't there.
pub fn of_document(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let resource_based = matches!(
        surroundings.subject.kind,
        PolicyKind::Resource | PolicyKind::Trust | PolicyKind::VpcEndpoint
    );
    let elements = [
        ("Version", "editor.element.version", true),
        ("Statement", "editor.element.statement", true),
        ("Id", "editor.element.id", resource_based),
    ];
    missing(surroundings, &elements)
}

/// The elements of a statement that aren't there, nor their opposites, and that the type of policy has.
pub fn of_statement(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let kind = surroundings.subject.kind;
    let has_principal = !matches!(kind, PolicyKind::Identity | PolicyKind::ServiceControl);
    let has_not_principal = matches!(kind, PolicyKind::Resource | PolicyKind::VpcEndpoint);
    let has_resource = kind != PolicyKind::Trust;
    let elements = [
        ("Effect", "editor.element.effect", true),
        ("Principal", "editor.element.principal", has_principal),
        ("Action", "editor.element.action", true),
        ("Resource", "editor.element.resource", has_resource),
        ("Condition", "editor.element.condition", true),
        ("Sid", "editor.element.sid", true),
        ("NotAction", "editor.element.not-action", kind != PolicyKind::ResourceControl),
        ("NotResource", "editor.element.not-resource", has_resource),
        ("NotPrincipal", "editor.element.not-principal", has_not_principal),
    ];
    missing(surroundings, &elements)
}

fn missing(surroundings: &Surroundings<'_>, elements: &[(&str, &'static str, bool)]) -> Vec<Proposal> {
    let opposite = |name: &str| match name.strip_prefix("Not") {
        Some(name) => name.to_string(),
        None => format!("Not{name}"),
    };
    let fits = |(name, _, legal): &&(&str, &'static str, bool)| {
        *legal && !surroundings.present.iter().any(|present| present == name || *present == opposite(name))
    };
    let element =
        |(name, code, _): &(&str, &'static str, bool)| Proposal::new(*name, CompletionKind::Element, code);
    elements.iter().filter(fits).map(element).gather()
}

/// The versions of the language.
pub fn versions() -> Vec<Proposal> {
    vec![
        Proposal::new("2012-10-17", CompletionKind::Value, "editor.value.version"),
        Proposal::new("2008-10-17", CompletionKind::Value, "editor.value.version-2008"),
    ]
}

/// `Allow` and `Deny`; customers' resource control policies only deny.
pub fn effects(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let allow = Proposal::new("Allow", CompletionKind::Value, "editor.value.allow");
    let deny = Proposal::new("Deny", CompletionKind::Value, "editor.value.deny");
    if surroundings.subject.kind == PolicyKind::ResourceControl { vec![deny] } else { vec![allow, deny] }
}
