//! Which statements can match an action, found without reading all of them.

use super::document::Statement;
use super::matching::ActionPattern;
use super::matching::action::compare_ignoring_case;
use std::cmp::Ordering;

/// Below this number of statements reading all is faster than looking them up.
const WORTHWHILE: usize = 8;

/// Statements by the actions that they name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct StatementIndex {
    /// (statement, pattern) of patterns without wildcard, ordered by text.
    exact: Box<[(u32, u32)]>,
    /// (statement, pattern) of patterns with a wildcard after the service prefix, ordered by that prefix.
    service: Box<[(u32, u32)]>,
    /// Statements that any action may match: NotAction, a wildcard in the service prefix; all, if they are few.
    any: Box<[u32]>,
}

impl StatementIndex {
    pub(super) fn new(statements: &[Statement]) -> Self {
        if statements.len() < WORTHWHILE {
            return StatementIndex::default();
        }
        let (mut exact, mut service, mut any) = (Vec::new(), Vec::new(), Vec::new());
        for (place, statement) in (0_u32..).zip(statements) {
            if statement.actions.negated {
                any.push(place);
                continue;
            }
            for (number, pattern) in (0_u32..).zip(&statement.actions.patterns) {
                if pattern.is_exact() {
                    exact.push((place, number));
                } else if pattern.service().is_some() {
                    service.push((place, number));
                } else {
                    any.push(place);
                }
            }
        }
        any.dedup();
        exact.sort_by(|a, b| compare_ignoring_case(text(statements, *a), text(statements, *b)));
        service.sort_by(|a, b| compare_ignoring_case(prefix(statements, *a), prefix(statements, *b)));
        service.dedup_by(|a, b| {
            a.0 == b.0 && prefix(statements, *a).eq_ignore_ascii_case(prefix(statements, *b))
        });
        StatementIndex { exact: exact.into(), service: service.into(), any: any.into() }
    }

    pub(super) fn candidates<'s>(
        &'s self,
        statements: &'s [Statement],
        action: &'s str,
    ) -> impl Iterator<Item = &'s Statement> {
        let all = if statements.len() < WORTHWHILE { statements } else { &[] };
        let exact = range(&self.exact, |entry| compare_ignoring_case(text(statements, entry), action));
        let service = action.split_once(':').map_or(action, |(service, _)| service);
        let wild = range(&self.service, |entry| compare_ignoring_case(prefix(statements, entry), service));
        let places = exact.iter().chain(wild).map(|(place, _)| *place).chain(self.any.iter().copied());
        all.iter().chain(places.filter_map(|place| statements.get(place as usize)))
    }
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
