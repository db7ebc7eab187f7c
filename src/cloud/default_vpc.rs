//! The default VPC that every account has in its region.
//!
//! AWS page: VPC User Guide, "Default VPCs": 172.31.0.0/16, a /20 subnet in each zone with public addresses,
//! an internet gateway, a main route table that leads there, a default security group.

use super::{
    Account, InternetGateway, Network, Origin, Route, RouteTable, RouteTarget, SecurityGroup,
    SecurityGroupPeer, SecurityGroupRule, Subnet, Vpc,
};
use crate::ids::Entropy;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Zones of the default subnets.
const ZONES: [&str; 3] = ["a", "b", "c"];

/// Ids of an account's default VPC.
pub struct DefaultVpc {
    /// `vpc-...`
    pub vpc: String,
    /// In zones a, b, c.
    pub subnets: [String; 3],
    /// The main route table.
    pub route_table: String,
    /// The internet gateway.
    pub internet_gateway: String,
    /// The default security group.
    pub security_group: String,
}

impl DefaultVpc {
    /// The ids, which depend on the seed and the account alone. No logical id contains the slash.
    pub fn of(entropy: &Entropy, account: &str) -> Self {
        let id = |prefix, name: &str| entropy.ec2(prefix, &[account, &format!("default/{name}")]);
        DefaultVpc {
            vpc: id("vpc", "vpc"),
            subnets: ZONES.map(|zone| id("subnet", zone)),
            route_table: id("rtb", "rtb"),
            internet_gateway: id("igw", "igw"),
            security_group: id("sg", "sg"),
        }
    }
}

/// `address/prefix`.
fn net(address: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new(Ipv4Addr::from(address), prefix).unwrap_or_default()
}

/// 0.0.0.0/0.
pub fn anywhere() -> Ipv4Net {
    net([0, 0, 0, 0], 0)
}

/// The rule that lets everything out, which every new security group of a VPC has.
pub fn all_egress(origin: &Origin) -> SecurityGroupRule {
    SecurityGroupRule {
        origin: origin.clone(),
        protocol: "-1".to_string(),
        ports: None,
        peer: SecurityGroupPeer::Cidr(anywhere()),
    }
}

/// The default security group of a VPC: its members reach each other, and everything outside.
pub fn default_security_group(origin: &Origin, id: &str, vpc_id: &str) -> SecurityGroup {
    let members = SecurityGroupRule {
        peer: SecurityGroupPeer::SecurityGroup(id.to_string()),
        ..all_egress(&Origin::default())
    };
    SecurityGroup {
        origin: origin.clone(),
        id: id.to_string(),
        name: "default".to_string(),
        vpc_id: vpc_id.to_string(),
        ingress: vec![members],
        egress: vec![all_egress(&Origin::default())],
    }
}

/// Adds the default VPC to an account that has none.
pub(super) fn create(account: &mut Account, entropy: &Entropy) {
    let ids = DefaultVpc::of(entropy, &account.id);
    let region = &account.region;
    let origin = Origin::default();
    let network: &mut Network = &mut account.network;
    let vpc = Vpc {
        origin: origin.clone(),
        id: ids.vpc.clone(),
        cidr: net([172, 31, 0, 0], 16),
        is_default: true,
        dns_support: true,
        dns_hostnames: true,
        main_route_table: ids.route_table.clone(),
        default_security_group: ids.security_group.clone(),
    };
    for (place, (zone, id)) in ZONES.iter().zip(&ids.subnets).enumerate() {
        let subnet = Subnet {
            origin: origin.clone(),
            id: id.clone(),
            vpc_id: ids.vpc.clone(),
            cidr: net([172, 31, place as u8 * 16, 0], 20),
            availability_zone: format!("{region}{zone}"),
            map_public_ip_on_launch: true,
            route_table: None,
        };
        network.subnets.insert(id.clone(), subnet);
    }
    let target = RouteTarget::InternetGateway(ids.internet_gateway.clone());
    let route = Route { origin: origin.clone(), destination: anywhere(), target };
    let table = RouteTable {
        origin: origin.clone(),
        id: ids.route_table.clone(),
        vpc_id: ids.vpc.clone(),
        routes: vec![route],
    };
    let gateway = InternetGateway {
        origin: origin.clone(),
        id: ids.internet_gateway.clone(),
        vpc_id: Some(ids.vpc.clone()),
    };
    let group = default_security_group(&origin, &ids.security_group, &ids.vpc);
    network.route_tables.insert(ids.route_table, table);
    network.internet_gateways.insert(ids.internet_gateway, gateway);
    network.security_groups.insert(ids.security_group, group);
    network.vpcs.insert(ids.vpc, vpc);
}
