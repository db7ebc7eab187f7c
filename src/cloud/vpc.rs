//! Virtual networks. AWS page: EC2 API Reference, "Vpc", "Subnet", "RouteTable", "VpcEndpoint", "SecurityGroup".

use super::Origin;
use crate::clock::Timestamp;
use crate::ids::Entropy;
use crate::policy::Policy;
use crate::sorted::SortedMap;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// An account's networks, each kind by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// `vpc-...`
    pub vpcs: SortedMap<String, Vpc>,
    /// `subnet-...`
    pub subnets: SortedMap<String, Subnet>,
    /// `rtb-...`
    pub route_tables: SortedMap<String, RouteTable>,
    /// `igw-...`
    pub internet_gateways: SortedMap<String, InternetGateway>,
    /// `nat-...`
    pub nat_gateways: SortedMap<String, NatGateway>,
    /// `vpce-...`
    pub vpc_endpoints: SortedMap<String, VpcEndpoint>,
    /// `sg-...`
    pub security_groups: SortedMap<String, SecurityGroup>,
    /// `eipalloc-...` to address.
    pub elastic_ips: SortedMap<String, ElasticIp>,
    /// What EC2's API tells of resources by id, where there is something to tell.
    pub records: SortedMap<String, Record>,
    /// How many things commands have made, of which ids are derived.
    pub made: u64,
}

/// What EC2's API tells of a resource besides what works.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// When it was made by a command.
    pub made: Option<Timestamp>,
    /// Description.
    pub description: String,
}

/// A virtual private cloud.
#[derive(Debug, Clone, PartialEq)]
pub struct Vpc {
    /// Where it comes from.
    pub origin: Origin,
    /// `vpc-...`
    pub id: String,
    /// CidrBlock.
    pub cidr: Ipv4Net,
    /// Whether it is the account's default VPC.
    pub is_default: bool,
    /// EnableDnsSupport.
    pub dns_support: bool,
    /// EnableDnsHostnames.
    pub dns_hostnames: bool,
    /// The main route table, for subnets without association.
    pub main_route_table: String,
    /// The default security group.
    pub default_security_group: String,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq)]
pub struct Subnet {
    /// Where it comes from.
    pub origin: Origin,
    /// `subnet-...`
    pub id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// CidrBlock.
    pub cidr: Ipv4Net,
    /// `us-east-1a`
    pub availability_zone: String,
    /// MapPublicIpOnLaunch.
    pub map_public_ip_on_launch: bool,
    /// The associated route table; `None`: the VPC's main one.
    pub route_table: Option<String>,
}

/// A route table.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteTable {
    /// Where it comes from.
    pub origin: Origin,
    /// `rtb-...`
    pub id: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Routes besides the local one and those of gateway endpoints.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where it comes from.
    pub origin: Origin,
    /// DestinationCidrBlock.
    pub destination: Ipv4Net,
    /// Where it leads.
    pub target: RouteTarget,
}

/// Where a route leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteTarget {
    /// `igw-...`
    InternetGateway(String),
    /// `nat-...`
    NatGateway(String),
}

/// An internet gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct InternetGateway {
    /// Where it comes from.
    pub origin: Origin,
    /// `igw-...`
    pub id: String,
    /// The VPC that it is attached to.
    pub vpc_id: Option<String>,
}

/// A public NAT gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct NatGateway {
    /// Where it comes from.
    pub origin: Origin,
    /// `nat-...`
    pub id: String,
    /// Its subnet.
    pub subnet_id: String,
    /// Its public address.
    pub public_ip: Ipv4Addr,
}

/// An Elastic IP address.
#[derive(Debug, Clone, PartialEq)]
pub struct ElasticIp {
    /// Where it comes from.
    pub origin: Origin,
    /// `eipalloc-...`
    pub allocation_id: String,
    /// The address.
    pub public_ip: Ipv4Addr,
}

/// A VPC endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct VpcEndpoint {
    /// Where it comes from.
    pub origin: Origin,
    /// `vpce-...`
    pub id: String,
    /// Its account.
    pub account: String,
    /// Its VPC.
    pub vpc_id: String,
    /// `s3`, `sts`: the part after `com.amazonaws.REGION.`
    pub service: String,
    /// The region of the service.
    pub region: String,
    /// Gateway or interface, with what each needs.
    pub kind: VpcEndpointKind,
    /// PolicyDocument; `None`: full access.
    pub policy: Option<Arc<Policy>>,
}

/// Kinds of VPC endpoint.
#[derive(Debug, Clone, PartialEq)]
pub enum VpcEndpointKind {
    /// A route to the service's prefix list in each of these route tables.
    Gateway {
        /// RouteTableIds.
        route_tables: Vec<String>,
    },
    /// Network interfaces in these subnets.
    Interface {
        /// SubnetIds.
        subnets: Vec<String>,
        /// SecurityGroupIds.
        security_groups: Vec<String>,
        /// PrivateDnsEnabled.
        private_dns: bool,
        /// Address in each subnet.
        addresses: Vec<Ipv4Addr>,
    },
}

/// A security group.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityGroup {
    /// Where it comes from.
    pub origin: Origin,
    /// `sg-...`
    pub id: String,
    /// GroupName.
    pub name: String,
    /// Its VPC.
    pub vpc_id: String,
    /// Rules for traffic in.
    pub ingress: Vec<SecurityGroupRule>,
    /// Rules for traffic out.
    pub egress: Vec<SecurityGroupRule>,
}

/// One rule of a security group.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityGroupRule {
    /// Where it comes from.
    pub origin: Origin,
    /// `tcp`, `udp`, `icmp`, or `-1` for all.
    pub protocol: String,
    /// First and last port; `None`: all.
    pub ports: Option<(u16, u16)>,
    /// The other side.
    pub peer: SecurityGroupPeer,
}

impl SecurityGroupRule {
    /// A protocol's name, or `-1`; numbers of those that have ports become names. `None`: there is no such protocol.
    pub fn protocol_named(text: &str) -> Option<String> {
        let name = match text {
            "6" => "tcp",
            "17" => "udp",
            "1" => "icmp",
            "all" => "-1",
            other => other,
        };
        let name = name.to_ascii_lowercase();
        let is_known = ["tcp", "udp", "icmp", "icmpv6", "-1"].contains(&&*name) || name.parse::<u8>().is_ok();
        is_known.then_some(name)
    }

    /// Its id in that group, which depends on what it says.
    pub fn id(&self, entropy: Entropy, group: &str, egress: bool) -> String {
        let ports = match self.ports {
            Some((first, last)) => [&*first.to_string(), "-", &*last.to_string()].concat(),
            None if self.protocol == "-1" => String::new(),
            None => "-1--1".to_string(),
        };
        let way = if egress { "egress" } else { "ingress" };
        entropy.ec2("sgr", &[group, way, &self.protocol, &ports, &self.peer.text()])
    }
}

/// The other side of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum SecurityGroupPeer {
    /// An address range.
    Cidr(Ipv4Net),
    /// An IPv6 range, kept as text: this network speaks IPv4 alone.
    CidrV6(String),
    /// Members of a security group.
    SecurityGroup(String),
    /// The addresses of a service, `pl-...`.
    PrefixList(String),
}

impl SecurityGroupPeer {
    /// As a request names it.
    pub fn text(&self) -> String {
        match self {
            Self::Cidr(range) => range.to_string(),
            Self::CidrV6(text) | Self::SecurityGroup(text) | Self::PrefixList(text) => text.clone(),
        }
    }
}
