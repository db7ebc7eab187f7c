//! Permissions boundaries of roles and users: Put, Delete.
//!
//! AWS pages: IAM API Reference, "PutRolePermissionsBoundary" and its likes.

use super::delete::modifiable;
use super::kind::{Kind, holder};
use super::{Answer, Iam};
use crate::services::errors::IAM_UNBOUNDED;

/// Sets the boundary.
pub(super) fn put(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter);
    let entity = holder(iam.account_mut()?, kind, name)?;
    modifiable(entity.path, entity.name)?;
    let arn = iam.boundary()?;
    if let Some(boundary) = holder(iam.account_mut()?, kind, name)?.boundary {
        *boundary = arn;
    }
    Ok(None)
}

/// Takes it away.
pub(super) fn delete(iam: &mut Iam<'_, '_>, kind: Kind) -> Answer {
    let name = iam.text(kind.facts().parameter);
    let entity = holder(iam.account_mut()?, kind, name)?;
    modifiable(entity.path, entity.name)?;
    match entity.boundary.and_then(Option::take) {
        Some(_) => Ok(None),
        None => Err(IAM_UNBOUNDED.with(&[("kind", kind.facts().words), ("name", name)])),
    }
}
