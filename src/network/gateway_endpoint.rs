//! Gateway endpoints: a route to S3's prefix list in chosen route tables; the sender keeps its private address.
//!
//! AWS page: AWS PrivateLink Guide, "Gateway endpoints". An endpoint serves its own region alone.

use super::{Hop, NodeKind};
use crate::cloud::EndpointPassage;
use crate::cloud::{Instance, Network, RouteTable, VpcEndpoint, VpcEndpointKind};

/// The gateway endpoint to a service that has a route in this table.
pub(super) fn find<'a>(
    network: &'a Network,
    table: &RouteTable,
    service: &str,
    region: &str,
) -> Option<&'a VpcEndpoint> {
    network.vpc_endpoints.values().find(|endpoint| match &endpoint.kind {
        VpcEndpointKind::Gateway { route_tables } => {
            endpoint.vpc_id == table.vpc_id
                && endpoint.service == service
                && endpoint.region == region
                && route_tables.contains(&table.id)
        }
        VpcEndpointKind::Interface { .. } => false,
    })
}

/// The passage through it.
pub(super) fn pass(endpoint: &VpcEndpoint, instance: &Instance) -> (Hop, EndpointPassage) {
    let hop = Hop::pass(
        NodeKind::GatewayEndpoint,
        &endpoint.id,
        &endpoint.origin.pointer,
        "route.gateway-endpoint",
    );
    (hop, passage(endpoint, instance))
}

/// What the service learns of an endpoint.
pub(super) fn passage(endpoint: &VpcEndpoint, instance: &Instance) -> EndpointPassage {
    EndpointPassage {
        endpoint_id: endpoint.id.clone(),
        vpc_id: endpoint.vpc_id.clone(),
        account: endpoint.account.clone(),
        region: instance.region.clone(),
        policy: endpoint.policy.clone(),
    }
}
