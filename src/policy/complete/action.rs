//! Actions: first the service, then its names and the patterns that cover several.

use super::statement::Surroundings;
use super::{CompletionKind, Proposal};
use crate::data::AccessLevel;
use crate::data::resource_control_services;
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::policy::validate::ResourceType;
use crate::sorted::SortedMap;

/// Services before the colon, names after it.
pub fn proposals(surroundings: &Surroundings<'_>, typed: &str) -> Vec<Proposal> {
    match typed.split_once(':') {
        Some((prefix, _)) => names(surroundings, prefix),
        None => match surroundings.subject.resource_type {
            Some(ResourceType::Bucket) => names(surroundings, "s3"),
            Some(ResourceType::AssumeRolePolicyDocument) => names(surroundings, "sts"),
            _ => services(surroundings),
        },
    }
}

/// The catalogue key of an access level.
pub fn level(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::Read => "editor.action.read",
        AccessLevel::Write => "editor.action.write",
        AccessLevel::List => "editor.action.list",
        AccessLevel::Tagging => "editor.action.tagging",
        AccessLevel::PermissionsManagement => "editor.action.permissions-management",
    }
}

fn services(surroundings: &Surroundings<'_>) -> Vec<Proposal> {
    let tables = surroundings.tables;
    let only_some = surroundings.subject.kind == PolicyKind::ResourceControl;
    let fits = |prefix: &&str| !only_some || resource_control_services().any(|other| other == *prefix);
    let prefixes = tables.prefixes().filter(fits);
    let service =
        |prefix: &str| Proposal::new(format!("{prefix}:"), CompletionKind::Service, "editor.service");
    let mut proposals: Vec<Proposal> = prefixes.map(service).gather();
    if !only_some {
        proposals.push(Proposal::new("*", CompletionKind::Action, "editor.action.all"));
    }
    proposals
}

fn names(surroundings: &Surroundings<'_>, prefix: &str) -> Vec<Proposal> {
    let resource_types: Option<&[&str]> = match surroundings.subject.resource_type {
        Some(ResourceType::Bucket) => Some(&["bucket", "object"]),
        Some(ResourceType::AssumeRolePolicyDocument) => Some(&["role"]),
        _ => None,
    };
    let mut found: Vec<(String, &'static str)> = Vec::new();
    if let Some(service) = surroundings.tables.service(prefix) {
        for action in &service.actions {
            let mut types = service.resources_of(action).map(|resource| resource.name.as_str());
            if resource_types.is_none_or(|wanted| types.any(|name| wanted.contains(&name))) {
                found.push((action.name.clone(), level(action.access_level)));
            }
        }
    } else {
        let names = surroundings.tables.actions_of(prefix).unwrap_or_default();
        found.extend(names.into_iter().map(|name| (name, "editor.action")));
    }
    let patterns = patterns(&found);
    let action = |name: &str, code| Proposal::new(format!("{prefix}:{name}"), CompletionKind::Action, code);
    let mut proposals: Vec<Proposal> = found.iter().map(|(name, code)| action(name, code)).gather();
    // A trust policy names its few actions.
    if surroundings.subject.kind != PolicyKind::Trust && !proposals.is_empty() {
        proposals.extend(patterns.iter().map(|start| action(&format!("{start}*"), "editor.action.pattern")));
        proposals.push(action("*", "editor.action.all-of-service"));
    }
    proposals
}

/// The first words that several names share: `Get` of `GetObject`, `GetObjectAcl`.
fn patterns(names: &[(String, &'static str)]) -> Vec<String> {
    let mut words: SortedMap<&str, usize> = SortedMap::new();
    for (name, _) in names {
        let rest = name.get(1..).unwrap_or("");
        let end = rest.find(|letter: char| !letter.is_ascii_lowercase()).map_or(name.len(), |end| end + 1);
        *words.get_or_insert_with(name.get(..end).unwrap_or(name), usize::default) += 1;
    }
    words.into_iter().filter(|(_, count)| *count > 1).map(|(word, _)| word.to_string()).gather()
}
