//! Action names against the tables.
//!
//! AWS page: IAM User Guide, "IAM JSON policy elements: Action".

use super::api_name::permission;
use super::issue::{
    INVALID_ACTION, INVALID_SERVICE_IN_ACTION, UNSUPPORTED_ACTION_IN_POLICY, WILDCARD_IN_SERVICE_NAME,
};
use super::nearest::nearest;
use super::pattern::{covers_action, has_wildcard, literal_start};
use super::report::Report;
use super::{Document, ResourceType, Value, variable};
use crate::data::{Service, Tables};
use crate::sorted::{SortedMap, SortedSet};

/// Names that are looked for among all names of a service; a policy with more gets no more suggestions,
/// so that the time stays in proportion to the text.
const MAX_SEARCHES: usize = 200;

/// No action's name is nearly as long.
const MAX_NAME: usize = 256;

/// Services and actions that don't exist, or that the resource's policy can't name.
pub fn check(document: &Document<'_>, tables: &Tables, report: &mut Report) {
    let mut names = Names { tables, known: SortedMap::new(), searches: 0 };
    let mut checked = SortedSet::new();
    for value in
        document.statements.iter().flat_map(|statement| statement.actions().flat_map(|values| &values.items))
    {
        if variable::first(value.text).is_none() {
            one(value, &mut names, &mut checked, report);
        }
    }
    let supported: &dyn Fn(&str) -> bool = match document.subject.resource_type {
        Some(ResourceType::Bucket) => &|action| supported(tables, "s3", &["bucket", "object"], action),
        Some(ResourceType::AssumeRolePolicyDocument) => &|action| supported(tables, "sts", &["role"], action),
        _ => return,
    };
    let resource_type = document.subject.resource_type.map_or("", ResourceType::name);
    for value in document
        .statements
        .iter()
        .filter_map(|statement| statement.action.as_ref())
        .flat_map(|values| &values.items)
    {
        if !supported(value.text) {
            report
                .add(UNSUPPORTED_ACTION_IN_POLICY, &value.place)
                .with("action", value.text)
                .with("resourceType", resource_type);
        }
    }
}

/// The names of the services that were looked up.
struct Names<'a> {
    tables: &'a Tables,
    known: SortedMap<String, Option<Vec<String>>>,
    searches: usize,
}

impl Names<'_> {
    fn of(&mut self, prefix: &str) -> Option<&[String]> {
        let tables = self.tables;
        let names = self.known.get_or_insert_with(prefix.to_ascii_lowercase(), || tables.actions_of(prefix));
        names.as_deref()
    }

    /// Whether one more search is within the bound.
    fn may_search(&mut self) -> bool {
        self.searches += 1;
        self.searches <= MAX_SEARCHES
    }
}

fn one<'a>(value: &Value<'a>, names: &mut Names<'_>, checked: &mut SortedSet<&'a str>, report: &mut Report) {
    if value.text == "*" {
        return;
    }
    let Some((prefix, name)) = value.text.split_once(':') else {
        without_prefix(value, names, report);
        return;
    };
    if has_wildcard(prefix) {
        report.add(WILDCARD_IN_SERVICE_NAME, &value.place);
        return;
    }
    match names.tables.knows_service(prefix) {
        None => return,
        Some(false) => {
            let entry = report.add(INVALID_SERVICE_IN_ACTION, &value.place).with("service", prefix);
            if names.may_search()
                && let Some(meant) = nearest(prefix, names.tables.prefixes())
            {
                entry.with("service2", meant).variant("nearest");
            }
            return;
        }
        Some(true) => {}
    }
    if name.len() > MAX_NAME {
        report.add(INVALID_ACTION, &value.place).with("action", value.text);
        return;
    }
    // A pattern that isn't plain is compared with every name: once, and within the bound.
    let plain = !has_wildcard(name) || literal_start(name).len() + 1 == name.len();
    if !plain && (!checked.insert(value.text) || !names.may_search()) {
        return;
    }
    let exists = match names.of(prefix) {
        None => return,
        Some(known) if plain => has_name(known, name),
        Some(known) => known.iter().any(|known| covers_action(name, known)),
    };
    if !exists {
        let meant = meant(prefix, name, names);
        let entry = report.add(INVALID_ACTION, &value.place).with("action", value.text);
        if let Some(meant) = meant {
            entry.with("validAction", format!("{prefix}:{meant}")).variant("nearest");
        }
    }
}

/// Whether one of the sorted names is `name`, or begins with it if it ends in `*`. `?` at the end: any letter.
fn has_name(known: &[String], name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let start = literal_start(&lower);
    let first = known.partition_point(|known| known.to_ascii_lowercase().as_str() < start);
    let same_start =
        known.iter().skip(first).take_while(|known| known.to_ascii_lowercase().starts_with(start));
    same_start.take(if has_wildcard(name) { usize::MAX } else { 1 }).any(|known| covers_action(name, known))
}

fn meant(prefix: &str, name: &str, names: &mut Names<'_>) -> Option<String> {
    if let Some(permission) = permission(prefix, name) {
        return Some(permission.to_string());
    }
    if has_wildcard(name) || !names.may_search() {
        return None;
    }
    nearest(name, names.of(prefix)?.iter().map(String::as_str)).map(str::to_string)
}

/// `GetObject` without `s3:`: a service of this model that has the action is named.
fn without_prefix(value: &Value<'_>, names: &mut Names<'_>, report: &mut Report) {
    let has = |service: &&Service| service.action(value.text).is_some();
    let meant =
        names.tables.services.iter().find(has).map(|service| format!("{}:{}", service.prefix, value.text));
    let entry = report.add(INVALID_ACTION, &value.place).with("action", value.text);
    match meant {
        Some(meant) => entry.with("validAction", meant).variant("nearest"),
        None => entry.variant("prefix"),
    };
}

/// Whether some action that `text` matches works on one of the resource types; what isn't known counts as supported.
fn supported(tables: &Tables, prefix: &str, resource_types: &[&str], text: &str) -> bool {
    let Some((own_prefix, name)) = text.split_once(':') else { return true };
    if has_wildcard(own_prefix) {
        return true;
    }
    if !own_prefix.eq_ignore_ascii_case(prefix) {
        return tables.knows_service(own_prefix) != Some(true);
    }
    let Some(service) = tables.service(prefix) else { return true };
    if has_wildcard(name) {
        return true;
    }
    let Some(action) = service.action(name) else { return true };
    service.resources_of(action).any(|resource| resource_types.contains(&resource.name.as_str()))
}
