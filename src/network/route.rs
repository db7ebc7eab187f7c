//! Puts the hops together, from the sender to the service or to whatever drops the packet.
//!
//! AWS page: VPC User Guide, "How Amazon VPC works". Order: name, security groups of the sender, route table,
//! gateway or endpoint, security groups of the receiver.

use super::route_table::Next;
use super::security_group::Peer;
use super::{
    Destination, DroppedBy, Hop, HopVerdict, Journey, JourneyEnd, NodeKind, RouteKind, Source, addresses,
    gateway_endpoint, interface_endpoint, internet_gateway, nat_gateway, route_table, security_group,
};
use crate::cloud::{
    Arrival, Cloud, EndpointPassage, Instance, InstanceState, Network, RouteTarget, VpcEndpoint,
};
use std::net::Ipv4Addr;

/// Whether the metadata service's answer to a token request comes back over `hops` more IP hops.
///
/// AWS page: EC2 User Guide, "Configure the Instance Metadata Service options" (HttpPutResponseHopLimit, which
/// is the TTL of the answer's packets: the instance itself needs 1, a container on a bridge network 2).
pub fn answer_arrives(hop_limit: u8, hops: u8) -> bool {
    hop_limit > hops
}

/// Routes one TCP connection. 443 is taken for TLS (aws:SecureTransport).
pub fn route(cloud: &Cloud, source: &Source, destination: &Destination, port: u16) -> Journey {
    if !listens(destination, port) {
        return Way::new(port).unreachable("route.closed-port");
    }
    match source {
        Source::Internet(address) => from_internet(cloud, *address, destination, port),
        Source::Instance(id) => from_instance(cloud, id, 0, destination, port),
        Source::Container { instance, hops } => from_instance(cloud, instance, *hops, destination, port),
    }
}

/// Whether a service of AWS answers on that port; an instance's own listeners are known elsewhere.
fn listens(destination: &Destination, port: u16) -> bool {
    match destination {
        Destination::LinkLocal => port == 80,
        Destination::Service { .. } => [80, 443].contains(&port),
        Destination::Address(_) | Destination::Unknown => true,
    }
}

/// A journey under way.
struct Way {
    kind: Option<RouteKind>,
    hops: Vec<Hop>,
    port: u16,
}

impl Way {
    fn new(port: u16) -> Self {
        Way { kind: None, hops: Vec::new(), port }
    }

    /// Adds a hop; says whether it passes the packet on.
    fn push(&mut self, hop: Hop) -> bool {
        let passes = hop.verdict == HopVerdict::Pass;
        self.hops.push(hop);
        passes
    }

    fn end(self, end: JourneyEnd) -> Journey {
        Journey { kind: self.kind, hops: self.hops, end }
    }

    fn dropped(self, by: DroppedBy) -> Journey {
        self.end(JourneyEnd::Dropped(by))
    }

    fn unreachable(self, code: &'static str) -> Journey {
        self.end(JourneyEnd::Unreachable(code))
    }

    fn arrived(self, source_ip: Ipv4Addr, endpoint: Option<EndpointPassage>) -> Journey {
        let secure_transport = self.port == 443;
        self.end(JourneyEnd::Arrived(Arrival { source_ip, secure_transport, endpoint, metadata: None }))
    }
}

fn from_internet(cloud: &Cloud, address: Ipv4Addr, destination: &Destination, port: u16) -> Journey {
    let mut way = Way::new(port);
    match destination {
        Destination::Unknown => way.end(JourneyEnd::Unresolved("route.unknown-name")),
        Destination::LinkLocal => way.unreachable("route.no-metadata-service"),
        Destination::Service { .. } => {
            way.kind = Some(RouteKind::Internet);
            way.push(Hop::pass(NodeKind::Internet, "internet", "", "route.internet"));
            way.arrived(address, None)
        }
        Destination::Address(target) => {
            way.kind = Some(RouteKind::Internet);
            way.push(Hop::pass(NodeKind::Internet, "internet", "", "route.internet"));
            into_public_address(cloud, way, address, *target)
        }
    }
}

/// From the internet to whoever has the address.
fn into_public_address(cloud: &Cloud, mut way: Way, source: Ipv4Addr, target: Ipv4Addr) -> Journey {
    let Some((instance, network)) = internet_gateway::behind(cloud, target) else {
        return way.unreachable("route.address-not-modelled");
    };
    let (hops, end) = internet_gateway::inbound(network, instance, source, way.port);
    way.hops.extend(hops);
    match end {
        Ok(()) => way.arrived(source, None),
        Err(by) => way.dropped(by),
    }
}

fn from_instance(cloud: &Cloud, id: &str, hops: u8, destination: &Destination, port: u16) -> Journey {
    let mut way = Way::new(port);
    let found =
        cloud.accounts.values().find_map(|account| Some((account.instances.get(id)?, &account.network)));
    let Some((instance, network)) = found.filter(|(found, _)| found.state == InstanceState::Running) else {
        return way.unreachable("route.no-instance");
    };
    if hops > 0 {
        let pointer = &instance.origin.pointer;
        way.push(Hop::pass(NodeKind::Host, &instance.id, pointer, "route.container-bridge"));
    }
    match destination {
        Destination::Unknown => way.end(JourneyEnd::Unresolved("route.unknown-name")),
        Destination::LinkLocal => link_local(way, instance, hops),
        Destination::Address(address) => {
            let sender = Sender { cloud, network, instance, service: None };
            sender.leave(way, *address)
        }
        Destination::Service { name, region, .. } => {
            let sender = Sender { cloud, network, instance, service: Some((name, region)) };
            sender.to_service(way, name, region)
        }
    }
}

/// The instance's own metadata service: neither security groups nor route tables apply to link-local addresses.
fn link_local(mut way: Way, instance: &Instance, hops: u8) -> Journey {
    way.kind = Some(RouteKind::LinkLocal);
    way.push(Hop::pass(NodeKind::Imds, &instance.id, &instance.origin.pointer, "route.link-local"));
    way.end(JourneyEnd::Arrived(Arrival {
        source_ip: instance.private_ip,
        secure_transport: false,
        endpoint: None,
        metadata: Some((instance.id.clone(), hops)),
    }))
}

/// An instance that opens a connection out of its subnet.
struct Sender<'a> {
    cloud: &'a Cloud,
    network: &'a Network,
    instance: &'a Instance,
    /// Name and region of the service that the address belongs to.
    service: Option<(&'a str, &'a str)>,
}

impl Sender<'_> {
    fn to_service(&self, way: Way, name: &str, region: &str) -> Journey {
        let dns = self.network.vpcs.get(&self.instance.vpc_id).is_some_and(|vpc| vpc.dns_support);
        if !dns {
            return way.end(JourneyEnd::Unresolved("route.no-dns"));
        }
        if let Some((endpoint, address)) = interface_endpoint::find(self.network, self.instance, name, region)
        {
            return self.to_interface_endpoint(way, endpoint, address);
        }
        match addresses::service_address(name, region) {
            Some(address) => self.leave(way, address),
            None => way.end(JourneyEnd::Unresolved("route.unknown-name")),
        }
    }

    fn to_interface_endpoint(&self, mut way: Way, endpoint: &VpcEndpoint, address: Ipv4Addr) -> Journey {
        let peer = Peer { address, groups: interface_endpoint::groups(endpoint), prefix_list: None };
        let groups = &self.instance.security_groups;
        if !way.push(security_group::egress(self.network, groups, &peer, way.port)) {
            return way.dropped(DroppedBy::SecurityGroup);
        }
        if self.look_up(&mut way, address).is_none() {
            return way.dropped(DroppedBy::RouteTable);
        }
        let (hops, passes) = interface_endpoint::enter(self.network, endpoint, self.instance, way.port);
        way.hops.extend(hops);
        if !passes {
            return way.dropped(DroppedBy::SecurityGroup);
        }
        way.kind = Some(RouteKind::InterfaceEndpoint);
        way.arrived(self.instance.private_ip, Some(gateway_endpoint::passage(endpoint, self.instance)))
    }

    /// The route that the subnet's table gives; the hop is recorded.
    fn look_up(&self, way: &mut Way, destination: Ipv4Addr) -> Option<Next<'_>> {
        let subnet = self.network.subnets.get(&self.instance.subnet_id)?;
        let table = route_table::of_subnet(self.network, subnet)?;
        let (hop, next) = route_table::lookup(self.network, table, destination, self.service);
        way.push(hop).then_some(next)
    }

    fn leave(&self, mut way: Way, destination: Ipv4Addr) -> Journey {
        let neighbour = self.neighbour(destination);
        let peer = Peer {
            address: destination,
            groups: neighbour.map_or(&[], |instance| &instance.security_groups),
            prefix_list: self
                .service
                .filter(|(name, _)| *name == "s3")
                .and_then(|(_, region)| addresses::prefix_list(region)),
        };
        if !way.push(security_group::egress(self.network, &self.instance.security_groups, &peer, way.port)) {
            return way.dropped(DroppedBy::SecurityGroup);
        }
        match self.look_up(&mut way, destination) {
            None | Some(Next::Nothing) => way.dropped(DroppedBy::RouteTable),
            Some(Next::Local) => self.deliver(way, neighbour),
            Some(Next::GatewayEndpoint(endpoint)) => {
                let (hop, passage) = gateway_endpoint::pass(endpoint, self.instance);
                way.push(hop);
                way.kind = Some(RouteKind::GatewayEndpoint);
                way.arrived(self.instance.private_ip, Some(passage))
            }
            Some(Next::Target(RouteTarget::NatGateway(id))) => {
                let (hops, address) = nat_gateway::pass(self.network, id, destination);
                way.hops.extend(hops);
                let Some(address) = address else {
                    return way.dropped(DroppedBy::NatGateway);
                };
                way.kind = Some(RouteKind::NatGateway);
                self.outside(way, address, destination)
            }
            Some(Next::Target(RouteTarget::InternetGateway(id))) => {
                let (hop, address) = internet_gateway::outbound(self.network, id, self.instance);
                way.push(hop);
                match address {
                    Err(by) => way.dropped(by),
                    Ok(address) => {
                        way.kind = Some(RouteKind::InternetGateway);
                        self.outside(way, address, destination)
                    }
                }
            }
        }
    }

    /// The running instance of this VPC at a private address.
    fn neighbour(&self, address: Ipv4Addr) -> Option<&Instance> {
        let account = self.cloud.accounts.get(&self.instance.account)?;
        account.instances.values().find(|other| {
            other.vpc_id == self.instance.vpc_id
                && other.private_ip == address
                && other.state == InstanceState::Running
        })
    }

    /// To a neighbour in the VPC, whose security groups have the last word.
    fn deliver(&self, mut way: Way, neighbour: Option<&Instance>) -> Journey {
        let Some(target) = neighbour else {
            return way.unreachable("route.address-not-modelled");
        };
        let groups = &self.instance.security_groups;
        let peer = Peer { address: self.instance.private_ip, groups, prefix_list: None };
        if !way.push(security_group::ingress(self.network, &target.security_groups, &peer, way.port)) {
            return way.dropped(DroppedBy::SecurityGroup);
        }
        way.arrived(self.instance.private_ip, None)
    }

    /// On the internet, with a public address.
    fn outside(&self, way: Way, source: Ipv4Addr, destination: Ipv4Addr) -> Journey {
        match self.service {
            Some(_) => way.arrived(source, None),
            None => into_public_address(self.cloud, way, source, destination),
        }
    }
}
