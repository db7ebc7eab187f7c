//! DisassociateIamInstanceProfile: takes the instance profile away. Sessions already delivered stay valid.
//!
//! AWS page: EC2 API Reference, "DisassociateIamInstanceProfile".

use super::exchange::{Ec2, required};
use super::profile_association::{self, Course};
use super::resource::{INSTANCE, PROFILE_ASSOCIATION};
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let association = required(input, "AssociationId")?;
    let owner = profile_association::instance_of(ec2, association);
    let wanted = INSTANCE.wanted(ec2, owner.as_deref().unwrap_or("*"));
    ec2.permit(input, vec![wanted], None)?;
    let id = owner.ok_or_else(|| PROFILE_ASSOCIATION.missing(association))?;
    let ended = profile_association::set(ec2, &id, None)?;
    let told = profile_association::tree(ec2.cloud(), &id, &ended, Course::Ended);
    Ok(Tree::of("iamInstanceProfileAssociation", told))
}
