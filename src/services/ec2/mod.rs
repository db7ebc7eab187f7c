//! Elastic Compute Cloud: instances, their instance profiles, and the network around them.
//!
//! AWS page: EC2 API Reference. Entry: [`handle`]. Stages: parse, authenticate, authorize, existence and state,
//! respond. What an operation needs stands in [`OPERATIONS`], what it answers is a [`Tree`].
//!
//! Simplified: every well-formed AMI id is an image that runs; every key pair's name is taken; an account has its
//! network in its own region alone. A state that AWS passes through (`pending`, `associating`, ...) is told for some
//! seconds of the scenario's clock, while the change itself works at once.
//! Left out on purpose: operations and parameters that [`OPERATIONS`] doesn't name, which answer that they aren't
//! implemented; IPv6, volumes, spot and dedicated instances, launch templates, key pairs.

mod associate_iam_instance_profile;
mod describe;
mod describe_iam_instance_profile_associations;
mod describe_instances;
mod disassociate_iam_instance_profile;
mod exchange;
mod instance;
mod modify_instance_metadata_options;
pub(super) mod names;
mod place;
mod profile_association;
mod replace_iam_instance_profile_association;
mod resource;
pub(super) mod role_delivery;
mod run_instances;
mod start_instances;
mod stop_instances;
mod tags;
mod terminate_instances;

use super::authenticate::{Dialect, Expected, authenticate};
use super::call::{Call, Ending};
use super::errors::{AwsError, EC2_INVALID_ACTION, EC2_OTHER_REGION, EC2_UNKNOWN_PARAMETER};
use super::protocol::query::Parameters;
use super::protocol::{Tree, ec2};
use crate::http::Response;
use crate::trace::{NodeKind, NodeRef};
use describe::Describe;
use exchange::Ec2;

/// What an operation does after the caller is known.
enum Run {
    /// Lists resources of one kind.
    Describe(&'static Describe),
    /// Anything else.
    Do(fn(&mut Ec2<'_, '_>, &Parameters) -> Result<Tree, AwsError>),
}

/// An operation of the API.
struct Operation {
    name: &'static str,
    /// `ec2:NAME`
    action: &'static str,
    /// `NAMEResponse`
    response: &'static str,
    /// Its parameters, with `N` for each number.
    parameters: &'static str,
    run: Run,
}

/// Each line: name, parameters, what it does.
macro_rules! operations {
    ($($name:literal, $parameters:literal, $run:expr;)*) => {
        const OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            action: concat!("ec2:", $name),
            response: concat!($name, "Response"),
            parameters: $parameters,
            run: $run,
        }),*];
    };
}

operations! {
    "AssociateIamInstanceProfile", "InstanceId IamInstanceProfile.Name IamInstanceProfile.Arn",
        Run::Do(associate_iam_instance_profile::handle);
    "DescribeIamInstanceProfileAssociations", "AssociationId.N",
        Run::Describe(&describe_iam_instance_profile_associations::DESCRIBE);
    "DescribeInstances", "InstanceId.N", Run::Describe(&describe_instances::DESCRIBE);
    "DisassociateIamInstanceProfile", "AssociationId", Run::Do(disassociate_iam_instance_profile::handle);
    "ModifyInstanceMetadataOptions", "InstanceId HttpTokens HttpPutResponseHopLimit HttpEndpoint InstanceMetadataTags",
        Run::Do(modify_instance_metadata_options::handle);
    "ReplaceIamInstanceProfileAssociation", "AssociationId IamInstanceProfile.Name IamInstanceProfile.Arn",
        Run::Do(replace_iam_instance_profile_association::handle);
    "RunInstances", "ImageId InstanceType KeyName MinCount MaxCount SecurityGroupId.N SecurityGroup.N SubnetId UserData \
ClientToken PrivateIpAddress IamInstanceProfile.Name IamInstanceProfile.Arn MetadataOptions.HttpTokens \
MetadataOptions.HttpPutResponseHopLimit MetadataOptions.HttpEndpoint MetadataOptions.InstanceMetadataTags \
TagSpecification.N.ResourceType TagSpecification.N.Tag.N.Key TagSpecification.N.Tag.N.Value \
NetworkInterface.N.DeviceIndex NetworkInterface.N.SubnetId NetworkInterface.N.SecurityGroupId.N \
NetworkInterface.N.AssociatePublicIpAddress NetworkInterface.N.DeleteOnTermination NetworkInterface.N.PrivateIpAddress \
NetworkInterface.N.Description Placement.AvailabilityZone",
        Run::Do(run_instances::handle);
    "StartInstances", "InstanceId.N", Run::Do(start_instances::handle);
    "StopInstances", "InstanceId.N Force", Run::Do(stop_instances::handle);
    "TerminateInstances", "InstanceId.N", Run::Do(terminate_instances::handle);
}

/// Parameters of every operation, and of every one that lists.
const COMMON: &str = "Action Version DryRun";
const LISTING: &str = "Filter.N.Name Filter.N.Value.N MaxResults NextToken";

/// Answers a client and records `authenticate`, `authorize` and `respond`.
pub(super) fn handle(call: &mut Call<'_>, region: &str) -> Response {
    let parameters = Parameters::of(call.request);
    let to = NodeRef::new(NodeKind::Ec2, call.host());
    let result = run(call, region, &parameters, &to);
    let response = match &result {
        Ok((operation, answer)) => ec2::success(operation.response, answer, &call.uuid()),
        Err(error) => ec2::failure(error, &call.uuid()),
    };
    let name = parameters.get("Action").unwrap_or(&call.request.method);
    match &result {
        Ok(_) => call.respond(to, name, &response, Ending::Done),
        Err(error) => call.respond(to, name, &response, Ending::Failed(error)),
    }
    response
}

fn run(
    call: &mut Call<'_>,
    region: &str,
    parameters: &Parameters,
    to: &NodeRef,
) -> Result<(&'static Operation, Tree), AwsError> {
    let operation = operation(parameters)?;
    let caller = authenticate(call, to, Expected { dialect: Dialect::Query, service: "ec2", region })?;
    let account = caller.principal.account.clone().unwrap_or_default();
    let at_home = call.cloud.accounts.get(&account).is_some_and(|account| account.region == region);
    let action = operation.action;
    let mut ec2 =
        Ec2 { call, caller, account, region: region.to_string(), action, node: to.clone(), at_home };
    let answer = match operation.run {
        Run::Describe(describe) => describe::answer(&mut ec2, parameters, describe)?,
        Run::Do(_) if !at_home => {
            return Err(EC2_OTHER_REGION
                .with(&[("region", region)])
                .for_want_of(format!("{action} in {region}")));
        }
        Run::Do(run) => run(&mut ec2, parameters)?,
    };
    Ok((operation, answer))
}

/// The operation, if this program has it with all its parameters.
fn operation(parameters: &Parameters) -> Result<&'static Operation, AwsError> {
    let action = parameters.get("Action").unwrap_or_default();
    let found = OPERATIONS.iter().find(|operation| operation.name == action);
    let found = found.filter(|_| parameters.get("Version") == Some("2016-11-15"));
    let Some(operation) = found else {
        return Err(EC2_INVALID_ACTION.with(&[("action", action)]).for_want_of(format!("ec2:{action}")));
    };
    let listing = if matches!(operation.run, Run::Describe(_)) { LISTING } else { "" };
    let known = |name: &str| {
        [operation.parameters, COMMON, listing].iter().any(|names| names.split(' ').any(|each| each == name))
    };
    for name in parameters.names().filter(|name| !name.starts_with("X-Amz-")) {
        let shape: Vec<&str> = name
            .split('.')
            .map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { "N" } else { part })
            .collect();
        if !known(&shape.join(".")) {
            return Err(EC2_UNKNOWN_PARAMETER
                .with(&[("parameter", name)])
                .for_want_of(format!("{} {name}", operation.action)));
        }
    }
    Ok(operation)
}
