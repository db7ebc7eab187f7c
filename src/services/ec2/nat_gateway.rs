//! CreateNatGateway, DeleteNatGateway, DescribeNatGateways: public ones in one subnet.
//!
//! AWS page: EC2 API Reference, "NatGateway". Simplified: a deleted one is gone at once, where AWS tells of it for
//! about an hour.

use super::describe::Describe;
use super::exchange::{Ec2, invalid, required};
use super::resource::{ELASTIC_IP, NAT_GATEWAY};
use super::{address, tags};
use crate::clock::Timestamp;
use crate::cloud::{Account, NatGateway, Origin};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

/// For how many seconds a new one is `pending`.
const PENDING: i64 = 5;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "NatGatewayId",
    id: "natGatewayId",
    set: "natGatewaySet",
    kind: &NAT_GATEWAY,
    all: |ec2, _| {
        let (account, now) = (ec2.own()?, ec2.cloud().now);
        Ok(account.network.nat_gateways.values().map(|gateway| tree(account, gateway, now)).gather())
    },
    filters: "nat-gateway-id=natGatewayId state=state subnet-id=subnetId vpc-id=vpcId",
    arrange: |items| items,
};

fn tree(account: &Account, gateway: &NatGateway, now: Timestamp) -> Tree {
    let network = &account.network;
    let vpc = network.subnets.get(&gateway.subnet_id).map(|subnet| subnet.vpc_id.as_str());
    let made = network.records.get(&gateway.id).and_then(|record| record.made);
    let pending = made.is_some_and(|made| made.plus_seconds(PENDING) > now);
    let mut tree = Tree::new();
    tree.texts(&[
        ("natGatewayId", &gateway.id),
        ("subnetId", &gateway.subnet_id),
        ("vpcId", vpc.unwrap_or_default()),
        ("state", if pending { "pending" } else { "available" }),
        ("connectivityType", "public"),
    ]);
    if let Some(made) = made {
        tree.text("createTime", &made.iso8601_millis());
    }
    let elastic = network.elastic_ips.values().find(|elastic| elastic.public_ip == gateway.public_ip);
    let mut own = Tree::new();
    own.texts(&[
        ("publicIp", &gateway.public_ip.to_string()),
        ("isPrimary", "true"),
        ("status", "succeeded"),
    ]);
    own.text("allocationId", elastic.map_or("", |elastic| &elastic.allocation_id));
    tree.put("natGatewayAddressSet", Tree::Items(vec![own]));
    tree.put("tagSet", tags::tree(tags::of(account, &gateway.id)));
    tree
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    if let Some(other) = input.get("ConnectivityType").filter(|kind| *kind != "public") {
        return Err(invalid("ConnectivityType", other, "Only public is modelled.")
            .for_want_of("private NAT gateways"));
    }
    let allocation = required(input, "AllocationId")?;
    let found = ec2.own()?.network.elastic_ips.get(allocation).cloned();
    let elastic = found.ok_or_else(|| ELASTIC_IP.missing(allocation))?;
    address::free(ec2, &elastic)?;
    let id = ec2.make(input, "nat", "natgateway")?;
    let subnet_id = required(input, "SubnetId")?.to_string();
    let gateway =
        NatGateway { origin: Origin::default(), id: id.clone(), subnet_id, public_ip: elastic.public_ip };
    ec2.network_mut()?.nat_gateways.insert(id, gateway.clone());
    Ok(Tree::of("natGateway", tree(ec2.own()?, &gateway, ec2.cloud().now)))
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "NatGatewayId")?;
    let network = ec2.network_mut()?;
    network.nat_gateways.remove(id);
    network.records.remove(id);
    let mut answer = Tree::new();
    answer.text("natGatewayId", id);
    Ok(answer)
}
