//! DescribeIamInstanceProfileAssociations: those that stand, and those that are just ending.
//!
//! AWS page: EC2 API Reference, "DescribeIamInstanceProfileAssociations".

use super::describe::Describe;
use super::exchange::Ec2;
use super::profile_association::{self, Course};
use super::resource::PROFILE_ASSOCIATION;
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "AssociationId",
    id: "associationId",
    set: "iamInstanceProfileAssociationSet",
    kind: &PROFILE_ASSOCIATION,
    all,
    filters: "instance-id=instanceId state=state",
    arrange: |items| items,
};

fn all(ec2: &Ec2<'_, '_>, _: &Parameters) -> Result<Vec<Tree>, AwsError> {
    let cloud = ec2.cloud();
    let mut items = Vec::new();
    for instance in ec2.own()?.instances.values() {
        if let Some(own) = profile_association::of(cloud, instance) {
            items.push(profile_association::tree(cloud, &instance.id, &own, Course::Begun));
        }
        if let Some(former) = &instance.record.former_association {
            items.push(profile_association::tree(cloud, &instance.id, former, Course::Ended));
        }
    }
    items.retain(|item| item.first("state") != "disassociated");
    Ok(items)
}
