//! Constraints on single parameters of the query services, and the sentence when one doesn't hold.
//!
//! AWS page: IAM API Reference, "Common Errors" (ValidationError).

use super::errors::{AwsError, QUERY_NOT_MODELLED, QUERY_NULL, QUERY_PATTERN};
use super::protocol::query::Parameters;
use crate::gather::Gather;

/// A parameter that must be there.
///
/// # Errors
/// ValidationError.
pub(super) fn required<'p>(input: &'p Parameters, name: &str) -> Result<&'p str, AwsError> {
    input.get(name).ok_or_else(|| QUERY_NULL.with(&[("name", &member(name))]))
}

/// Whether the request has what an operation must have, of `parameters` what ends with `*`; lists may be empty.
///
/// # Errors
/// ValidationError.
pub(super) fn complete(input: &Parameters, parameters: &str) -> Result<(), AwsError> {
    for name in parameters.split_whitespace().filter_map(|name| name.strip_suffix('*')) {
        if input.get(&format!("{name}.member.1")).is_none() && !name.starts_with("Tag") {
            required(input, name)?;
        }
    }
    Ok(())
}

/// Whether an operation knows every parameter of the request. Told after authentication: what was tampered with isn't
/// the caller's.
///
/// # Errors
/// NotImplemented.
pub(super) fn modelled(input: &Parameters, action: &str, parameters: &str) -> Result<(), AwsError> {
    let mut known = vec!["Action", "Version"];
    known.extend(parameters.split_whitespace().map(|name| name.trim_end_matches('*')));
    match input.unknown(&known) {
        None => Ok(()),
        Some(parameter) => Err(QUERY_NOT_MODELLED
            .with(&[("parameter", parameter)])
            .for_want_of(format!("{action} {parameter}"))),
    }
}

/// The name of a parameter as AWS's sentences write it: `roleName`; of an abbreviation, `sAMLAssertion`.
pub(super) fn member(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).gather()
}

/// `Value '...' at '...' failed to satisfy constraint: ...`
pub(super) fn invalid(name: &str, value: &str, constraint: &str) -> AwsError {
    QUERY_PATTERN.with(&[("name", &member(name)), ("value", value), ("constraint", constraint)])
}

/// A text of so many characters.
///
/// # Errors
/// ValidationError.
pub(super) fn length(name: &str, value: &str, (least, most): (usize, usize)) -> Result<(), AwsError> {
    let count = value.chars().count();
    if count < least {
        return Err(bounded(name, value, "length greater", least));
    }
    if count > most {
        return Err(bounded(name, value, "length less", most));
    }
    Ok(())
}

fn bounded(name: &str, value: &str, which: &str, bound: usize) -> AwsError {
    invalid(name, value, &format!("Member must have {which} than or equal to {bound}"))
}

/// Letters, digits, `_` and `marks` alone; `pattern` is how AWS writes that.
///
/// # Errors
/// ValidationError.
pub(super) fn characters(name: &str, value: &str, marks: &str, pattern: &str) -> Result<(), AwsError> {
    if value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || marks.contains(c)) {
        return Ok(());
    }
    Err(invalid(name, value, &format!("Member must satisfy regular expression pattern: {pattern}")))
}

/// A whole number of a range.
///
/// # Errors
/// ValidationError.
pub(super) fn number(name: &str, value: &str, (least, most): (u32, u32)) -> Result<u32, AwsError> {
    match value.parse::<i64>() {
        Ok(number) if number < i64::from(least) => Err(bounded(name, value, "value greater", least as usize)),
        Ok(number) => match u32::try_from(number) {
            Ok(number) if number <= most => Ok(number),
            _ => Err(bounded(name, value, "value less", most as usize)),
        },
        Err(_) => Err(bounded(name, value, "value less", most as usize)),
    }
}

/// One of some words.
///
/// # Errors
/// ValidationError.
pub(super) fn one_of(name: &str, value: &str, words: &str) -> Result<(), AwsError> {
    if words.split(", ").any(|word| word == value) {
        return Ok(());
    }
    Err(invalid(name, value, &format!("Member must satisfy enum value set: [{words}]")))
}
