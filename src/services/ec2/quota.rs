//! How many network resources of a kind an account may have.
//!
//! AWS page: AWS General Reference, "Amazon Virtual Private Cloud endpoints and quotas" (their defaults). A template
//! may make more: the quotas can be raised.

use crate::cloud::{Network, VpcEndpointKind};
use crate::services::errors::*;
use crate::services::protocol::query::Parameters;

/// Whether one more of that kind fits.
///
/// # Errors
/// `...LimitExceeded`.
pub(super) fn check(network: &Network, input: &Parameters, kind: &str) -> Result<(), AwsError> {
    let vpc = input.get("VpcId").unwrap_or_default();
    let zone = |subnet: &str| network.subnets.get(subnet).map(|subnet| &subnet.availability_zone);
    let (count, most, error) = match kind {
        "vpc" => (network.vpcs.len(), 5, EC2_VPC_LIMIT),
        "internet-gateway" => (network.internet_gateways.len(), 5, EC2_INTERNET_GATEWAY_LIMIT),
        "elastic-ip" => (network.elastic_ips.len(), 5, EC2_NO_PUBLIC_ADDRESS),
        "natgateway" => {
            let own = input.get("SubnetId").and_then(zone);
            let there = network.nat_gateways.values().filter(|gateway| zone(&gateway.subnet_id) == own);
            (there.count(), 5, EC2_NAT_GATEWAY_LIMIT)
        }
        "subnet" => {
            let there = network.subnets.values().filter(|subnet| subnet.vpc_id == vpc);
            (there.count(), 200, EC2_SUBNET_LIMIT)
        }
        "route-table" => {
            let there = network.route_tables.values().filter(|table| table.vpc_id == vpc);
            (there.count(), 200, EC2_ROUTE_TABLE_LIMIT)
        }
        "security-group" => (network.security_groups.len(), 2_500, EC2_SECURITY_GROUP_LIMIT),
        "vpc-endpoint" => {
            let interface = input.get("VpcEndpointType") == Some("Interface");
            let there = network.vpc_endpoints.values().filter(|endpoint| {
                matches!(endpoint.kind, VpcEndpointKind::Interface { .. }) == interface
                    && (!interface || endpoint.vpc_id == vpc)
            });
            (there.count(), if interface { 50 } else { 20 }, EC2_ENDPOINT_LIMIT)
        }
        _ => return Ok(()),
    };
    if count < most { Ok(()) } else { Err(error.error()) }
}
