//! Which statements can match an action, found without reading all of them.

use super::document::Statement;
use super::matching::ActionPattern;
use super::matching::action::compare_ignoring_case;
use crate::gather::Gather;
use crate::sorted::sort_by;
use std::cmp::Ordering;

/// Below this number of statements reading all is faster than looking them up.
const WORTHWHILE: usize = 8;

/// Statements by the actions that they name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct StatementIndex {
    /// A bit for each service prefix that is named, by its hash; every bit if any service may match.
    services: u64,
    /// What there is to look up, if that is worthwhile.
    lists: Option<Box<Lists>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Lists {
    /// (statement, pattern) of patterns without wildcard, ordered by text.
    exact: Box<[(u32, u32)]>,
    /// (statement, pattern) of patterns with a wildcard after the service prefix, ordered by that prefix.
    service: Box<[(u32, u32)]>,
    /// Statements that any action may match: NotAction, a wildcard in the service prefix.
    any: Box<[u32]>,
}

impl StatementIndex {
    pub(super) fn new(statements: &[Statement]) -> Self {
        let services = services_of(statements);
        let patterns: usize = statements.iter().map(|statement| statement.actions.patterns.len()).sum();
        let lists =
            (statements.len() > 1 && patterns >= WORTHWHILE).then(|| Box::new(Lists::new(statements)));
        StatementIndex { services, lists }
    }

    pub(super) fn candidates<'s>(
        &'s self,
        statements: &'s [Statement],
        action: &'s str,
    ) -> impl Iterator<Item = &'s Statement> {
        let service = service_of(action);
        let named = self.services & bit(service) != 0;
        let all = if named && self.lists.is_none() { statements } else { &[] };
        let lists = if named { self.lists.as_deref() } else { None };
        all.iter()
            .chain(lists.into_iter().flat_map(move |lists| lists.candidates(statements, action, service)))
    }
}

impl Lists {
    fn new(statements: &[Statement]) -> Self {
        let (mut exact, mut service, mut any) = (Vec::new(), Vec::new(), Vec::new());
        for (place, statement) in (0_u32..).zip(statements) {
            if statement.actions.negated {
                any.push(place);
                continue;
            }
            for (number, pattern) in (0_u32..).zip(&statement.actions.patterns) {
                match pattern.service() {
                    _ if pattern.is_exact() => exact.push((pattern.text(), place, number)),
                    Some(prefix) => service.push((prefix, place, number)),
                    None => any.push(place),
                }
            }
        }
        any.dedup();
        sort_by(&mut exact, |a, b| compare_ignoring_case(a.0, b.0));
        sort_by(&mut service, |a, b| compare_ignoring_case(a.0, b.0));
        service.dedup_by(|a, b| a.1 == b.1 && a.0.eq_ignore_ascii_case(b.0));
        let places =
            |list: Vec<(&str, u32, u32)>| list.into_iter().map(|(_, place, number)| (place, number)).gather();
        Lists { exact: places(exact), service: places(service), any: any.into() }
    }

    fn candidates<'s>(
        &'s self,
        statements: &'s [Statement],
        action: &str,
        service: &str,
    ) -> impl Iterator<Item = &'s Statement> + use<'s> {
        let exact = range(&self.exact, |entry| compare_ignoring_case(text(statements, entry), action));
        let wild = range(&self.service, |entry| compare_ignoring_case(prefix(statements, entry), service));
        let places = exact.iter().chain(wild).map(|(place, _)| *place).chain(self.any.iter().copied());
        places.filter_map(|place| statements.get(place as usize))
    }
}

fn service_of(action: &str) -> &str {
    action.split_once(':').map_or(action, |(service, _)| service)
}

fn services_of(statements: &[Statement]) -> u64 {
    let mut bits = 0;
    // Patterns of one service mostly stand together.
    let mut last = None;
    for statement in statements {
        if statement.actions.negated {
            return u64::MAX;
        }
        for pattern in &statement.actions.patterns {
            let service = match pattern.service() {
                Some(service) => service,
                None if pattern.is_exact() => pattern.text(),
                None => return u64::MAX,
            };
            if last != Some(service) {
                bits |= bit(service);
                last = Some(service);
            }
        }
    }
    bits
}

/// One of 64 bits, the same for upper and lower case.
fn bit(service: &str) -> u64 {
    let hash = service.bytes().fold(7_u64, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    1 << (hash >> 58)
}

/// The entries that compare equal.
fn range(entries: &[(u32, u32)], compare: impl Fn((u32, u32)) -> Ordering) -> &[(u32, u32)] {
    let start = entries.partition_point(|entry| compare(*entry) == Ordering::Less);
    let rest = entries.get(start..).unwrap_or(&[]);
    let length = rest.partition_point(|entry| compare(*entry) == Ordering::Equal);
    rest.get(..length).unwrap_or(&[])
}

fn pattern(statements: &[Statement], (place, number): (u32, u32)) -> Option<&ActionPattern> {
    statements.get(place as usize)?.actions.patterns.get(number as usize)
}

fn text(statements: &[Statement], entry: (u32, u32)) -> &str {
    pattern(statements, entry).map_or("", ActionPattern::text)
}

fn prefix(statements: &[Statement], entry: (u32, u32)) -> &str {
    pattern(statements, entry).and_then(ActionPattern::service).unwrap_or("")
}
