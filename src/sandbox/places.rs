//! Where the parts of the cloud stand, for a drawing: each host with what is around it.

use super::{Host, Sandbox};
use crate::cloud::{Account, Instance, Network, Origin, Vpc, VpcEndpointKind};
use crate::gather::Gather;
use crate::network::{NodeKind, NodeRef, Source};
use serde::Serialize;

/// The parts of the cloud that a path can touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Places {
    /// Every account, by its id.
    pub accounts: Vec<AccountPlace>,
    /// Every host, by its name.
    pub hosts: Vec<HostPlace>,
    /// Every bucket, by its name.
    pub buckets: Vec<BucketPlace>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct AccountPlace {
    /// 12 digits.
    pub id: String,
    /// As the scenario names it.
    pub name: String,
    /// The names of the root and the units that it is in, outermost first; empty outside an organization.
    pub units: Vec<String>,
}

/// A bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BucketPlace {
    /// Its name.
    pub name: String,
    /// The account that owns it.
    pub account: String,
}

/// A host and what is around it. An internet host has an address alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HostPlace {
    /// As commands name it.
    pub name: String,
    /// `instance`, `container` or `internet`.
    pub kind: &'static str,
    /// Its IPv4 address: private in a VPC, public on the internet.
    pub address: Option<String>,
    /// The account of its instance.
    pub account: Option<String>,
    /// The VPC of its instance.
    pub vpc: Option<VpcPlace>,
    /// The subnet of its instance.
    pub subnet: Option<SubnetPlace>,
    /// Gateways and endpoints of its VPC, by the kind and id that hops of a route carry.
    pub gateways: Vec<GatewayPlace>,
}

/// A VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct VpcPlace {
    /// `vpc-...`
    pub id: String,
    /// Its logical id; empty for the default VPC.
    pub name: String,
    /// Its IPv4 range.
    pub cidr: String,
    /// The VPC that every account has.
    pub is_default: bool,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SubnetPlace {
    /// `subnet-...`
    pub id: String,
    /// Its logical id; empty for a default subnet.
    pub name: String,
    /// `ap-northeast-2a`
    pub availability_zone: String,
}

/// A way out of a VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GatewayPlace {
    /// What it is, as hops name it.
    #[serde(flatten)]
    pub node: NodeRef,
    /// Its logical id; empty for that of the default VPC.
    pub name: String,
}

pub(super) fn places(sandbox: &Sandbox) -> Places {
    let account = |account: &Account| AccountPlace {
        id: account.id.clone(),
        name: account.name.clone(),
        units: units(sandbox, &account.id),
    };
    Places {
        accounts: sandbox.cloud.accounts.values().map(account).gather(),
        hosts: sandbox.hosts.iter().map(|(name, host)| host_place(sandbox, name, host)).gather(),
        buckets: sandbox
            .cloud
            .buckets
            .values()
            .map(|bucket| BucketPlace { name: bucket.name.clone(), account: bucket.account.clone() })
            .gather(),
    }
}

/// The way from the root to an account's unit, in names. AWS calls every root `Root`.
fn units(sandbox: &Sandbox, account: &str) -> Vec<String> {
    let Some(organization) = sandbox.cloud.organization_of(account) else { return Vec::new() };
    let mut names = vec!["Root".to_string()];
    for id in organization.way_to(account) {
        names.extend(organization.units.get(id).map(|unit| unit.name.clone()));
    }
    names
}

fn host_place(sandbox: &Sandbox, name: &str, host: &Host) -> HostPlace {
    let (instance, address) = match &host.source {
        Source::Instance(id) | Source::Container { instance: id, .. } => (sandbox.cloud.instance(id), None),
        Source::Internet(address) => (None, Some(address.to_string())),
    };
    let mut place = HostPlace {
        name: name.to_string(),
        kind: host.kind(),
        address,
        account: None,
        vpc: None,
        subnet: None,
        gateways: Vec::new(),
    };
    let network = instance.and_then(|instance| sandbox.cloud.accounts.get(&instance.account));
    if let (Some(instance), Some(account)) = (instance, network) {
        surround(&mut place, instance, &account.network);
    }
    place
}

fn surround(place: &mut HostPlace, instance: &Instance, network: &Network) {
    let vpc = network.vpcs.get(&instance.vpc_id);
    place.address = Some(instance.private_ip.to_string());
    place.account = Some(instance.account.clone());
    place.vpc = vpc.map(|vpc| VpcPlace {
        id: vpc.id.clone(),
        name: logical_id(&vpc.origin),
        cidr: vpc.cidr.to_string(),
        is_default: vpc.is_default,
    });
    place.subnet = network.subnets.get(&instance.subnet_id).map(|subnet| SubnetPlace {
        id: subnet.id.clone(),
        name: logical_id(&subnet.origin),
        availability_zone: subnet.availability_zone.clone(),
    });
    place.gateways = vpc.map(|vpc| gateways(vpc, network)).unwrap_or_default();
}

fn gateways(vpc: &Vpc, network: &Network) -> Vec<GatewayPlace> {
    let place = |kind, id: &str, origin: &Origin| GatewayPlace {
        node: NodeRef::new(kind, id),
        name: logical_id(origin),
    };
    let internet = network
        .internet_gateways
        .values()
        .filter(|gateway| gateway.vpc_id.as_deref() == Some(vpc.id.as_str()))
        .map(|gateway| place(NodeKind::InternetGateway, &gateway.id, &gateway.origin));
    let nat = network
        .nat_gateways
        .values()
        .filter(|gateway| {
            network.subnets.get(&gateway.subnet_id).is_some_and(|subnet| subnet.vpc_id == vpc.id)
        })
        .map(|gateway| place(NodeKind::NatGateway, &gateway.id, &gateway.origin));
    let endpoints =
        network.vpc_endpoints.values().filter(|endpoint| endpoint.vpc_id == vpc.id).map(|endpoint| {
            let kind = match endpoint.kind {
                VpcEndpointKind::Gateway { .. } => NodeKind::GatewayEndpoint,
                VpcEndpointKind::Interface { .. } => NodeKind::InterfaceEndpoint,
            };
            place(kind, &endpoint.id, &endpoint.origin)
        });
    internet.chain(nat).chain(endpoints).gather()
}

/// The name without its account.
fn logical_id(origin: &Origin) -> String {
    origin.name.rsplit('/').next().unwrap_or_default().to_string()
}
