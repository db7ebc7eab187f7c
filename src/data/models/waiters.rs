//! The waiters of `aws SERVICE wait NAME`, for operations that have a table.
//!
//! Source: botocore's waiter models, from which `make.py` makes `waiters.txt`: a line a waiter,
//! `SERVICE Name Operation DELAY ATTEMPTS ACCEPTOR...`. An acceptor is `+` for success, `-` for failure or `~` for another
//! try, then `MATCHER=EXPECTED`, then `@` and the JMESPath expression that is compared.

use super::cli_name;
use crate::gather::Gather;

const WAITERS: &str = include_str!("./waiters.txt");

/// One waiter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiter {
    /// `InstanceRunning`
    pub name: &'static str,
    /// The operation that it asks, as the CLI calls it.
    pub operation: String,
    /// Seconds between two tries.
    pub delay: u32,
    /// The most tries.
    pub attempts: u32,
    /// What is compared, in this order.
    pub acceptors: Vec<Acceptor>,
}

/// What an answer is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptor {
    /// What it means.
    pub state: WaiterState,
    /// How it is compared.
    pub matcher: Matcher,
    /// Status, error code, or the value of the expression.
    pub expected: &'static str,
    /// The expression; empty for statuses and errors.
    pub argument: &'static str,
}

/// What an acceptor that matches decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiterState {
    /// It is as it was waited for.
    Success,
    /// It never will be.
    Failure,
    /// It isn't yet.
    Retry,
}

/// How an answer is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matcher {
    /// The expression's value.
    Path,
    /// All items of the expression's value, at least one.
    PathAll,
    /// Any item.
    PathAny,
    /// The HTTP status.
    Status,
    /// The error's code.
    Error,
}

/// The CLI's names of a service's waiters.
pub fn waiter_names(service: &str) -> Vec<String> {
    of_service(service).filter_map(|line| line.split(' ').nth(1)).map(cli_name).gather()
}

/// The waiter that the CLI calls so.
pub fn waiter(service: &str, name: &str) -> Option<Waiter> {
    of_service(service).filter_map(read).find(|waiter| cli_name(waiter.name) == name)
}

fn of_service(service: &str) -> impl Iterator<Item = &'static str> {
    WAITERS.lines().filter(move |line| line.split(' ').next() == Some(service))
}

fn read(line: &'static str) -> Option<Waiter> {
    let mut words = line.split(' ').skip(1);
    let (name, operation) = (words.next()?, cli_name(words.next()?));
    let (delay, attempts) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Waiter { name, operation, delay, attempts, acceptors: words.filter_map(acceptor).gather() })
}

fn acceptor(text: &'static str) -> Option<Acceptor> {
    let (state, rest) = text.split_at_checked(1)?;
    let (matcher, rest) = rest.split_once('=')?;
    let (expected, argument) = rest.split_once('@').unwrap_or((rest, ""));
    Some(Acceptor {
        state: match state {
            "+" => WaiterState::Success,
            "-" => WaiterState::Failure,
            _ => WaiterState::Retry,
        },
        matcher: match matcher {
            "path" => Matcher::Path,
            "pathAll" => Matcher::PathAll,
            "pathAny" => Matcher::PathAny,
            "status" => Matcher::Status,
            _ => Matcher::Error,
        },
        expected,
        argument,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::models::{Model, SERVICES};

    #[test]
    fn every_line_is_understood() {
        let mut count = 0;
        for service in SERVICES {
            for name in waiter_names(service) {
                let waiter = waiter(service, &name).unwrap_or_else(|| panic!("{name}"));
                assert!(Model::of(service).unwrap().operation(&waiter.operation).is_some(), "{name}");
                assert!(waiter.delay > 0 && waiter.attempts > 0 && !waiter.acceptors.is_empty(), "{name}");
                for acceptor in &waiter.acceptors {
                    let is_path = !matches!(acceptor.matcher, Matcher::Status | Matcher::Error);
                    assert_eq!(is_path, !acceptor.argument.is_empty(), "{name}");
                }
                count += 1;
            }
        }
        assert_eq!(count, WAITERS.lines().filter(|line| !line.starts_with('#')).count());
    }
}
