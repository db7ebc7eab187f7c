//! CreateRouteTable, DeleteRouteTable, DescribeRouteTables, AssociateRouteTable, DisassociateRouteTable,
//! ReplaceRouteTableAssociation.
//!
//! AWS pages: EC2 API Reference, "RouteTable"; VPC User Guide, "Configure route tables".

use super::describe::Describe;
use super::exchange::{Ec2, required};
use super::resource::{ROUTE_TABLE, VPC};
use super::tags;
use super::vpc::done;
use crate::cloud::{
    Account, Network, Origin, REGIONS, Route, RouteTable, RouteTarget, Subnet, VpcEndpointKind,
};
use crate::gather::Gather;
use crate::ids::Entropy;
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

pub(super) const DESCRIBE: Describe = Describe {
    parameter: "RouteTableId",
    id: "routeTableId",
    set: "routeTableSet",
    kind: &ROUTE_TABLE,
    all: |ec2, _| {
        let (account, entropy) = (ec2.own()?, ec2.cloud().entropy);
        Ok(account.network.route_tables.values().map(|table| tree(account, entropy, table)).gather())
    },
    filters: "association.main=associationSet/main association.route-table-association-id=associationSet/routeTableAssociationId \
association.route-table-id=associationSet/routeTableId association.subnet-id=associationSet/subnetId \
owner-id=ownerId route-table-id=routeTableId route.destination-cidr-block=routeSet/destinationCidrBlock \
route.destination-prefix-list-id=routeSet/destinationPrefixListId route.gateway-id=routeSet/gatewayId \
route.nat-gateway-id=routeSet/natGatewayId route.origin=routeSet/origin route.state=routeSet/state vpc-id=vpcId",
    arrange: |items| items,
};

/// The id of a subnet's association; of a VPC's with its main table.
fn association_id(entropy: Entropy, table: &str, of: &str) -> String {
    entropy.ec2("rtbassoc", &[table, of])
}

fn tree(account: &Account, entropy: Entropy, table: &RouteTable) -> Tree {
    let network = &account.network;
    let mut tree = Tree::new();
    tree.texts(&[("routeTableId", &table.id), ("vpcId", &table.vpc_id), ("ownerId", &account.id)]);
    tree.put("routeSet", Tree::Items(routes(account, table)));
    let mut associations = Vec::new();
    let mut associate = |of: &str, subnet: Option<&str>| {
        let mut item = Tree::new();
        item.text("routeTableAssociationId", &association_id(entropy, &table.id, of));
        item.text("routeTableId", &table.id);
        if let Some(subnet) = subnet {
            item.text("subnetId", subnet);
        }
        item.flag("main", subnet.is_none());
        item.put("associationState", Tree::of("state", Tree::Text("associated".into())));
        associations.push(item);
    };
    if network.vpcs.get(&table.vpc_id).is_some_and(|vpc| vpc.main_route_table == table.id) {
        associate(&table.vpc_id, None);
    }
    for subnet in network.subnets.values().filter(|subnet| subnet.route_table.as_ref() == Some(&table.id)) {
        associate(&subnet.id, Some(&subnet.id));
    }
    tree.put("associationSet", Tree::Items(associations));
    tree.put("propagatingVgwSet", Tree::Items(Vec::new()));
    tree.put("tagSet", tags::tree(tags::of(account, &table.id)));
    tree
}

/// The local route, the table's own, and those of gateway endpoints.
fn routes(account: &Account, table: &RouteTable) -> Vec<Tree> {
    let network = &account.network;
    let mut items = Vec::new();
    let mut push = |to: (&'static str, &str), by: (&'static str, &str), active: bool, origin: &str| {
        let mut item = Tree::new();
        item.texts(&[to, by, ("state", if active { "active" } else { "blackhole" }), ("origin", origin)]);
        items.push(item);
    };
    if let Some(vpc) = network.vpcs.get(&table.vpc_id) {
        let range = vpc.cidr.to_string();
        push(("destinationCidrBlock", &range), ("gatewayId", "local"), true, "CreateRouteTable");
    }
    for route in &table.routes {
        let range = route.destination.to_string();
        let by = match &route.target {
            RouteTarget::InternetGateway(id) => ("gatewayId", id.as_str()),
            RouteTarget::NatGateway(id) => ("natGatewayId", id.as_str()),
        };
        push(("destinationCidrBlock", &range), by, is_active(network, table, route), "CreateRoute");
    }
    for endpoint in network.vpc_endpoints.values() {
        if let VpcEndpointKind::Gateway { route_tables } = &endpoint.kind
            && route_tables.contains(&table.id)
        {
            let list = REGIONS.iter().find(|(region, _)| *region == endpoint.region);
            let list = list.and_then(|(_, list)| list.filter(|_| endpoint.service == "s3"));
            let to = ("destinationPrefixListId", list.unwrap_or("pl-unknown"));
            push(to, ("gatewayId", &endpoint.id), true, "CreateRoute");
        }
    }
    items
}

/// A route whose target isn't there, or elsewhere, is a black hole.
fn is_active(network: &Network, table: &RouteTable, route: &Route) -> bool {
    match &route.target {
        RouteTarget::InternetGateway(id) => {
            let gateway = network.internet_gateways.get(id);
            gateway.is_some_and(|gateway| gateway.vpc_id.as_ref() == Some(&table.vpc_id))
        }
        RouteTarget::NatGateway(id) => network.nat_gateways.contains_key(id),
    }
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let vpc_id = required(input, "VpcId")?.to_string();
    let id = ec2.make(input, "rtb", "route-table")?;
    let table = RouteTable { origin: Origin::default(), id: id.clone(), vpc_id, routes: Vec::new() };
    ec2.network_mut()?.route_tables.insert(id, table.clone());
    Ok(Tree::of("routeTable", tree(ec2.own()?, ec2.cloud().entropy, &table)))
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "RouteTableId")?;
    let network = ec2.network_mut()?;
    let used = network.vpcs.values().any(|vpc| vpc.main_route_table == id)
        || network.subnets.values().any(|subnet| subnet.route_table.as_deref() == Some(id))
        || network.vpc_endpoints.values().any(|endpoint| match &endpoint.kind {
            VpcEndpointKind::Gateway { route_tables } => route_tables.iter().any(|table| table == id),
            VpcEndpointKind::Interface { .. } => false,
        });
    if used {
        return Err(EC2_DEPENDENCY.with(&[("kind", "routeTable"), ("id", id)]));
    }
    network.route_tables.remove(id);
    network.records.remove(id);
    Ok(done())
}

fn state() -> Tree {
    Tree::of("state", Tree::Text("associated".into()))
}

pub(super) fn associate(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (subnet_id, table_id) = (required(input, "SubnetId")?, required(input, "RouteTableId")?);
    let entropy = ec2.cloud().entropy;
    let network = ec2.network_mut()?;
    let vpc = network.route_tables.get(table_id).map(|table| table.vpc_id.clone());
    let Some(subnet) = network.subnets.get_mut(subnet_id) else { return Err(VPC.missing(subnet_id)) };
    if Some(&subnet.vpc_id) != vpc.as_ref() {
        return Err(EC2_OTHER_NETWORK.with(&[("table", table_id), ("subnet", subnet_id)]));
    }
    if let Some(own) = subnet.route_table.as_ref().filter(|own| *own != table_id) {
        let association = association_id(entropy, own, subnet_id);
        return Err(EC2_ALREADY_ASSOCIATED.with(&[("id", subnet_id), ("association", &association)]));
    }
    subnet.route_table = Some(table_id.to_string());
    let mut answer = Tree::new();
    answer.text("associationId", &association_id(entropy, table_id, subnet_id));
    answer.put("associationState", state());
    Ok(answer)
}

/// What an association is of.
enum Associated {
    Subnet(Subnet),
    Main { vpc: String },
}

fn find(ec2: &Ec2<'_, '_>, id: &str) -> Result<Associated, AwsError> {
    let (network, entropy) = (&ec2.own()?.network, ec2.cloud().entropy);
    let subnet = network.subnets.values().find(|subnet| {
        subnet.route_table.as_ref().is_some_and(|table| association_id(entropy, table, &subnet.id) == id)
    });
    if let Some(subnet) = subnet {
        return Ok(Associated::Subnet(subnet.clone()));
    }
    let main =
        network.vpcs.values().find(|vpc| association_id(entropy, &vpc.main_route_table, &vpc.id) == id);
    main.map(|vpc| Associated::Main { vpc: vpc.id.clone() })
        .ok_or_else(|| EC2_NO_ROUTE_ASSOCIATION.with(&[("id", id)]))
}

/// The table of an association, and its subnet unless it is the VPC's with its main table.
pub(super) fn associated(ec2: &Ec2<'_, '_>, id: &str) -> Result<Vec<String>, AwsError> {
    Ok(match find(ec2, id)? {
        Associated::Subnet(subnet) => subnet.route_table.into_iter().chain([subnet.id]).gather(),
        Associated::Main { vpc } => {
            let main = ec2.own()?.network.vpcs.get(&vpc).map(|vpc| vpc.main_route_table.clone());
            main.into_iter().gather()
        }
    })
}

pub(super) fn disassociate(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let id = required(input, "AssociationId")?;
    let subnet = match find(ec2, id)? {
        Associated::Main { .. } => return Err(EC2_MAIN_ASSOCIATION.with(&[("id", id)])),
        Associated::Subnet(subnet) => subnet,
    };
    if let Some(subnet) = ec2.network_mut()?.subnets.get_mut(&subnet.id) {
        subnet.route_table = None;
    }
    Ok(done())
}

pub(super) fn replace_association(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let table_id = required(input, "RouteTableId")?;
    let associated = find(ec2, required(input, "AssociationId")?)?;
    let entropy = ec2.cloud().entropy;
    let network = ec2.network_mut()?;
    let vpc = network.route_tables.get(table_id).map(|table| table.vpc_id.clone()).unwrap_or_default();
    let (of, own_vpc) = match &associated {
        Associated::Subnet(subnet) => (subnet.id.clone(), subnet.vpc_id.clone()),
        Associated::Main { vpc } => (vpc.clone(), vpc.clone()),
    };
    if own_vpc != vpc {
        return Err(EC2_OTHER_NETWORK.with(&[("table", table_id), ("subnet", &of)]));
    }
    if let Some(subnet) = network.subnets.get_mut(&of) {
        subnet.route_table = Some(table_id.to_string());
    }
    if let Some(vpc) = network.vpcs.get_mut(&of) {
        vpc.main_route_table = table_id.to_string();
    }
    let mut answer = Tree::new();
    answer.text("newAssociationId", &association_id(entropy, table_id, &of));
    answer.put("associationState", state());
    Ok(answer)
}
