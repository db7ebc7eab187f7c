//! DescribeInstances: instances, grouped by the reservation that launched them.
//!
//! AWS page: EC2 API Reference, "DescribeInstances". Simplified: a page ends in the middle of a reservation.

use super::describe::Describe;
use super::exchange::Ec2;
use super::instance;
use super::resource::INSTANCE;
use crate::gather::Gather;
use crate::services::errors::AwsError;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "InstanceId",
    id: "instanceId",
    set: "reservationSet",
    kind: &INSTANCE,
    all,
    filters: "architecture=architecture availability-zone=placement/availabilityZone client-token=clientToken \
dns-name=dnsName iam-instance-profile.arn=iamInstanceProfile/arn iam-instance-profile.id=iamInstanceProfile/id \
iam-instance-profile.name=profileName image-id=imageId instance-id=instanceId \
instance-state-code=instanceState/code instance-state-name=instanceState/name instance-type=instanceType \
instance.group-id=groupSet/groupId instance.group-name=groupSet/groupName ip-address=ipAddress key-name=keyName \
launch-index=amiLaunchIndex launch-time=launchTime metadata-options.http-endpoint=metadataOptions/httpEndpoint \
metadata-options.http-put-response-hop-limit=metadataOptions/httpPutResponseHopLimit \
metadata-options.http-tokens=metadataOptions/httpTokens \
metadata-options.instance-metadata-tags=metadataOptions/instanceMetadataTags \
network-interface.network-interface-id=networkInterfaceSet/networkInterfaceId \
network-interface.subnet-id=networkInterfaceSet/subnetId network-interface.vpc-id=networkInterfaceSet/vpcId \
owner-id=ownerId private-dns-name=privateDnsName private-ip-address=privateIpAddress \
reservation-id=reservationId root-device-type=rootDeviceType subnet-id=subnetId tenancy=placement/tenancy \
vpc-id=vpcId",
    arrange,
};

/// Fields at the end that say where an instance belongs; they aren't the instance's own.
const AROUND: usize = 3;

fn all(ec2: &Ec2<'_, '_>, _: &Parameters) -> Result<Vec<Tree>, AwsError> {
    let cloud = ec2.cloud();
    let own = ec2.own()?;
    let known = own.instances.values().filter(|each| instance::is_known(each, cloud.now));
    let tree = |each: &crate::cloud::Instance| {
        let mut tree = instance::tree(cloud, each);
        tree.text("reservationId", &instance::reservation_id(cloud, each));
        tree.text("ownerId", &own.id);
        let profile = each.instance_profile.as_deref().and_then(|arn| arn.rsplit('/').next());
        tree.text("profileName", profile.unwrap_or_default());
        tree
    };
    Ok(known.map(tree).gather())
}

/// Reservations, in the order of their first instances.
fn arrange(items: Vec<Tree>) -> Vec<Tree> {
    let mut reservations: Vec<(String, String, Vec<Tree>)> = Vec::new();
    for mut item in items {
        let (id, owner) = (item.first("reservationId").to_string(), item.first("ownerId").to_string());
        if let Tree::Fields(fields) = &mut item {
            fields.truncate(fields.len().saturating_sub(AROUND));
        }
        match reservations.iter_mut().find(|(other, _, _)| *other == id) {
            Some((_, _, instances)) => instances.push(item),
            None => reservations.push((id, owner, vec![item])),
        }
    }
    reservations.into_iter().map(|(id, owner, instances)| reservation(&id, &owner, instances)).gather()
}

/// A reservation with its instances.
pub(super) fn reservation(id: &str, owner: &str, instances: Vec<Tree>) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[("reservationId", id), ("ownerId", owner)]);
    tree.put("groupSet", Tree::Items(Vec::new()));
    tree.put("instancesSet", Tree::Items(instances));
    tree
}
