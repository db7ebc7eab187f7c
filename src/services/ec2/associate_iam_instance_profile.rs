//! AssociateIamInstanceProfile: gives an instance its instance profile; it may have no other.
//!
//! AWS page: EC2 API Reference, "AssociateIamInstanceProfile".

use super::exchange::{Ec2, required};
use super::instance;
use super::profile_association::{self, Course};
use super::resource::INSTANCE;
use crate::cloud::InstanceState;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) fn handle(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "InstanceId")?;
    let named = profile_association::named(ec2, input);
    let mut wanted = INSTANCE.wanted(ec2, id);
    let role = match &named {
        Ok(None) => return Err(EC2_MISSING_PARAMETER.with(&[("parameter", "IamInstanceProfile")])),
        Ok(Some(named)) => {
            wanted.keys.push(("ec2:NewInstanceProfile".into(), named.arn.clone()));
            Some(named.role.clone())
        }
        Err(_) => None,
    };
    ec2.permit(input, vec![wanted], role.as_ref())?;
    let found = instance::find(ec2, id)?;
    if found.state == InstanceState::Terminated {
        return Err(EC2_INSTANCE_STATE.with(&[("id", id), ("what", "associated with an instance profile")]));
    }
    if profile_association::of(ec2.cloud(), found).is_some() {
        return Err(EC2_ASSOCIATED.with(&[("id", id)]));
    }
    let Some(named) = named? else { return Err(EC2_MISSING_PARAMETER.error()) };
    let begun = profile_association::set(ec2, id, Some(&named.arn))?;
    let told = profile_association::tree(ec2.cloud(), id, &begun, Course::Begun);
    Ok(Tree::of("iamInstanceProfileAssociation", told))
}
