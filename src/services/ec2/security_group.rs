//! CreateSecurityGroup, DeleteSecurityGroup, DescribeSecurityGroups.
//!
//! AWS page: EC2 API Reference, "SecurityGroup". A group without VpcId belongs to the default VPC.

use super::describe::Describe;
use super::exchange::{Ec2, invalid, required};
use super::resource::{SECURITY_GROUP, VPC};
use super::security_group_rule::{description, permissions};
use super::tags;
use super::vpc::done;
use crate::cloud::{
    Account, InstanceState, Origin, SecurityGroup, SecurityGroupPeer, VpcEndpointKind, all_egress,
};
use crate::gather::Gather;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "GroupId",
    id: "groupId",
    set: "securityGroupInfo",
    kind: &SECURITY_GROUP,
    all,
    filters: "description=groupDescription group-id=groupId group-name=groupName owner-id=ownerId vpc-id=vpcId \
ip-permission.cidr=ipPermissions/ipRanges/cidrIp ip-permission.from-port=ipPermissions/fromPort \
ip-permission.group-id=ipPermissions/groups/groupId ip-permission.prefix-list-id=ipPermissions/prefixListIds/prefixListId \
ip-permission.protocol=ipPermissions/ipProtocol ip-permission.to-port=ipPermissions/toPort \
egress.ip-permission.cidr=ipPermissionsEgress/ipRanges/cidrIp \
egress.ip-permission.from-port=ipPermissionsEgress/fromPort \
egress.ip-permission.group-id=ipPermissionsEgress/groups/groupId \
egress.ip-permission.protocol=ipPermissionsEgress/ipProtocol egress.ip-permission.to-port=ipPermissionsEgress/toPort",
    arrange: |items| items,
};

fn all(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<Vec<Tree>, AwsError> {
    let account = ec2.own()?;
    let names = input.list("GroupName", "");
    let groups: Vec<&SecurityGroup> = account.network.security_groups.values().gather();
    for name in &names {
        if !groups.iter().any(|group| group.name == *name) {
            return Err(EC2_NO_GROUP_NAME.with(&[("name", name), ("vpc", "default")]));
        }
    }
    let asked = groups.into_iter().filter(|group| names.is_empty() || names.contains(&group.name.as_str()));
    Ok(asked.map(|group| tree(ec2, account, group)).gather())
}

fn tree(ec2: &Ec2<'_, '_>, account: &Account, group: &SecurityGroup) -> Tree {
    let network = &account.network;
    let default = network.vpcs.get(&group.vpc_id).is_some_and(|vpc| vpc.default_security_group == group.id);
    let made = if default { "default VPC security group" } else { &group.name };
    let description = description(account, &group.id).unwrap_or(made);
    let mut tree = Tree::new();
    tree.texts(&[
        ("groupId", &group.id),
        ("groupName", &group.name),
        ("groupDescription", description),
        ("ownerId", &account.id),
        ("vpcId", &group.vpc_id),
        ("securityGroupArn", &ec2.arn("security-group", &group.id)),
    ]);
    let entropy = ec2.cloud().entropy;
    tree.put("ipPermissions", permissions(account, entropy, group, false));
    tree.put("ipPermissionsEgress", permissions(account, entropy, group, true));
    tree.put("tagSet", tags::tree(tags::of(account, &group.id)));
    tree
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (name, description) = (required(input, "GroupName")?, required(input, "GroupDescription")?);
    let network = &ec2.own()?.network;
    let default = || network.vpcs.values().find(|vpc| vpc.is_default);
    let vpc_id = match input.get("VpcId") {
        Some(id) => network.vpcs.get(id).ok_or_else(|| VPC.missing(id))?.id.clone(),
        None => default().ok_or_else(|| EC2_NO_DEFAULT_VPC.error())?.id.clone(),
    };
    let right = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    if name.is_empty() || name.len() > 255 || name.starts_with("sg-") || !name.chars().all(right) {
        return Err(invalid("groupName", name, "Character sets beyond ASCII are not supported."));
    }
    if description.is_empty() || description.len() > 255 || !description.chars().all(right) {
        return Err(invalid("groupDescription", description, "Invalid security group description."));
    }
    let same = |group: &SecurityGroup| group.name == name && group.vpc_id == vpc_id;
    if network.security_groups.values().any(same) {
        return Err(EC2_GROUP_EXISTS.with(&[("name", name), ("vpc", &vpc_id)]));
    }
    let id = ec2.make(input, "sg", "security-group")?;
    let group = SecurityGroup {
        origin: Origin::default(),
        id: id.clone(),
        name: name.to_string(),
        vpc_id,
        ingress: Vec::new(),
        egress: vec![all_egress(&Origin::default())],
    };
    let network = ec2.network_mut()?;
    network.security_groups.insert(id.clone(), group);
    if let Some(record) = network.records.get_mut(&id) {
        record.description = description.to_string();
    }
    let mut answer = done();
    answer.text("groupId", &id);
    answer.put("tagSet", tags::tree(tags::of(ec2.own()?, &id)));
    answer.text("securityGroupArn", &ec2.arn("security-group", &id));
    Ok(answer)
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "GroupId")?;
    let account = ec2.own_mut()?;
    let network = &mut account.network;
    if let Some(vpc) = network.vpcs.values().find(|vpc| vpc.default_security_group == id) {
        return Err(EC2_DEFAULT_GROUP.with(&[("id", &vpc.default_security_group)]));
    }
    let names = |group: &SecurityGroup| {
        let peer = SecurityGroupPeer::SecurityGroup(id.to_string());
        group.id != id && group.ingress.iter().chain(&group.egress).any(|rule| rule.peer == peer)
    };
    let used = account.instances.values().any(|instance| {
        instance.state != InstanceState::Terminated
            && instance.security_groups.iter().any(|group| group == id)
    });
    let on_endpoint = network.vpc_endpoints.values().any(|endpoint| match &endpoint.kind {
        VpcEndpointKind::Interface { security_groups, .. } => security_groups.iter().any(|group| group == id),
        VpcEndpointKind::Gateway { .. } => false,
    });
    if used || on_endpoint || network.security_groups.values().any(names) {
        return Err(EC2_GROUP_USED.with(&[("id", id)]));
    }
    network.security_groups.remove(id);
    network.records.remove(id);
    let mut answer = done();
    answer.text("groupId", id);
    Ok(answer)
}
