//! What a command should do, and whether it did.
//!
//! Nothing given, nothing checked, but the exit status; all given fields must hold. Entry: [`check`].

mod compare;
mod read;

#[cfg(test)]
pub(super) use read::FIELDS;
pub(crate) use read::read;

pub use compare::{Mismatch, Observed, check};

use crate::authorization::Gate;
use crate::network::{DroppedBy, RouteKind};
use crate::sorted::SortedSet;

/// The field `expect` of a step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expect {
    /// Exit status; `None`: 0, or nonzero where a failure is expected.
    pub exit: Option<Exit>,
    /// The code that the service decided, or the class of the client's exception.
    pub error: Option<String>,
    /// `s3:ListBucket`.
    pub action: Option<String>,
    /// The exact set of closed gates.
    pub blocked_by: Option<SortedSet<Gate>>,
    /// Each is among the citations.
    pub decided_by: Vec<Decider>,
    /// Condition keys; no values: absent.
    pub context: Vec<(String, Option<Vec<String>>)>,
    /// The provider whose credentials were used.
    pub credentials: Option<String>,
    /// The way of the last request.
    pub route: Option<RouteKind>,
    /// What dropped the last packet without an answer.
    pub dropped_by: Option<DroppedBy>,
    /// HTTP status of the last response.
    pub status: Option<u16>,
    /// Standard output.
    pub stdout: Option<Output>,
    /// Standard error.
    pub stderr: Option<Output>,
}

/// An expected exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// This one.
    Code(i32),
    /// Any but 0.
    Nonzero,
}

/// A statement or policy that should have decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// `LogicalId`, `ACCOUNT/LogicalId` or an ARN.
    pub policy: String,
    /// The statement's Sid.
    pub sid: Option<String>,
}

/// What an output should hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// The whole of it.
    pub equals: Option<String>,
    /// Each of these.
    pub contains: Vec<String>,
    /// None of these.
    pub lacks: Vec<String>,
}

/// Providers of credentials, as `aws configure list` prints them.
pub(super) const PROVIDERS: [&str; 6] =
    ["env", "assume-role", "shared-credentials-file", "config-file", "container-role", "iam-role"];

/// Gates by the names that `evaluate` gives them.
pub(super) const GATES: [(&str, Gate); 8] = [
    ("rcp", Gate::Rcp),
    ("scp", Gate::Scp),
    ("resource", Gate::Resource),
    ("identity", Gate::Identity),
    ("boundary", Gate::Boundary),
    ("session", Gate::Session),
    ("vpc-endpoint", Gate::VpcEndpoint),
    ("s3-block-public-access", Gate::S3BlockPublicAccess),
];

pub(super) const ROUTES: [(&str, RouteKind); 6] = [
    ("internet-gateway", RouteKind::InternetGateway),
    ("nat-gateway", RouteKind::NatGateway),
    ("gateway-endpoint", RouteKind::GatewayEndpoint),
    ("interface-endpoint", RouteKind::InterfaceEndpoint),
    ("internet", RouteKind::Internet),
    ("link-local", RouteKind::LinkLocal),
];

pub(super) const DROPS: [(&str, DroppedBy); 5] = [
    ("route-table", DroppedBy::RouteTable),
    ("security-group", DroppedBy::SecurityGroup),
    ("internet-gateway", DroppedBy::InternetGateway),
    ("nat-gateway", DroppedBy::NatGateway),
    ("hop-limit", DroppedBy::HopLimit),
];

/// The name of a value in a table.
fn name_of<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> &'static str {
    table.iter().find(|(_, other)| other == value).map_or("", |(name, _)| name)
}
