//! ReplaceIamInstanceProfileAssociation: another instance profile, under another association, in one step.
//!
//! AWS page: EC2 API Reference, "ReplaceIamInstanceProfileAssociation". Sessions of the former role stay valid.

use super::exchange::{Ec2, required};
use super::instance;
use super::profile_association::{self, Course};
use super::resource::{INSTANCE, PROFILE_ASSOCIATION};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let association = required(input, "AssociationId")?;
    let owner = profile_association::instance_of(ec2, association);
    let named = profile_association::named(ec2, input);
    let mut wanted = INSTANCE.wanted(ec2, owner.as_deref().unwrap_or("*"));
    let role = match &named {
        Ok(None) => return Err(EC2_MISSING_PARAMETER.with(&[("parameter", "IamInstanceProfile")])),
        Ok(Some(named)) => {
            wanted.keys.push(("ec2:NewInstanceProfile".into(), named.arn.clone()));
            Some(named.role.clone())
        }
        Err(_) => None,
    };
    ec2.permit(input, vec![wanted], role.as_ref())?;
    let id = owner.ok_or_else(|| PROFILE_ASSOCIATION.missing(association))?;
    instance::find(ec2, &id)?;
    let Some(named) = named? else { return Err(EC2_MISSING_PARAMETER.error()) };
    let begun = profile_association::set(ec2, &id, Some(&named.arn))?;
    let told = profile_association::tree(ec2.cloud(), &id, &begun, Course::Begun);
    Ok(Tree::of("iamInstanceProfileAssociation", told))
}
