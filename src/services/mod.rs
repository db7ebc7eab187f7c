//! AWS's services: each reads an HTTP request, decides, changes the state of the cloud, and answers.
//!
//! AWS pages: the API references of S3, STS and EC2, and the EC2 User Guide, "Use the Instance Metadata Service".
//! Entry: [`handle`]. A service knows its caller by the signature alone.
//! Left out on purpose: operations that [`handle`] doesn't find, which answer that they aren't implemented.

mod access_analyzer;
mod authenticate;
mod authorization_message;
mod authorize;
mod call;
mod cloudtrail;
mod context;
mod denial;
mod ec2;
mod constraints;
mod errors;
mod iam;
mod imds;
mod ledger;
mod organizations;
mod pass_role;
mod protocol;
mod s3;
mod sts;
mod what_if;

pub use access_analyzer::{CheckedPolicyFinding, PolicyChecks};
pub use ledger::{Ledger, Question};
pub use s3::bucket_of;
pub use what_if::WhatIf;

use crate::cloud::{Arrival, Cloud};
use crate::http::{Request, Response};
use crate::trace::NodeRef;
use crate::trace::{Recorder, StepKind};
use call::Call;
use cloudtrail::record::Exchange;
use std::convert::identity;

/// What answers at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// The metadata service of the instance that asks.
    Imds,
    /// Security Token Service.
    Sts {
        /// The endpoint's region.
        region: String,
    },
    /// Identity and Access Management.
    Iam,
    /// Simple Storage Service.
    S3 {
        /// The endpoint's region.
        region: String,
    },
    /// Organizations, which has one endpoint.
    Organizations,
    /// Elastic Compute Cloud.
    Ec2 {
        /// The endpoint's region.
        region: String,
    },
    /// S3's API of accounts.
    S3Control {
        /// The endpoint's region.
        region: String,
    },
    /// CloudTrail.
    CloudTrail {
        /// The endpoint's region.
        region: String,
    },
    /// IAM Access Analyzer.
    AccessAnalyzer {
        /// The endpoint's region.
        region: String,
    },
    /// A service whose API isn't modelled: it answers that, to every request.
    Unmodelled {
        /// Its name in host names, such as `iam`.
        name: String,
    },
}

impl Service {
    /// The service of that name in host names. `None` where AWS has none that this program knows of.
    pub fn of(name: &str, region: &str) -> Option<Self> {
        let region = region.to_string();
        match name {
            "s3" => Some(Service::S3 { region }),
            "s3-control" => Some(Service::S3Control { region }),
            "sts" => Some(Service::Sts { region }),
            "organizations" => Some(Service::Organizations),
            "ec2" => Some(Service::Ec2 { region }),
            "iam" => Some(Service::Iam),
            "cloudtrail" => Some(Service::CloudTrail { region }),
            "access-analyzer" => Some(Service::AccessAnalyzer { region }),
            _ => None,
        }
    }
}

impl Service {
    /// Name and region in CloudTrail's events; the name is empty where there are none.
    fn named(&self) -> (&'static str, String) {
        let global = || "us-east-1".to_string();
        match self {
            Service::Sts { region } => ("sts", region.clone()),
            Service::S3 { region } => ("s3", region.clone()),
            Service::S3Control { region } => ("s3-control", region.clone()),
            Service::Ec2 { region } => ("ec2", region.clone()),
            Service::CloudTrail { region } => ("cloudtrail", region.clone()),
            Service::AccessAnalyzer { region } => ("access-analyzer", region.clone()),
            Service::Iam => ("iam", global()),
            Service::Organizations => ("organizations", global()),
            Service::Imds | Service::Unmodelled { .. } => ("", String::new()),
        }
    }
}

/// Answers a request that has arrived at a service, and records how.
///
/// Steps: for S3 and STS `authenticate`, `authorize` where the operation is authorized, `respond`; for the
/// metadata service one `imds` step, inside which the `sts` step of the role credentials stands. Where the decision
/// hangs on a policy that can't be seen, the recorder has ended: nothing has changed, and the answer is void.
pub fn handle(
    cloud: &mut Cloud,
    ledger: &mut Ledger,
    recorder: &mut Recorder,
    arrival: &Arrival,
    from: NodeRef,
    service: Service,
    request: &Request,
) -> Response {
    cloud.requests = cloud.requests.saturating_add(1);
    let before = (!ledger.what_if.unseen.is_empty()).then(|| cloud.clone());
    let mut call = Call { cloud, ledger, recorder, arrival, from, request };
    let (name, region) = service.named();
    let response = match service {
        Service::Imds => imds::handle(&mut call),
        Service::Sts { region } => sts::handle(&mut call, &region),
        Service::Iam => call.apart(iam::handle, identity),
        Service::S3 { region } => s3::handle(&mut call, &region),
        Service::Organizations => call.apart(organizations::handle, identity),
        Service::Ec2 { region } => call.apart(|call| ec2::handle(call, &region), identity),
        Service::S3Control { region } => call.apart(|call| s3::handle_control(call, &region), identity),
        Service::CloudTrail { region } => call.apart(|call| cloudtrail::handle(call, &region), identity),
        Service::AccessAnalyzer { region } => {
            call.apart(|call| access_analyzer::handle(call, &region), identity)
        }
        Service::Unmodelled { name } => call.apart(|call| call::unmodelled(call, &name), identity),
    };
    if let Some(before) = before
        && call.recorder.ended().is_some()
    {
        *call.cloud = before;
    } else if !name.is_empty() {
        note(&mut call, name, &region, &response);
    }
    response
}

/// Adds the exchange to CloudTrail's event history, as its last step tells it.
fn note(call: &mut Call<'_>, service: &str, region: &str, response: &Response) {
    let last = call.recorder.steps().filter(|step| step.kind == StepKind::Respond).last();
    let Some(step) = last.filter(|step| step.code != "respond.not-modelled") else { return };
    let operation = step.params.get("operation").cloned().unwrap_or_default();
    let error = step.params.get("error").cloned();
    let exchange = Exchange { service, region, operation: &operation, error: error.as_deref(), response };
    cloudtrail::record::note(call, &exchange);
}
