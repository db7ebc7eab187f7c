//! Names and paths of IAM's entities.
//!
//! AWS page: IAM User Guide, "IAM and AWS STS quotas", "IAM name requirements": unique in the account
//! ignoring case, letters, digits and `+=,.@_-`.

use crate::scenario::findings::At;
use crate::scenario::loading::{Loading, Resource};

/// A kind of entity with its property of the name and the longest name.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario::resources) struct EntityKind {
    /// Its part of the ARN.
    pub kind: &'static str,
    pub property: &'static str,
    pub longest: usize,
}

/// The name of an entity: as given, else made from stack, logical id and twelve letters as CloudFormation does.
pub(in crate::scenario::resources) fn entity_name(
    loading: &mut Loading<'_>,
    resource: &Resource<'_>,
    kind: EntityKind,
) -> String {
    let property = resource.property(kind.property);
    let name = match resource.text(kind.property) {
        Some(name) => name.to_string(),
        None => loading.made_name(resource, kind.longest),
    };
    let at = property.unwrap_or(resource.at);
    check_name(loading, at, &name, kind.longest);
    loading.take_name(format!("{} {}", kind.kind, resource.account), &name, resource.logical_id, at);
    name
}

/// A finding about a name with other characters, or too long a one.
pub(in crate::scenario::resources) fn check_name(
    loading: &mut Loading<'_>,
    at: At<'_>,
    name: &str,
    longest: usize,
) {
    let right = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    if name.is_empty() || name.len() > longest || !name.chars().all(right) {
        let longest = longest.to_string();
        loading.findings.error("diagnostic.wrong-entity-name", at, &[("name", name), ("limit", &longest)]);
    }
}

/// `Path`, `/` where none is given; it begins and ends with `/`.
pub(in crate::scenario::resources) fn path(loading: &mut Loading<'_>, resource: &Resource<'_>) -> String {
    let Some(path) = resource.text("Path") else {
        return "/".to_string();
    };
    let framed = path.starts_with('/') && path.ends_with('/');
    if !framed || path.len() > 512 || !path.chars().all(|c| ('\u{21}'..='\u{7e}').contains(&c)) {
        let at = resource.property("Path").unwrap_or(resource.at);
        loading.findings.error("diagnostic.wrong-path", at, &[("path", path)]);
        return "/".to_string();
    }
    path.to_string()
}
