//! Parameters that many operations take, checked before anything else.
//!
//! AWS pages: IAM API Reference, the constraints of each parameter; IAM User Guide, "IAM and AWS STS quotas".

use super::operations::Operation;
use super::permission::On;
use crate::services::constraints::{characters, complete, invalid, length, member, number, one_of};
use crate::services::errors::*;
use crate::services::protocol::query::Parameters;
use crate::sorted::SortedMap;

/// Most tags of an entity.
const MOST_TAGS: usize = 50;
/// Most characters of a policy document that is read at all, white space included.
pub(super) const MOST_DOCUMENT: usize = 131_072;

/// What a parameter is made of.
enum Shape {
    /// A name of so many characters.
    Name(usize),
    /// `/` or `/a/b/`
    Path,
    /// Text that begins with `/`.
    PathPrefix,
    /// Any text of so many characters.
    Text(usize, usize),
    /// A number of a range.
    Number(u32, u32),
    /// One of these words.
    Word(&'static str),
}

const SHAPES: [(&str, Shape); 40] = [
    ("AccessKeyId", Shape::Text(16, 128)),
    ("ActionNames", Shape::Text(3, 128)),
    ("AssignmentStatus", Shape::Word("Assigned, Unassigned, Any")),
    ("AssumeRolePolicyDocument", Shape::Text(1, MOST_DOCUMENT)),
    ("AuthenticationCode1", Shape::Text(6, 6)),
    ("AuthenticationCode2", Shape::Text(6, 6)),
    ("AWSServiceName", Shape::Name(128)),
    ("CallerArn", Shape::Text(1, 2_048)),
    ("CustomSuffix", Shape::Name(64)),
    ("DeletionTaskId", Shape::Text(1, 1_000)),
    ("Description", Shape::Text(0, 1_000)),
    ("EntityFilter", Shape::Word("User, Role, Group, LocalManagedPolicy, AWSManagedPolicy")),
    ("Filter", Shape::Word("User, Role, Group, LocalManagedPolicy, AWSManagedPolicy")),
    ("GroupName", Shape::Name(128)),
    ("InstanceProfileName", Shape::Name(128)),
    ("Marker", Shape::Text(1, 320)),
    ("MaxItems", Shape::Number(1, 1_000)),
    ("MaxSessionDuration", Shape::Number(3_600, 43_200)),
    ("NewGroupName", Shape::Name(128)),
    ("NewPath", Shape::Path),
    ("NewUserName", Shape::Name(64)),
    ("OnlyAttached", Shape::Word("true, false")),
    ("Path", Shape::Path),
    ("PathPrefix", Shape::PathPrefix),
    ("PermissionsBoundary", Shape::Text(20, 2_048)),
    ("PolicyArn", Shape::Text(20, 2_048)),
    ("PolicyDocument", Shape::Text(1, MOST_DOCUMENT)),
    ("PolicyName", Shape::Name(128)),
    ("PolicySourceArn", Shape::Text(20, 2_048)),
    ("PolicyUsageFilter", Shape::Word("PermissionsPolicy, PermissionsBoundary")),
    ("ResourceArns", Shape::Text(1, 2_048)),
    ("ResourceOwner", Shape::Text(1, 2_048)),
    ("RoleName", Shape::Name(64)),
    ("Scope", Shape::Word("All, AWS, Local")),
    ("SerialNumber", Shape::Text(9, 256)),
    ("SetAsDefault", Shape::Word("true, false")),
    ("Status", Shape::Word("Active, Inactive")),
    ("TagKeys", Shape::Text(1, 128)),
    ("UserName", Shape::Name(128)),
    ("VirtualMFADeviceName", Shape::Name(226)),
];

/// Whether the request has what the operation needs, everything in its form.
///
/// # Errors
/// ValidationError, InvalidInput, LimitExceeded.
pub(super) fn check(input: &Parameters, operation: &Operation) -> Result<(), AwsError> {
    complete(input, operation.parameters)?;
    for (name, shape) in &SHAPES {
        for value in input.get(name).into_iter().chain(input.members(name, "")) {
            shaped(name, shape, value)?;
        }
    }
    // A user to come has a shorter name than one that exists may have.
    if operation.on == On::New {
        length("UserName", input.get("UserName").unwrap_or("-"), (1, 64))?;
    }
    tags(input).map(drop)
}

fn shaped(name: &str, shape: &Shape, value: &str) -> Result<(), AwsError> {
    match shape {
        Shape::Name(most) => {
            length(name, value, (1, *most))?;
            characters(name, value, "+=,.@-", "[\\w+=,.@-]+")
                .map_err(|_| IAM_NAME.with(&[("name", &member(name))]))
        }
        Shape::Path | Shape::PathPrefix => {
            length(name, value, (1, 512))?;
            let printable = value.bytes().all(|byte| (0x21..0x7f).contains(&byte));
            let whole = matches!(shape, Shape::PathPrefix) || value.ends_with('/');
            match printable && value.starts_with('/') && whole {
                true => Ok(()),
                false => Err(IAM_PATH.with(&[("name", &member(name))])),
            }
        }
        Shape::Text(least, most) => length(name, value, (*least, *most)),
        Shape::Number(least, most) => number(name, value, (*least, *most)).map(drop),
        Shape::Word(words) => one_of(name, value, words),
    }
}

/// The path of an entity to come.
pub(super) fn path(input: &Parameters) -> String {
    input.get("Path").unwrap_or("/").to_string()
}

/// Tags of the request.
///
/// # Errors
/// ValidationError, InvalidInput, LimitExceeded.
pub(in crate::services) fn tags(input: &Parameters) -> Result<SortedMap<String, String>, AwsError> {
    let mut tags: SortedMap<String, String> = SortedMap::new();
    for (place, key) in input.members("Tags", ".Key").into_iter().enumerate() {
        let field = format!("tags.{}.member.", place + 1);
        let value = input.get(&format!("Tags.member.{}.Value", place + 1)).unwrap_or_default();
        length(&format!("{field}key"), key, (1, 128))?;
        length(&format!("{field}value"), value, (0, 256))?;
        let legal = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
        if !key.chars().all(legal) || !value.chars().all(legal) {
            let pattern = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+";
            let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
            return Err(invalid(&format!("{field}key"), key, &constraint));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(IAM_AWS_TAG.error());
        }
        if tags.keys().any(|other| other.eq_ignore_ascii_case(key)) {
            return Err(IAM_DUPLICATE_TAG.error());
        }
        tags.insert(key.to_string(), value.to_string());
        if tags.len() > MOST_TAGS {
            return Err(IAM_MANY_TAGS.error());
        }
    }
    Ok(tags)
}

/// Adds to the tags of an entity. Keys have no case.
pub(super) fn add_tags(
    tags: &mut SortedMap<String, String>,
    new: SortedMap<String, String>,
) -> Result<(), AwsError> {
    let mut all = tags.clone();
    for (key, value) in new {
        without(&mut all, &key);
        all.insert(key, value);
    }
    if all.len() > MOST_TAGS {
        return Err(IAM_MANY_TAGS.error());
    }
    *tags = all;
    Ok(())
}

/// Takes a tag away. Keys have no case.
pub(super) fn without(tags: &mut SortedMap<String, String>, key: &str) {
    while let Some(written) = tags.keys().find(|other| other.eq_ignore_ascii_case(key)).cloned() {
        tags.remove(&written);
    }
}
