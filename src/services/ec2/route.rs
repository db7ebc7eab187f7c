//! CreateRoute, ReplaceRoute, DeleteRoute: to an internet gateway or a NAT gateway.
//!
//! AWS page: EC2 API Reference, "CreateRoute". Left out on purpose: every other target.

use super::exchange::{Ec2, cidr, required};
use super::resource::{INTERNET_GATEWAY, NAT_GATEWAY, ROUTE_TABLE};
use super::vpc::done;
use crate::cloud::{Origin, Route, RouteTarget};
use crate::services::errors::*;
use crate::services::protocol::Tree;
use crate::services::protocol::query::Parameters;

fn target(ec2: &Ec2<'_, '_>, input: &Parameters) -> Result<RouteTarget, AwsError> {
    let network = &ec2.own()?.network;
    match (input.get("GatewayId"), input.get("NatGatewayId")) {
        (Some(id), None) if network.internet_gateways.contains_key(id) => {
            Ok(RouteTarget::InternetGateway(id.to_string()))
        }
        (Some(id), None) => Err(INTERNET_GATEWAY.missing(id)),
        (None, Some(id)) if network.nat_gateways.contains_key(id) => {
            Ok(RouteTarget::NatGateway(id.to_string()))
        }
        (None, Some(id)) => Err(NAT_GATEWAY.missing(id)),
        _ => Err(EC2_ONE_TARGET.error()),
    }
}

/// Puts the route into its table; `replace`: the one that is there.
fn put(ec2: &mut Ec2<'_, '_>, input: &Parameters, replace: bool) -> Result<Tree, AwsError> {
    let (table_id, destination) = (required(input, "RouteTableId")?, cidr(input, "DestinationCidrBlock")?);
    let target = target(ec2, input)?;
    let network = ec2.network_mut()?;
    let Some(table) = network.route_tables.get(table_id) else { return Err(ROUTE_TABLE.missing(table_id)) };
    if let RouteTarget::InternetGateway(id) = &target {
        let gateway = network.internet_gateways.get(id).and_then(|gateway| gateway.vpc_id.as_ref());
        if gateway != Some(&table.vpc_id) {
            return Err(EC2_OTHER_VPC.with(&[("table", table_id), ("gateway", id)]));
        }
    }
    let local = network.vpcs.get(&table.vpc_id).map(|vpc| vpc.cidr);
    let Some(table) = network.route_tables.get_mut(table_id) else {
        return Err(ROUTE_TABLE.missing(table_id));
    };
    let text = destination.to_string();
    let place = table.routes.iter_mut().find(|route| route.destination == destination);
    match place {
        Some(route) if replace => route.target = target,
        None if replace => return Err(EC2_NO_ROUTE.with(&[("cidr", &text), ("table", table_id)])),
        Some(_) => return Err(EC2_ROUTE_EXISTS.with(&[("cidr", &text)])),
        None if local == Some(destination) => return Err(EC2_ROUTE_EXISTS.with(&[("cidr", &text)])),
        None => table.routes.push(Route { origin: Origin::default(), destination, target }),
    }
    Ok(done())
}

pub(super) fn create(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    put(ec2, input, false)
}

pub(super) fn replace(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    put(ec2, input, true)
}

pub(super) fn delete(ec2: &mut Ec2<'_, '_>, input: &Parameters) -> Result<Tree, AwsError> {
    let (table_id, destination) = (required(input, "RouteTableId")?, cidr(input, "DestinationCidrBlock")?);
    let Some(table) = ec2.network_mut()?.route_tables.get_mut(table_id) else {
        return Err(ROUTE_TABLE.missing(table_id));
    };
    let before = table.routes.len();
    table.routes.retain(|route| route.destination != destination);
    if table.routes.len() == before {
        return Err(EC2_NO_ROUTE.with(&[("cidr", &destination.to_string()), ("table", table_id)]));
    }
    Ok(done())
}
