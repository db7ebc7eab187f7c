//! CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints: gateway and interface endpoints.
//!
//! AWS pages: EC2 API Reference, "VpcEndpoint"; VPC guide, "Control access to VPC endpoints using endpoint policies".
//! Left out on purpose: endpoints of other kinds, DNS options; names of services aren't checked.

use super::describe::Describe;
use super::exchange::{Ec2, flag, invalid, required};
use super::resource::{ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC_ENDPOINT};
use super::tags;
use super::vpc::done;
use crate::clock::Timestamp;
use crate::cloud::{Account, Network, Origin, VpcEndpoint, VpcEndpointKind};
use crate::gather::Gather;
use crate::json;
use crate::policy::{Policy, PolicyKind};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// For how many seconds a new interface endpoint is `pending`.
const PENDING: i64 = 5;
/// The longest policy.
const MAX_POLICY: usize = 20_480;
/// What AWS sets where no policy is given.
const FULL_ACCESS: &str = r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "VpcEndpointId",
    id: "vpcEndpointId",
    set: "vpcEndpointSet",
    kind: &VPC_ENDPOINT,
    all: |ec2, _| {
        let (account, now) = (ec2.own()?, ec2.cloud().now);
        Ok(account.network.vpc_endpoints.values().map(|endpoint| tree(account, endpoint, now)).gather())
    },
    filters: "service-name=serviceName vpc-endpoint-id=vpcEndpointId vpc-endpoint-state=state \
vpc-endpoint-type=vpcEndpointType vpc-id=vpcId",
    arrange: |items| items,
};

fn texts(items: &[String]) -> Tree {
    Tree::Items(items.iter().map(|item| Tree::Text(item.clone())).gather())
}

fn tree(account: &Account, endpoint: &VpcEndpoint, now: Timestamp) -> Tree {
    let made = account.network.records.get(&endpoint.id).and_then(|record| record.made);
    let mut tree = Tree::new();
    let service = ["com.amazonaws.", &endpoint.region, ".", &endpoint.service].concat();
    tree.texts(&[
        ("vpcEndpointId", &endpoint.id),
        ("vpcId", &endpoint.vpc_id),
        ("serviceName", &service),
        ("ownerId", &account.id),
        ("requesterManaged", "false"),
    ]);
    if let Some(made) = made {
        tree.text("creationTimestamp", &made.iso8601_millis());
    }
    let document = endpoint.policy.as_ref().and_then(|policy| policy.document.as_ref());
    let policy = document.map(|document| json::to_compact(&document.to_node()));
    tree.text("policyDocument", policy.as_deref().unwrap_or(FULL_ACCESS));
    match &endpoint.kind {
        VpcEndpointKind::Gateway { route_tables } => {
            tree.texts(&[
                ("vpcEndpointType", "Gateway"),
                ("state", "available"),
                ("privateDnsEnabled", "false"),
            ]);
            tree.put("routeTableIdSet", texts(route_tables));
        }
        VpcEndpointKind::Interface { subnets, security_groups, private_dns, .. } => {
            let pending = made.is_some_and(|made| made.plus_seconds(PENDING) > now);
            tree.texts(&[
                ("vpcEndpointType", "Interface"),
                ("state", if pending { "pending" } else { "available" }),
            ]);
            tree.flag("privateDnsEnabled", *private_dns);
            tree.put("subnetIdSet", texts(subnets));
            let group = |id: &String| {
                let name = account.network.security_groups.get(id).map(|group| group.name.as_str());
                let mut item = Tree::new();
                item.texts(&[("groupId", id), ("groupName", name.unwrap_or_default())]);
                item
            };
            tree.put("groupSet", Tree::Items(security_groups.iter().map(group).gather()));
        }
    }
    tree.put("tagSet", tags::tree(tags::of(account, &endpoint.id)));
    tree
}

/// The policy of an endpoint, as its kind reads it.
fn policy(id: &str, text: &str, interface: bool) -> Result<Arc<Policy>, AwsError> {
    let malformed = || EC2_ENDPOINT_POLICY.error();
    if text.len() > MAX_POLICY {
        return Err(malformed());
    }
    let text: Arc<str> = Arc::from(text);
    let node = json::parse(&text).map_err(|_| malformed())?;
    let policy = Policy::parse(id, None, "", text.clone(), &node, PolicyKind::VpcEndpoint);
    let policy = policy.map_err(|_| malformed())?;
    Ok(Arc::new(if interface { policy.of_interface_endpoint() } else { policy }))
}

/// An address of the endpoint in each subnet; where it has one it keeps it.
fn addresses(
    ec2: &Ec2<'_, '_>,
    id: &str,
    subnets: &[String],
    kept: &[(String, Ipv4Addr)],
) -> Result<Vec<Ipv4Addr>, AwsError> {
    let mut addresses = Vec::new();
    for subnet in subnets {
        if let Some((_, address)) = kept.iter().find(|(known, _)| known == subnet) {
            addresses.push(*address);
            continue;
        }
        let range = ec2.own()?.network.subnets.get(subnet).ok_or_else(|| SUBNET.missing(subnet))?.cidr;
        let address = ec2.cloud().derive_private_ip(subnet, range, &[id, subnet]);
        addresses.push(address.ok_or_else(|| EC2_NO_ADDRESS.with(&[("subnet", subnet)]))?);
    }
    Ok(addresses)
}

/// Ids as the request gives them, each in the endpoint's VPC.
fn in_vpc(network: &Network, vpc: &str, ids: Vec<&str>) -> Result<Vec<String>, AwsError> {
    for id in &ids {
        let own = match *id {
            id if id.starts_with("rtb-") => network.route_tables.get(id).map(|table| &table.vpc_id),
            id if id.starts_with("sg-") => network.security_groups.get(id).map(|group| &group.vpc_id),
            id => network.subnets.get(id).map(|subnet| &subnet.vpc_id),
        };
        let kind = if id.starts_with("rtb-") {
            ROUTE_TABLE
        } else if id.starts_with("sg-") {
            SECURITY_GROUP
        } else {
            SUBNET
        };
        match own {
            None => return Err(kind.missing(id)),
            Some(own) if own != vpc => return Err(EC2_ENDPOINT_VPC.with(&[("id", id), ("vpc", vpc)])),
            Some(_) => {}
        }
    }
    Ok(ids.into_iter().map(str::to_string).gather())
}

/// Refuses lists that an endpoint of the other type has; `verbs` stand before the lists' names.
fn of_other_type(input: &Parameters, interface: bool, verbs: &[&str]) -> Result<(), AwsError> {
    let names = if interface { ["RouteTableId"].as_slice() } else { &["SubnetId", "SecurityGroupId"] };
    for name in names {
        if verbs.iter().any(|verb| !input.list(&[*verb, *name].concat(), "").is_empty()) {
            return Err(EC2_ENDPOINT_PARAMETER.with(&[("parameter", name)]));
        }
    }
    Ok(())
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (vpc_id, name) = (required(input, "VpcId")?, required(input, "ServiceName")?);
    let prefix = ["com.amazonaws.", &ec2.region, "."].concat();
    let service = name.strip_prefix(&prefix).filter(|service| !service.is_empty());
    let service = service.ok_or_else(|| EC2_NO_SERVICE.with(&[("name", name)]))?.to_string();
    let kind = input.get("VpcEndpointType").unwrap_or("Gateway");
    let network = &ec2.own()?.network;
    let interface = match kind {
        "Gateway" if ["s3", "dynamodb"].contains(&&*service) => false,
        "Interface" => true,
        "Gateway" => return Err(EC2_ENDPOINT_TYPE.with(&[("type", kind), ("name", name)])),
        other => {
            let error = invalid("VpcEndpointType", other, "Only Gateway and Interface are modelled.");
            return Err(error.for_want_of(format!("VpcEndpointType {other}")));
        }
    };
    of_other_type(input, interface, &[""])?;
    let route_tables = in_vpc(network, vpc_id, input.list("RouteTableId", ""))?;
    let subnets = in_vpc(network, vpc_id, input.list("SubnetId", ""))?;
    let mut security_groups = in_vpc(network, vpc_id, input.list("SecurityGroupId", ""))?;
    let vpc = network.vpcs.get(vpc_id);
    if security_groups.is_empty() {
        security_groups.extend(vpc.map(|vpc| vpc.default_security_group.clone()));
    }
    let private_dns = flag(input, "PrivateDnsEnabled")?.unwrap_or(true);
    if interface && private_dns && !vpc.is_some_and(|vpc| vpc.dns_support && vpc.dns_hostnames) {
        return Err(EC2_ENDPOINT_DNS.error());
    }
    // What can fail comes before anything is made.
    let text = input.get("PolicyDocument");
    text.map(|text| policy("", text, interface)).transpose()?;
    addresses(ec2, "", &subnets, &[])?;
    let id = ec2.make(input, "vpce", "vpc-endpoint")?;
    let kind = if interface {
        let addresses = addresses(ec2, &id, &subnets, &[])?;
        VpcEndpointKind::Interface { subnets, security_groups, private_dns, addresses }
    } else {
        VpcEndpointKind::Gateway { route_tables }
    };
    let endpoint = VpcEndpoint {
        origin: Origin::default(),
        id: id.clone(),
        account: ec2.account.clone(),
        vpc_id: vpc_id.to_string(),
        service,
        region: ec2.region.clone(),
        kind,
        policy: text.map(|text| policy(&id, text, interface)).transpose()?,
    };
    ec2.network_mut()?.vpc_endpoints.insert(id, endpoint.clone());
    Ok(Tree::of("vpcEndpoint", tree(ec2.own()?, &endpoint, ec2.cloud().now)))
}

pub(super) fn modify(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "VpcEndpointId")?;
    let network = &ec2.own()?.network;
    let mut endpoint = network.vpc_endpoints.get(id).cloned().ok_or_else(|| VPC_ENDPOINT.missing(id))?;
    let vpc = endpoint.vpc_id.clone();
    let interface = matches!(endpoint.kind, VpcEndpointKind::Interface { .. });
    let change = |list: &mut Vec<String>, name: &str| -> Result<(), AwsError> {
        let removed = input.list(&["Remove", name].concat(), "");
        list.retain(|id| !removed.contains(&id.as_str()));
        for id in in_vpc(network, &vpc, input.list(&["Add", name].concat(), ""))? {
            if !list.contains(&id) {
                list.push(id);
            }
        }
        Ok(())
    };
    let dns = flag(input, "PrivateDnsEnabled")?;
    of_other_type(input, interface, &["Add", "Remove"])?;
    match &mut endpoint.kind {
        VpcEndpointKind::Gateway { route_tables } => change(route_tables, "RouteTableId")?,
        VpcEndpointKind::Interface { subnets, security_groups, private_dns, addresses: own } => {
            let kept: Vec<_> = subnets.iter().cloned().zip(own.iter().copied()).gather();
            change(subnets, "SubnetId")?;
            change(security_groups, "SecurityGroupId")?;
            *own = addresses(ec2, id, subnets, &kept)?;
            *private_dns = dns.unwrap_or(*private_dns);
        }
    }
    if let Some(text) = input.get("PolicyDocument") {
        endpoint.policy = Some(policy(id, text, interface)?);
    }
    if flag(input, "ResetPolicy")? == Some(true) {
        endpoint.policy = None;
    }
    ec2.network_mut()?.vpc_endpoints.insert(id.to_string(), endpoint);
    Ok(done())
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let network = ec2.network_mut()?;
    for id in input.list("VpcEndpointId", "") {
        network.vpc_endpoints.remove(id);
        network.records.remove(id);
    }
    Ok(Tree::of("unsuccessful", Tree::Items(Vec::new())))
}
