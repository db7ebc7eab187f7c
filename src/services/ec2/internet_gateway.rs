//! CreateInternetGateway, AttachInternetGateway, DetachInternetGateway, DeleteInternetGateway,
//! DescribeInternetGateways.
//!
//! AWS page: EC2 API Reference, "InternetGateway".

use super::describe::Describe;
use super::exchange::{Ec2, required};
use super::resource::INTERNET_GATEWAY;
use super::tags;
use super::vpc::done;
use crate::cloud::{Account, InstanceState, InternetGateway, Origin};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "InternetGatewayId",
    id: "internetGatewayId",
    set: "internetGatewaySet",
    kind: &INTERNET_GATEWAY,
    all: |ec2, _| {
        let account = ec2.own()?;
        Ok(account.network.internet_gateways.values().map(|gateway| tree(account, gateway)).gather())
    },
    filters: "attachment.state=attachmentSet/state attachment.vpc-id=attachmentSet/vpcId \
internet-gateway-id=internetGatewayId owner-id=ownerId",
    arrange: |items| items,
};

fn tree(account: &Account, gateway: &InternetGateway) -> Tree {
    let mut tree = Tree::new();
    tree.texts(&[("internetGatewayId", &gateway.id), ("ownerId", &account.id)]);
    let attachment = |vpc: &String| {
        let mut item = Tree::new();
        item.texts(&[("vpcId", vpc), ("state", "available")]);
        item
    };
    tree.put("attachmentSet", Tree::Items(gateway.vpc_id.iter().map(attachment).gather()));
    tree.put("tagSet", tags::tree(tags::of(account, &gateway.id)));
    tree
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = ec2.make(input, "igw", "internet-gateway")?;
    let gateway = InternetGateway { origin: Origin::default(), id: id.clone(), vpc_id: None };
    ec2.network_mut()?.internet_gateways.insert(id, gateway.clone());
    Ok(Tree::of("internetGateway", tree(ec2.own()?, &gateway)))
}

pub(super) fn attach(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (id, vpc_id) = (required(input, "InternetGatewayId")?, required(input, "VpcId")?);
    let network = ec2.network_mut()?;
    let attached = |gateway: &&InternetGateway| gateway.id == id && gateway.vpc_id.is_some();
    if let Some(gateway) = network.internet_gateways.values().find(attached) {
        let vpc = gateway.vpc_id.clone().unwrap_or_default();
        return Err(EC2_ATTACHED.with(&[("id", id), ("vpc", &vpc)]));
    }
    if network.internet_gateways.values().any(|gateway| gateway.vpc_id.as_deref() == Some(vpc_id)) {
        return Err(EC2_VPC_HAS_GATEWAY.with(&[("vpc", vpc_id)]));
    }
    if let Some(gateway) = network.internet_gateways.get_mut(id) {
        gateway.vpc_id = Some(vpc_id.to_string());
    }
    Ok(done())
}

pub(super) fn detach(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (id, vpc_id) = (required(input, "InternetGatewayId")?, required(input, "VpcId")?);
    let account = ec2.own_mut()?;
    let network = &mut account.network;
    let Some(gateway) = network.internet_gateways.get_mut(id) else {
        return Err(INTERNET_GATEWAY.missing(id));
    };
    if gateway.vpc_id.as_deref() != Some(vpc_id) {
        return Err(EC2_NOT_ATTACHED.with(&[("id", id), ("vpc", vpc_id)]));
    }
    let public = account.instances.values().any(|instance| {
        instance.vpc_id == vpc_id
            && instance.public_ip.is_some()
            && instance.state != InstanceState::Terminated
    });
    let subnets = &network.subnets;
    let nat = network
        .nat_gateways
        .values()
        .any(|nat| subnets.get(&nat.subnet_id).is_some_and(|subnet| subnet.vpc_id == vpc_id));
    if public || nat {
        return Err(EC2_MAPPED_ADDRESSES.with(&[("vpc", vpc_id)]));
    }
    gateway.vpc_id = None;
    Ok(done())
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "InternetGatewayId")?;
    let network = ec2.network_mut()?;
    if network.internet_gateways.get(id).is_some_and(|gateway| gateway.vpc_id.is_some()) {
        return Err(EC2_DEPENDENCY.with(&[("kind", "internetGateway"), ("id", id)]));
    }
    network.internet_gateways.remove(id);
    network.records.remove(id);
    Ok(done())
}
