//! AWS::EC2::VPCEndpoint: gateway and interface endpoints.
//!
//! AWS page: CloudFormation Template Reference, "AWS::EC2::VPCEndpoint".

use super::{Kind, id_in, ids_in, network};
use crate::cloud::{VpcEndpoint, VpcEndpointKind};
use crate::gather::Gather;
use crate::policy::PolicyKind;
use crate::scenario::findings::At;
use crate::scenario::loading::{Identity, Loading, Resource};
use crate::scenario::policies::PolicyPlace;
use crate::scenario::resources::ResourceType;
use crate::scenario::schema::{Shape, TAGS, TEXTS, not_modelled, optional, required};
use std::net::Ipv4Addr;
use std::sync::Arc;

pub(in crate::scenario::resources) const TYPE: ResourceType = ResourceType {
    name: "AWS::EC2::VPCEndpoint",
    properties: &[
        optional("PolicyDocument", Shape::Policy),
        optional("PrivateDnsEnabled", Shape::Boolean),
        optional("RouteTableIds", TEXTS),
        optional("SecurityGroupIds", TEXTS),
        required("ServiceName", Shape::Text),
        optional("SubnetIds", TEXTS),
        optional("Tags", TAGS),
        optional("VpcEndpointType", Shape::OneOf(TYPES)),
        required("VpcId", Shape::Text),
        not_modelled("DnsOptions IpAddressType ResourceConfigurationArn ServiceNetworkArn ServiceRegion"),
    ],
    attributes: &["Id"],
    create,
    connect: Some(connect),
};

const TYPES: &[&str] = &["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"];

fn create(loading: &mut Loading<'_>, resource: &Resource<'_>) -> Identity {
    let id = loading.cloud.entropy.ec2("vpce", &resource.names());
    let identity = Identity::new(&id, &[&id]);
    let vpc_id = id_in(loading, resource, Kind::Vpc, "VpcId");
    let service = resource.property("ServiceName").and_then(|at| service(loading, resource, at));
    let kind = match resource.text("VpcEndpointType").unwrap_or("Gateway") {
        "Gateway" => gateway(loading, resource, service.as_deref()),
        "Interface" => interface(loading, resource, vpc_id.as_deref()),
        other => {
            let at = resource.property("VpcEndpointType").unwrap_or(resource.at);
            loading.findings.warning("diagnostic.not-modelled.value", at, &[("name", other)]);
            return identity;
        }
    };
    if let (Some(vpc_id), Some(service)) = (vpc_id, service) {
        let endpoint = VpcEndpoint {
            origin: resource.origin(),
            id: id.clone(),
            account: resource.account.to_string(),
            vpc_id,
            service,
            region: resource.region.to_string(),
            kind,
            policy: None,
        };
        if let Some(network) = network(loading, resource) {
            network.vpc_endpoints.insert(id, endpoint);
        }
    }
    identity
}

/// The policy is read when everything exists.
fn connect(loading: &mut Loading<'_>, resource: &Resource<'_>) {
    let id = loading.cloud.entropy.ec2("vpce", &resource.names());
    let Some(at) = resource.property("PolicyDocument") else {
        return;
    };
    let place = PolicyPlace { at, kind: PolicyKind::VpcEndpoint, title: &id, arn: None, limit: 20_480 };
    let policy = loading.policy(resource, place);
    let endpoint = network(loading, resource).and_then(|network| network.vpc_endpoints.get_mut(&id));
    if let Some(endpoint) = endpoint {
        endpoint.policy = match endpoint.kind {
            VpcEndpointKind::Gateway { .. } => policy,
            VpcEndpointKind::Interface { .. } => {
                policy.map(|policy| Arc::new(Arc::unwrap_or_clone(policy).of_interface_endpoint()))
            }
        };
    }
}

/// The part of ServiceName after `com.amazonaws.REGION.`
fn service(loading: &mut Loading<'_>, resource: &Resource<'_>, at: At<'_>) -> Option<String> {
    let name = resource.text("ServiceName")?;
    let prefix = format!("com.amazonaws.{}.", resource.region);
    let service = name.strip_prefix(&prefix).filter(|service| !service.is_empty());
    if service.is_none() {
        let params = [("name", name), ("expected", prefix.as_str())];
        loading.findings.error("diagnostic.wrong-service-name", at, &params);
    }
    service.map(str::to_string)
}

/// Gateway endpoints: S3 and DynamoDB alone, into route tables.
fn gateway(loading: &mut Loading<'_>, resource: &Resource<'_>, service: Option<&str>) -> VpcEndpointKind {
    if let Some(service) = service.filter(|service| !["s3", "dynamodb"].contains(service)) {
        let at = resource.property("ServiceName").unwrap_or(resource.at);
        loading.findings.error("diagnostic.no-gateway-endpoint", at, &[("service", service)]);
    }
    for name in ["SubnetIds", "SecurityGroupIds"] {
        if let Some(at) = resource.property(name) {
            loading.findings.error("diagnostic.wrong-endpoint-property", at, &[("name", name)]);
        }
    }
    VpcEndpointKind::Gateway {
        route_tables: ids_in(loading, resource, Kind::RouteTable, resource.property("RouteTableIds")),
    }
}

/// Interface endpoints: an address in each subnet, behind security groups (the VPC's default one where none is given).
fn interface(loading: &mut Loading<'_>, resource: &Resource<'_>, vpc_id: Option<&str>) -> VpcEndpointKind {
    if let Some(at) = resource.property("RouteTableIds") {
        loading.findings.error("diagnostic.wrong-endpoint-property", at, &[("name", "RouteTableIds")]);
    }
    let subnets = ids_in(loading, resource, Kind::Subnet, resource.property("SubnetIds"));
    let mut security_groups =
        ids_in(loading, resource, Kind::SecurityGroup, resource.property("SecurityGroupIds"));
    let network = loading.cloud.accounts.get(resource.account).map(|account| &account.network);
    let vpc = network.zip(vpc_id).and_then(|(network, vpc_id)| network.vpcs.get(vpc_id));
    if security_groups.is_empty() && resource.properties.get("SecurityGroupIds").is_none() {
        security_groups.extend(vpc.map(|vpc| vpc.default_security_group.clone()));
    }
    let private_dns = resource.flag("PrivateDnsEnabled").unwrap_or(false);
    let resolves = vpc.is_none_or(|vpc| vpc.dns_support && vpc.dns_hostnames);
    let address = |subnet: &String| -> Option<Ipv4Addr> {
        let range = network?.subnets.get(subnet)?.cidr;
        let [account, logical_id] = resource.names();
        loading.cloud.derive_private_ip(subnet, range, &[account, logical_id, subnet])
    };
    let addresses = subnets.iter().filter_map(address).gather();
    if private_dns && !resolves {
        let at = resource.property("PrivateDnsEnabled").unwrap_or(resource.at);
        loading.findings.error("diagnostic.private-dns-without-hostnames", at, &[]);
    }
    VpcEndpointKind::Interface { subnets, security_groups, private_dns, addresses }
}
