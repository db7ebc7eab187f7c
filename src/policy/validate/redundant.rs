//! Actions, resources and statements that say what another says already.

use super::issue::{REDUNDANT_ACTION, REDUNDANT_RESOURCE, REDUNDANT_STATEMENT};
use super::pattern::{covers_within, has_wildcard, literal_start};
use super::report::Report;
use super::{Document, Place, Value};
use crate::arn::Arn;
use crate::gather::Gather;
use crate::json::{self, Node};
use crate::sorted::sort_by;
use crate::sorted::{SortedMap, SortedSet};

/// Patterns with a wildcard before their end that are compared with all others of their list.
const MAX_PATTERNS: usize = 32;
/// Steps for all comparisons of a policy.
const MAX_STEPS: usize = 4_000_000;
/// Lengths of patterns that are looked up for each text.
const MAX_LENGTHS: usize = 64;
/// Places named in one finding.
const MAX_PLACES: usize = 20;

/// Lists first, then whole statements.
pub fn check(document: &Document<'_>, report: &mut Report) {
    let mut steps = MAX_STEPS;
    for statement in &document.statements {
        for values in statement.actions() {
            let texts: Vec<String> =
                values.items.iter().map(|value| value.text.to_ascii_lowercase()).gather();
            let redundant = redundant(&texts, |_| true, &mut steps);
            if let Some(entry) = places(REDUNDANT_ACTION, &values.items, &redundant, report) {
                let first = redundant.first().and_then(|place| values.items.get(*place));
                entry
                    .with("redundantActionCount", redundant.len().to_string())
                    .with("redundantAction", first.map_or("", |value| value.text));
            }
        }
        for values in statement.resources() {
            let texts: Vec<String> = values.items.iter().map(|value| value.text.to_string()).gather();
            // A wildcard in the first five fields doesn't reach over colons: such patterns aren't compared.
            let comparable = |pattern: &str| {
                pattern == "*"
                    || Arn::parse(pattern)
                        .is_some_and(|arn| !has_wildcard(pattern.strip_suffix(arn.resource).unwrap_or("")))
            };
            let redundant = redundant(&texts, comparable, &mut steps);
            if let Some(entry) = places(REDUNDANT_RESOURCE, &values.items, &redundant, report) {
                entry.with("redundantResourceCount", redundant.len().to_string());
            }
        }
    }
    statements(document, report);
}

fn places<'r>(
    issue: super::Issue,
    values: &[Value<'_>],
    redundant: &[usize],
    report: &'r mut Report,
) -> Option<super::report::Entry<'r>> {
    let mut places = redundant.iter().filter_map(|place| values.get(*place)).map(|value| &value.place);
    let first: &Place<'_> = places.next()?;
    Some(places.take(MAX_PLACES).fold(report.add(issue, first), |entry, place| entry.also(place)))
}

/// The places of texts that stood before, or that a pattern of the same list covers.
fn redundant(texts: &[String], comparable: impl Fn(&str) -> bool, steps: &mut usize) -> Vec<usize> {
    let mut starts: SortedSet<&str> = SortedSet::new();
    let mut others: Vec<&str> = Vec::new();
    for text in texts.iter().filter(|text| has_wildcard(text) && comparable(text)) {
        let start = literal_start(text);
        if text.strip_prefix(start) == Some("*") {
            starts.insert(start);
        } else if others.len() < MAX_PATTERNS {
            others.push(text);
        }
    }
    let lengths: SortedSet<usize> = starts.iter().map(|start| start.len()).take(MAX_LENGTHS).gather();
    let mut seen = SortedSet::new();
    let mut found = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let own_start = text.strip_suffix('*').filter(|start| starts.contains(start));
        let covered = |length: &usize| {
            own_start.is_none_or(|own| *length < own.len())
                && text.get(..*length).is_some_and(|start| starts.contains(start))
        };
        let is_redundant = !seen.insert(text.as_str())
            || lengths.iter().any(covered)
            || others.iter().any(|pattern| pattern != text && covers_within(pattern, text, steps));
        if is_redundant {
            found.push(place);
        }
    }
    found
}

/// Two statements with the same elements, whatever their order and Sid.
fn statements(document: &Document<'_>, report: &mut Report) {
    let mut seen: SortedMap<String, &Place<'_>> = SortedMap::new();
    for statement in &document.statements {
        let first = *seen.get_or_insert_with(canonical(statement.node), || &statement.place);
        if !std::ptr::eq(first, &statement.place) {
            report.add(REDUNDANT_STATEMENT, &statement.place).also(first);
        }
    }
}

/// The elements but Sid, sorted; one string and a list with that string alone are the same.
fn canonical(statement: &Node) -> String {
    let mut elements: Vec<String> = statement
        .members()
        .iter()
        .filter(|member| &*member.key != "Sid")
        .map(|member| match member.node.items() {
            [one] => format!("{}\n{}", member.key, json::to_compact(one)),
            _ => format!("{}\n{}", member.key, json::to_compact(&member.node)),
        })
        .gather();
    sort_by(&mut elements, String::cmp);
    elements.join("\n")
}
