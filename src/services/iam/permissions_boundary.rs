//! Permissions boundaries of roles and users: Put, Delete.
//!
//! AWS pages: IAM API Reference, "PutRolePermissionsBoundary" and its likes.

use super::kind::Kind;
use super::{Answer, Iam};
use crate::services::errors::IAM_UNBOUNDED;

/// Sets the boundary.
pub(super) fn put(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    iam.held(kind)?;
    let arn = iam.boundary()?;
    if let Some(boundary) = iam.held(kind)?.boundary {
        *boundary = arn;
    }
    Ok(None)
}

/// Takes it away.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.name(kind);
    match iam.held(kind)?.boundary.and_then(Option::take) {
        Some(_) => Ok(None),
        None => Err(IAM_UNBOUNDED.with(&[("kind", kind.facts().words), ("name", name)])),
    }
}
