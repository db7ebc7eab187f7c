//! AllocateAddress, AssociateAddress, DisassociateAddress, ReleaseAddress, DescribeAddresses: Elastic IP addresses.
//!
//! AWS page: EC2 API Reference, "Address". An address is associated with what has it: an instance or a NAT gateway.

use super::describe::Describe;
use super::exchange::{Ec2, flag, required};
use super::instance;
use super::resource::ELASTIC_IP;
use super::tags;
use super::vpc::done;
use crate::cloud::{Account, ElasticIp, Instance, InstanceState, Origin};
use crate::gather::Gather;
use crate::ids::Entropy;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "AllocationId",
    id: "allocationId",
    set: "addressesSet",
    kind: &ELASTIC_IP,
    all: |ec2, input| {
        let (account, entropy) = (ec2.own()?, ec2.cloud().entropy);
        let named = input.list("PublicIp", "");
        let has = |address: &&str| {
            let mut all = account.network.elastic_ips.values();
            all.any(|elastic| elastic.public_ip.to_string() == **address)
        };
        if let Some(address) = named.iter().find(|address| !has(address)) {
            return Err(EC2_NO_PUBLIC_IP.with(&[("address", address)]));
        }
        let trees = account.network.elastic_ips.values().map(|elastic| tree(account, entropy, elastic));
        let asked = |tree: &Tree| named.is_empty() || named.contains(&tree.first("publicIp"));
        Ok(trees.filter(asked).gather())
    },
    filters: "allocation-id=allocationId association-id=associationId instance-id=instanceId \
network-interface-id=networkInterfaceId private-ip-address=privateIpAddress public-ip=publicIp",
    arrange: |items| items,
};

/// What has an address: its id, and the instance if it is one.
fn holder<'a>(account: &'a Account, elastic: &ElasticIp) -> Option<(&'a str, Option<&'a Instance>)> {
    let mut instances = account.instances.values();
    if let Some(instance) = instances.find(|instance| instance.public_ip == Some(elastic.public_ip)) {
        return Some((&instance.id, Some(instance)));
    }
    let mut gateways = account.network.nat_gateways.values();
    let gateway = gateways.find(|gateway| gateway.public_ip == elastic.public_ip);
    gateway.map(|gateway| (gateway.id.as_str(), None))
}

fn association_id(entropy: Entropy, elastic: &ElasticIp, holder: &str) -> String {
    entropy.ec2("eipassoc", &[&elastic.allocation_id, holder])
}

fn tree(account: &Account, entropy: Entropy, elastic: &ElasticIp) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[
        ("publicIp", &elastic.public_ip.to_string()),
        ("allocationId", &elastic.allocation_id),
        ("domain", "vpc"),
        ("publicIpv4Pool", "amazon"),
        ("networkBorderGroup", &account.region),
    ]);
    if let Some((id, instance)) = holder(account, elastic) {
        tree.text("associationId", &association_id(entropy, elastic, id));
        if let Some(instance) = instance {
            tree.texts(&[
                ("instanceId", id),
                ("networkInterfaceId", &instance.network_interface_id),
                ("networkInterfaceOwnerId", &account.id),
                ("privateIpAddress", &instance.private_ip.to_string()),
            ]);
        }
    }
    tree.put("tagSet", tags::tree(tags::of(account, &elastic.allocation_id)));
    tree
}

/// Whether nothing has the address.
pub(super) fn free(ec2: &Ec2<'_, '_>, elastic: &ElasticIp) -> Result<(), AwsError> {
    match holder(ec2.own()?, elastic) {
        None => Ok(()),
        Some((holder, _)) => {
            let association = association_id(ec2.cloud().entropy, elastic, holder);
            Err(EC2_ALREADY_ASSOCIATED.with(&[("id", &elastic.allocation_id), ("association", &association)]))
        }
    }
}

pub(super) fn allocate(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = ec2.make(input, "eipalloc", "elastic-ip")?;
    let Some(public_ip) = ec2.cloud().derive_public_ip(&[&id]) else {
        ec2.network_mut()?.records.remove(&id);
        return Err(EC2_NO_PUBLIC_ADDRESS.error());
    };
    let elastic = ElasticIp { origin: Origin::default(), allocation_id: id.clone(), public_ip };
    ec2.network_mut()?.elastic_ips.insert(id, elastic.clone());
    let mut answer = Tree::new();
    answer.texts(&[
        ("publicIp", &public_ip.to_string()),
        ("domain", "vpc"),
        ("allocationId", &elastic.allocation_id),
        ("publicIpv4Pool", "amazon"),
        ("networkBorderGroup", &ec2.region),
    ]);
    Ok(answer)
}

pub(super) fn associate(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (id, instance_id) = (required(input, "AllocationId")?, required(input, "InstanceId")?);
    let elastic = ec2.own()?.network.elastic_ips.get(id).cloned().ok_or_else(|| ELASTIC_IP.missing(id))?;
    let instance = instance::find(ec2, instance_id)?;
    if instance.state == InstanceState::Terminated {
        return Err(EC2_INSTANCE_STATE.with(&[("id", instance_id), ("what", "associated with an address")]));
    }
    let vpc = instance.vpc_id.clone();
    // In a VPC an address moves, unless the request says that it must not.
    if flag(input, "AllowReassociation")? == Some(false)
        || holder(ec2.own()?, &elastic).is_some_and(|(_, instance)| instance.is_none())
    {
        free(ec2, &elastic)?;
    }
    let account = ec2.own_mut()?;
    if !account.network.internet_gateways.values().any(|gateway| gateway.vpc_id.as_ref() == Some(&vpc)) {
        return Err(EC2_NO_GATEWAY.with(&[("vpc", &vpc)]));
    }
    for instance in account.instances.values_mut() {
        if instance.public_ip == Some(elastic.public_ip) {
            instance.public_ip = None;
        }
    }
    if let Some(instance) = account.instances.get_mut(instance_id) {
        instance.public_ip = Some(elastic.public_ip);
    }
    let mut answer = done();
    answer.text("associationId", &association_id(ec2.cloud().entropy, &elastic, instance_id));
    Ok(answer)
}

/// The allocation that an association is of, and what has the address.
pub(super) fn associated(ec2: &Ec2<'_, '_>, id: &str) -> Result<(String, String), AwsError> {
    let (account, entropy) = (ec2.own()?, ec2.cloud().entropy);
    let found = account.network.elastic_ips.values().find_map(|elastic| {
        let (holder, _) = holder(account, elastic)?;
        let is_it = association_id(entropy, elastic, holder) == id;
        is_it.then(|| (elastic.allocation_id.clone(), holder.to_string()))
    });
    found.ok_or_else(|| EC2_NO_ROUTE_ASSOCIATION.with(&[("id", id)]))
}

pub(super) fn disassociate(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (_, holder) = associated(ec2, required(input, "AssociationId")?)?;
    match ec2.own_mut()?.instances.get_mut(&holder) {
        Some(instance) => instance.public_ip = None,
        None => return Err(EC2_OF_NAT_GATEWAY.with(&[("id", &holder)])),
    }
    Ok(done())
}

pub(super) fn release(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "AllocationId")?;
    let elastic = ec2.own()?.network.elastic_ips.get(id).cloned().ok_or_else(|| ELASTIC_IP.missing(id))?;
    if holder(ec2.own()?, &elastic).is_some() {
        return Err(EC2_ADDRESS_HELD.with(&[("address", &elastic.public_ip.to_string())]));
    }
    let network = ec2.network_mut()?;
    network.elastic_ips.remove(id);
    network.records.remove(id);
    Ok(done())
}
