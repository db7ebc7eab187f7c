//! CreateVpc, DeleteVpc, DescribeVpcs, ModifyVpcAttribute, DescribeVpcAttribute.
//!
//! AWS page: EC2 API Reference, "Vpc". Left out on purpose: further CIDR blocks, DHCP options, tenancy.

use super::describe::Describe;
use super::exchange::{Ec2, cidr, flag, invalid, required};
use super::resource::VPC;
use super::tags;
use crate::cloud::{Account, Origin, RouteTable, Vpc, default_security_group};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "VpcId",
    id: "vpcId",
    set: "vpcSet",
    kind: &VPC,
    all: |ec2, _| {
        let account = ec2.own()?;
        Ok(account.network.vpcs.values().map(|vpc| tree(account, vpc)).gather())
    },
    filters: "cidr=cidrBlock cidr-block-association.cidr-block=cidrBlockAssociationSet/cidrBlock is-default=isDefault \
owner-id=ownerId state=state vpc-id=vpcId",
    arrange: |items| items,
};

fn tree(account: &Account, vpc: &Vpc) -> Tree {
    let range = vpc.cidr.to_string();
    let mut tree = Tree::new();
    tree.texts(&[
        ("vpcId", &vpc.id),
        ("ownerId", &account.id),
        ("state", "available"),
        ("cidrBlock", &range),
        ("dhcpOptionsId", "default"),
        ("instanceTenancy", "default"),
    ]);
    tree.flag("isDefault", vpc.is_default);
    let mut block = Tree::new();
    block.text("associationId", &vpc.id.replacen("vpc-", "vpc-cidr-assoc-", 1));
    block.text("cidrBlock", &range);
    block.put("cidrBlockState", Tree::of("state", Tree::Text("associated".into())));
    tree.put("cidrBlockAssociationSet", Tree::Items(vec![block]));
    tree.put("tagSet", tags::tree(tags::of(account, &vpc.id)));
    tree
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let range = cidr(input, "CidrBlock")?;
    if !(16..=28).contains(&range.prefix_len()) {
        return Err(EC2_VPC_RANGE.with(&[("cidr", &range.to_string())]));
    }
    if let Some(other) = input.get("InstanceTenancy").filter(|tenancy| *tenancy != "default") {
        return Err(
            invalid("InstanceTenancy", other, "Only default is modelled.").for_want_of("dedicated tenancy")
        );
    }
    let id = ec2.make(input, "vpc", "vpc")?;
    let entropy = ec2.cloud().entropy;
    let (table, group) = (entropy.ec2("rtb", &[&id, "main"]), entropy.ec2("sg", &[&id, "default"]));
    let vpc = Vpc {
        origin: Origin::default(),
        id: id.clone(),
        cidr: range,
        is_default: false,
        dns_support: true,
        dns_hostnames: false,
        main_route_table: table.clone(),
        default_security_group: group.clone(),
    };
    let main =
        RouteTable { origin: Origin::default(), id: table.clone(), vpc_id: id.clone(), routes: Vec::new() };
    let network = ec2.network_mut()?;
    network.route_tables.insert(table, main);
    network.security_groups.insert(group.clone(), default_security_group(&Origin::default(), &group, &id));
    network.vpcs.insert(id, vpc.clone());
    let mut told = tree(ec2.own()?, &vpc);
    if let Tree::Fields(fields) = &mut told {
        fields
            .iter_mut()
            .filter(|(name, _)| *name == "state")
            .for_each(|(_, state)| *state = Tree::Text("pending".into()));
    }
    Ok(Tree::of("vpc", told))
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "VpcId")?;
    let network = ec2.network_mut()?;
    let Some(vpc) = network.vpcs.get(id).cloned() else { return Err(VPC.missing(id)) };
    let own = [vpc.main_route_table.as_str(), vpc.default_security_group.as_str()];
    let used = network.subnets.values().any(|subnet| subnet.vpc_id == id)
        || network.internet_gateways.values().any(|gateway| gateway.vpc_id.as_deref() == Some(id))
        || network.vpc_endpoints.values().any(|endpoint| endpoint.vpc_id == id)
        || network.route_tables.values().any(|table| table.vpc_id == id && !own.contains(&&*table.id))
        || network.security_groups.values().any(|group| group.vpc_id == id && !own.contains(&&*group.id));
    if used {
        return Err(EC2_DEPENDENCY.with(&[("kind", "vpc"), ("id", id)]));
    }
    network.route_tables.remove(own[0]);
    network.security_groups.remove(own[1]);
    network.vpcs.remove(id);
    for gone in [id, own[0], own[1]] {
        network.records.remove(gone);
    }
    Ok(done())
}

/// `<return>true</return>`
pub(super) fn done() -> Tree {
    let mut tree = Tree::new();
    tree.flag("return", true);
    tree
}

pub(super) fn modify_attribute(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let support = flag(input, "EnableDnsSupport.Value")?;
    let hostnames = flag(input, "EnableDnsHostnames.Value")?;
    if support.is_some() == hostnames.is_some() {
        return Err(EC2_ONE_ATTRIBUTE.error());
    }
    if let Some(vpc) = ec2.network_mut()?.vpcs.get_mut(required(input, "VpcId")?) {
        vpc.dns_support = support.unwrap_or(vpc.dns_support);
        vpc.dns_hostnames = hostnames.unwrap_or(vpc.dns_hostnames);
    }
    Ok(done())
}

pub(super) fn describe_attribute(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (id, attribute) = (required(input, "VpcId")?, required(input, "Attribute")?);
    let vpc = ec2.own()?.network.vpcs.get(id).ok_or_else(|| VPC.missing(id))?;
    let (name, value) = match attribute {
        "enableDnsSupport" => ("enableDnsSupport", vpc.dns_support),
        "enableDnsHostnames" => ("enableDnsHostnames", vpc.dns_hostnames),
        "enableNetworkAddressUsageMetrics" => ("enableNetworkAddressUsageMetrics", false),
        other => return Err(invalid("Attribute", other, "It isn't an attribute of a VPC.")),
    };
    let mut answer = Tree::new();
    answer.text("vpcId", id);
    let mut on = Tree::new();
    on.flag("value", value);
    answer.put(name, on);
    Ok(answer)
}
