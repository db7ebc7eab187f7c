//! What a route is made of, and how it ends.

use crate::cloud::Arrival;
use serde::Serialize;
use std::net::Ipv4Addr;

/// Where a packet starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An instance, by id.
    Instance(String),
    /// A container on an instance: the instance's network, and this many more IP hops to the metadata service.
    Container {
        /// The instance's id.
        instance: String,
        /// 1 on a bridge network, 0 on the host's.
        hops: u8,
    },
    /// A machine on the internet.
    Internet(Ipv4Addr),
}

/// What a name or address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// 169.254.169.254, the metadata service of the sender's own instance.
    LinkLocal,
    /// A service of AWS.
    Service {
        /// The first part of the endpoint's name: `s3`, `sts`, `iam`, `ec2`, ...
        name: String,
        /// Region code; us-east-1 for a global endpoint.
        region: String,
        /// The bucket of a virtual-hosted S3 name.
        bucket: Option<String>,
    },
    /// An address, possibly that of an instance.
    Address(Ipv4Addr),
    /// A name that nobody answers for.
    Unknown,
}

/// The kind of way that a route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum RouteKind {
    /// Through the VPC's internet gateway with the instance's own public address.
    InternetGateway,
    /// Through a NAT gateway.
    NatGateway,
    /// Through a gateway endpoint.
    GatewayEndpoint,
    /// Through an interface endpoint.
    InterfaceEndpoint,
    /// From the internet.
    Internet,
    /// To the instance's own metadata service.
    LinkLocal,
}

/// What dropped a packet without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum DroppedBy {
    /// No route to the destination.
    RouteTable,
    /// No rule lets it out or in.
    SecurityGroup,
    /// The sender has no public address.
    InternetGateway,
    /// The NAT gateway has no way out.
    NatGateway,
    /// The answer's hop limit ran out.
    HopLimit,
}

/// One thing that a packet passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct Hop {
    /// What it is.
    pub node: NodeRef,
    /// The deciding resource's or rule's place in the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Whether it lets the packet pass.
    pub verdict: HopVerdict,
    /// Catalogue key, `route....`: why.
    pub code: &'static str,
}

/// Whether a hop lets a packet pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "lowercase")]
pub enum HopVerdict {
    /// Passed on.
    Pass,
    /// Dropped.
    Drop,
}

/// Something on the picture: `{kind, id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
pub struct NodeRef {
    /// What it is.
    pub kind: NodeKind,
    /// Its id or name.
    pub id: String,
}

/// Kinds of thing on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Where a shell runs.
    Host,
    /// An instance's metadata service.
    Imds,
    /// Security Token Service.
    Sts,
    /// Identity and Access Management.
    Iam,
    /// Elastic Compute Cloud.
    Ec2,
    /// Simple Storage Service.
    S3,
    /// One bucket.
    Bucket,
    /// Organizations.
    Organizations,
    /// CloudTrail.
    Cloudtrail,
    /// A security group.
    SecurityGroup,
    /// A route table.
    RouteTable,
    /// An internet gateway.
    InternetGateway,
    /// A NAT gateway.
    NatGateway,
    /// A gateway endpoint.
    GatewayEndpoint,
    /// An interface endpoint.
    InterfaceEndpoint,
    /// The internet.
    Internet,
}

/// The way of one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// The kind of way; `None` where the packet was dropped before it was known, or stayed inside its VPC.
    pub kind: Option<RouteKind>,
    /// Everything that it passed, in order.
    pub hops: Vec<Hop>,
    /// How it ends.
    pub end: JourneyEnd,
}

/// How a journey ends.
#[derive(Debug, Clone, PartialEq)]
pub enum JourneyEnd {
    /// It reaches the service or host.
    Arrived(Arrival),
    /// Nothing answers: the client times out.
    Dropped(DroppedBy),
    /// The name has no address: the client says so at once. Catalogue key.
    Unresolved(&'static str),
    /// Nothing stands at the address: the client can't connect. Catalogue key.
    Unreachable(&'static str),
}

impl Journey {
    /// Catalogue key, `route....`: how it ends.
    pub fn code(&self) -> &'static str {
        match (&self.end, self.kind) {
            (JourneyEnd::Unresolved(code) | JourneyEnd::Unreachable(code), _) => code,
            (JourneyEnd::Dropped(by), _) => match by {
                DroppedBy::RouteTable => "route.dropped.route-table",
                DroppedBy::SecurityGroup => "route.dropped.security-group",
                DroppedBy::InternetGateway => "route.dropped.internet-gateway",
                DroppedBy::NatGateway => "route.dropped.nat-gateway",
                DroppedBy::HopLimit => "route.dropped.hop-limit",
            },
            (JourneyEnd::Arrived(_), None) => "route.arrived.local",
            (JourneyEnd::Arrived(_), Some(kind)) => match kind {
                RouteKind::InternetGateway => "route.arrived.internet-gateway",
                RouteKind::NatGateway => "route.arrived.nat-gateway",
                RouteKind::GatewayEndpoint => "route.arrived.gateway-endpoint",
                RouteKind::InterfaceEndpoint => "route.arrived.interface-endpoint",
                RouteKind::Internet => "route.arrived.internet",
                RouteKind::LinkLocal => "route.arrived.link-local",
            },
        }
    }
}

impl Hop {
    /// A hop that passes the packet on; an empty `pointer` is none.
    pub(super) fn pass(kind: NodeKind, id: &str, pointer: &str, code: &'static str) -> Self {
        Self::new(kind, id, pointer, HopVerdict::Pass, code)
    }

    /// A hop that drops the packet; an empty `pointer` is none.
    pub(super) fn drop(kind: NodeKind, id: &str, pointer: &str, code: &'static str) -> Self {
        Self::new(kind, id, pointer, HopVerdict::Drop, code)
    }

    fn new(kind: NodeKind, id: &str, pointer: &str, verdict: HopVerdict, code: &'static str) -> Self {
        let pointer = (!pointer.is_empty()).then(|| pointer.to_string());
        Hop { node: NodeRef::new(kind, id), pointer, verdict, code }
    }
}

impl NodeRef {
    /// A reference.
    pub fn new(kind: NodeKind, id: impl Into<String>) -> Self {
        NodeRef { kind, id: id.into() }
    }
}
