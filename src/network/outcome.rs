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
    /// The kind of way; `None` where the packet was dropped before it was known.
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
    /// The name doesn't resolve or the address isn't modelled: the client can't connect.
    Unreachable(&'static str),
}

impl NodeRef {
    /// A reference.
    pub fn new(kind: NodeKind, id: impl Into<String>) -> Self {
        NodeRef { kind, id: id.into() }
    }
}
