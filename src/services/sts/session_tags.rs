//! Session tags: those that the request passes, and those that a chain of roles hands on.
//!
//! AWS page: IAM User Guide, "Pass session tags in AWS STS".

use super::Sts;
use crate::authorization::Context;
use crate::gather::Gather;
use crate::services::constraints::length;
use crate::services::errors::*;
use crate::services::iam::request_tags;
use crate::services::protocol::query::Parameters;
use crate::sorted::SortedMap;

/// Tags of a session to come.
pub(super) struct SessionTags {
    /// All of them.
    pub tags: SortedMap<String, String>,
    /// Keys of those that the next role's session inherits.
    pub transitive: Vec<String>,
}

/// The form of both parameters.
pub(super) fn parse(input: &Parameters) -> Result<(), AwsError> {
    let tags = passed(input)?;
    for key in input.members("TransitiveTagKeys", "") {
        length("TransitiveTagKeys", key, (1, 128))?;
        if !tags.keys().any(|other| other.eq_ignore_ascii_case(key)) {
            return Err(STS_TRANSITIVE_MISSING.error());
        }
    }
    Ok(())
}

/// The tags of the request, in STS's words where a key stands twice.
fn passed(input: &Parameters) -> Result<SortedMap<String, String>, AwsError> {
    request_tags(input).map_err(|error| match error.message == IAM_DUPLICATE_TAG.text {
        true => STS_DUPLICATE_TAG.error(),
        false => error,
    })
}

/// What the request passes and what the caller's session hands on.
///
/// # Errors
/// InvalidParameterValue where a tag would replace one that is handed on.
pub(super) fn read(sts: &Sts<'_, '_>) -> Result<SessionTags, AwsError> {
    let mut tags = passed(sts.input)?;
    let mut transitive: Vec<String> =
        sts.input.members("TransitiveTagKeys", "").into_iter().map(str::to_string).gather();
    if let Some(session) = sts.caller.session() {
        for key in &session.transitive_tags {
            if tags.keys().any(|other| other.eq_ignore_ascii_case(key)) {
                return Err(STS_TRANSITIVE_CONFLICT.error());
            }
            tags.extend(session.tags.get(key).map(|value| (key.clone(), value.clone())));
            transitive.push(key.clone());
        }
    }
    Ok(SessionTags { tags, transitive })
}

/// The condition keys of the request's tags.
pub(super) fn keys(keys: &mut Context, input: &Parameters, tags: &SessionTags) {
    for (key, value) in &tags.tags {
        keys.set(&format!("aws:RequestTag/{key}"), value.as_str(), "origin.request");
    }
    let listed = |keys: &mut Context, name: &str, values: Vec<String>| match values.is_empty() {
        true => keys.absent(name, "origin.absent.not-sent"),
        false => keys.set_all(name, values, "origin.request"),
    };
    listed(keys, "aws:TagKeys", tags.tags.keys().cloned().gather());
    let transitive = input.members("TransitiveTagKeys", "").into_iter().map(str::to_string).gather();
    listed(keys, "sts:TransitiveTagKeys", transitive);
}
