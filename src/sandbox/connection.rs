//! One host's connection to the rest of the world: name, route, service, answer.

use super::fetch_url::{self, Listener};
use crate::chunk::Missing;
use crate::client::{ConnectFailure, Transport};
use crate::clock::Timestamp;
use crate::cloud::{Arrival, Cloud};
use crate::http::{Request, Response, Url};
use crate::network::{
    self, Destination, DroppedBy, Journey, JourneyEnd, NodeKind, NodeRef, RouteKind, Source,
};
use crate::services::{self, Ledger, Service};
use crate::trace::{Evidence, Outcome, Params, Recorder, RouteEvidence, StepKind};

/// The transport of one command: requests leave from `source`, steps go to the recorder.
pub(super) struct Connection<'a> {
    pub cloud: &'a mut Cloud,
    pub ledger: &'a mut Ledger,
    pub recorder: Recorder,
    pub source: Source,
    pub host: NodeRef,
    /// Applications that answer on instances' ports.
    pub listeners: &'a [Listener],
    /// How many applications fetch from each other.
    pub depth: u8,
}

impl Transport for Connection<'_> {
    fn exchange(&mut self, request: Request) -> Result<Response, ConnectFailure> {
        let Some(url) = Url::parse(&request.url) else { return Err(ConnectFailure::Unresolved) };
        let destination = network::resolve(url.host);
        let secure = url.scheme == "https";
        let port = url.port.unwrap_or(if secure { 443 } else { 80 });
        let node = match self.listener(&destination, port) {
            Some(listener) => NodeRef::new(NodeKind::Host, listener.host.as_str()),
            None => self.node_of(&destination, url.host),
        };
        let to = Way { node, destination, port, secure };
        self.deliver(&request, to)
    }

    fn recorder(&mut self) -> &mut Recorder {
        &mut self.recorder
    }

    fn now(&self) -> Timestamp {
        self.cloud.now
    }

    fn host(&self) -> NodeRef {
        self.host.clone()
    }

    fn sleep(&mut self, seconds: u32) {
        self.cloud.now = self.cloud.now.plus_seconds(i64::from(seconds));
    }

    fn mfa_code(&self, serial_number: &str) -> Option<String> {
        let account = crate::arn::Arn::parse(serial_number)?.account;
        let device = self.cloud.accounts.get(account)?.mfa_devices.get(serial_number)?;
        Some(device.code(self.cloud.now))
    }

    fn lack(&mut self, missing: Missing) {
        self.ledger.missing = Some(missing);
    }
}

/// Where a request goes, and how.
pub(super) struct Way {
    pub destination: Destination,
    /// How the trace names it.
    pub node: NodeRef,
    pub port: u16,
    /// Over TLS.
    pub secure: bool,
}

impl<'a> Connection<'a> {
    /// The application that answers at an address.
    fn listener(&self, destination: &Destination, port: u16) -> Option<&'a Listener> {
        let Destination::Address(address) = destination else { return None };
        fetch_url::find(self.listeners, self.cloud, &self.source, *address, port)
    }

    /// Carries a request to its destination, whatever its URL says, and brings back the answer.
    pub(super) fn deliver(&mut self, request: &Request, way: Way) -> Result<Response, ConnectFailure> {
        let Way { destination, node, port, secure } = way;
        if self.recorder.ended().is_some() {
            return Err(ConnectFailure::Unreachable);
        }
        let mut arrival = self.travel(&destination, port, node.clone())?;
        arrival.secure_transport = secure;
        if let Some(listener) = self.listener(&destination, port) {
            let response = self.fetch(request, listener);
            return self.told(response);
        }
        let Some(service) = service_of(&destination) else { return Err(ConnectFailure::Unreachable) };
        let from = self.host.clone();
        let response =
            services::handle(self.cloud, self.ledger, &mut self.recorder, &arrival, from, service, request);
        self.answer_returns(request, &arrival, node)?;
        self.told(response)
    }

    /// The answer, unless it hangs on a policy that can't be seen.
    fn told(&self, response: Response) -> Result<Response, ConnectFailure> {
        if self.recorder.ended().is_some() { Err(ConnectFailure::Unreachable) } else { Ok(response) }
    }

    /// Records the way of the request; `Ok` with the facts of the arrival.
    fn travel(
        &mut self,
        destination: &Destination,
        port: u16,
        to: NodeRef,
    ) -> Result<Arrival, ConnectFailure> {
        let step = self.recorder.open(StepKind::Route, self.host.clone(), to, self.cloud.now);
        let journey = network::route(self.cloud, &self.source, destination, port);
        let (outcome, code, result) = match &journey.end {
            JourneyEnd::Arrived(arrival) => (Outcome::Ok, arrived_code(journey.kind), Ok(arrival.clone())),
            JourneyEnd::Dropped(by) => {
                (Outcome::Error, dropped_code(*by), Err(ConnectFailure::TimedOut(*by)))
            }
            JourneyEnd::Unreachable(code) => (Outcome::Error, *code, Err(ConnectFailure::Unreachable)),
            JourneyEnd::Unresolved(code) => (Outcome::Error, *code, Err(ConnectFailure::Unresolved)),
        };
        self.recorder.close(step, outcome, code, Params::new(), Evidence::Route(route_evidence(journey)));
        result
    }

    /// The answer to a token PUT is lost where its hop limit ends before the sender.
    ///
    /// AWS page: EC2 User Guide, "Use the Instance Metadata Service to access instance metadata" (hop limit).
    fn answer_returns(
        &mut self,
        request: &Request,
        arrival: &Arrival,
        imds: NodeRef,
    ) -> Result<(), ConnectFailure> {
        let Some((instance, hops)) = &arrival.metadata else { return Ok(()) };
        let limit = self.cloud.instance(instance).map_or(1, |instance| instance.metadata_options.hop_limit);
        if request.method != "PUT" || network::answer_arrives(limit, *hops) {
            return Ok(());
        }
        let step = self.recorder.open(StepKind::Route, imds, self.host.clone(), self.cloud.now);
        let params =
            Params::from([("limit", limit.to_string()), ("hops", (u32::from(*hops) + 1).to_string())]);
        let evidence = RouteEvidence {
            route: Some(RouteKind::LinkLocal),
            hops: Vec::new(),
            dropped_by: Some(DroppedBy::HopLimit),
            source_ip: None,
        };
        self.recorder.close(
            step,
            Outcome::Error,
            "route.dropped.hop-limit",
            params,
            Evidence::Route(evidence),
        );
        Err(ConnectFailure::TimedOut(DroppedBy::HopLimit))
    }

    /// What the picture shows at the other end of a route.
    pub(super) fn node_of(&self, destination: &Destination, host: &str) -> NodeRef {
        match destination {
            Destination::LinkLocal => NodeRef::new(NodeKind::Imds, host),
            Destination::Service { name, bucket, .. } => match (name.as_str(), bucket) {
                ("s3", Some(bucket)) => NodeRef::new(NodeKind::Bucket, bucket.as_str()),
                ("s3", None) => NodeRef::new(NodeKind::S3, host),
                ("sts", _) => NodeRef::new(NodeKind::Sts, host),
                ("iam", _) => NodeRef::new(NodeKind::Iam, host),
                ("ec2", _) => NodeRef::new(NodeKind::Ec2, host),
                _ => NodeRef::new(NodeKind::Internet, host),
            },
            _ => NodeRef::new(NodeKind::Internet, host),
        }
    }
}

fn service_of(destination: &Destination) -> Option<Service> {
    match destination {
        Destination::LinkLocal => Some(Service::Imds),
        Destination::Service { name, region, .. } => Service::of(name, region),
        _ => None,
    }
}

fn route_evidence(journey: Journey) -> RouteEvidence {
    let (dropped_by, source_ip) = match &journey.end {
        JourneyEnd::Arrived(arrival) => (None, Some(arrival.source_ip.to_string())),
        JourneyEnd::Dropped(by) => (Some(*by), None),
        JourneyEnd::Unreachable(_) | JourneyEnd::Unresolved(_) => (None, None),
    };
    RouteEvidence { route: journey.kind, hops: journey.hops, dropped_by, source_ip }
}

fn arrived_code(kind: Option<RouteKind>) -> &'static str {
    match kind {
        Some(RouteKind::InternetGateway) => "route.arrived.internet-gateway",
        Some(RouteKind::NatGateway) => "route.arrived.nat-gateway",
        Some(RouteKind::GatewayEndpoint) => "route.arrived.gateway-endpoint",
        Some(RouteKind::InterfaceEndpoint) => "route.arrived.interface-endpoint",
        Some(RouteKind::LinkLocal) => "route.arrived.link-local",
        Some(RouteKind::Internet) | None => "route.arrived.internet",
    }
}

fn dropped_code(by: DroppedBy) -> &'static str {
    match by {
        DroppedBy::RouteTable => "route.dropped.route-table",
        DroppedBy::SecurityGroup => "route.dropped.security-group",
        DroppedBy::InternetGateway => "route.dropped.internet-gateway",
        DroppedBy::NatGateway => "route.dropped.nat-gateway",
        DroppedBy::HopLimit => "route.dropped.hop-limit",
    }
}
