//! Elastic Compute Cloud: instances, their instance profiles, and the network around them.
//!
//! AWS page: EC2 API Reference. Entry: [`handle`]. Stages: parse, authenticate, authorize, existence and state,
//! respond. What an operation needs stands in [`OPERATIONS`], what it answers is a [`Tree`].
//!
//! Simplified: every well-formed AMI id is an image that runs; every name of a key pair or instance type is taken; an account has its
//! network in its own region alone. A state that AWS passes through (`pending`, `associating`, ...) is told for some
//! seconds of the scenario's clock, while the change itself works at once.
//! Left out on purpose: operations and parameters that [`OPERATIONS`] doesn't name, which answer that they aren't
//! implemented; IPv6, volumes, spot and dedicated instances, launch templates, key pairs.

mod address;
mod associate_iam_instance_profile;
mod describe;
mod describe_iam_instance_profile_associations;
mod describe_instances;
mod disassociate_iam_instance_profile;
mod exchange;
pub(super) mod instance;
mod instance_attribute;
mod internet_gateway;
mod modify_instance_metadata_options;
pub(super) mod names;
mod nat_gateway;
mod place;
mod profile_association;
mod quota;
mod replace_iam_instance_profile_association;
mod resource;
pub(super) mod role_delivery;
mod route;
mod route_table;
mod run_instances;
mod security_group;
mod security_group_rule;
mod start_instances;
mod stop_instances;
mod subnet;
mod tags;
mod terminate_instances;
mod vpc;
mod vpc_endpoint;
mod zone;

use super::authenticate::{Dialect, Expected, authenticate};
use super::call::{Call, Ending};
use super::errors::{
    AwsError, EC2_INVALID_ACTION, EC2_MISSING_PARAMETER, EC2_OTHER_REGION, EC2_UNKNOWN_PARAMETER,
};
use super::protocol::query::Parameters;
use super::protocol::{Tree, ec2};
use crate::gather::Gather;
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
    /// The resources that it is authorized on before it runs; empty: it asks by itself.
    resources: &'static str,
    run: Run,
}

/// Each line: name, parameters, what it does, perhaps the resources that it is authorized on.
macro_rules! operations {
    ($($name:literal, $parameters:expr, $run:expr $(, $resources:literal)?;)*) => {
        const OPERATIONS: &[Operation] = &[$(Operation {
            name: $name,
            action: concat!("ec2:", $name),
            response: concat!($name, "Response"),
            parameters: $parameters,
            resources: concat!($($resources)?),
            run: $run,
        }),*];
    };
}

/// The parameters that describe a security group's rules.
macro_rules! rules {
    () => {
        "GroupId IpProtocol FromPort ToPort CidrIp IpPermissions.N.IpProtocol IpPermissions.N.FromPort IpPermissions.N.ToPort \
IpPermissions.N.IpRanges.N.CidrIp IpPermissions.N.IpRanges.N.Description IpPermissions.N.Ipv6Ranges.N.CidrIpv6 \
IpPermissions.N.Ipv6Ranges.N.Description IpPermissions.N.PrefixListIds.N.PrefixListId \
IpPermissions.N.PrefixListIds.N.Description IpPermissions.N.Groups.N.GroupId IpPermissions.N.Groups.N.Description"
    };
}

/// Those that tag what an operation makes.
macro_rules! tags {
    () => {
        "TagSpecification.N.ResourceType TagSpecification.N.Tag.N.Key TagSpecification.N.Tag.N.Value"
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
    "RunInstances", concat!("ImageId InstanceType KeyName MinCount MaxCount SecurityGroupId.N SecurityGroup.N SubnetId UserData \
ClientToken PrivateIpAddress IamInstanceProfile.Name IamInstanceProfile.Arn MetadataOptions.HttpTokens \
MetadataOptions.HttpPutResponseHopLimit MetadataOptions.HttpEndpoint MetadataOptions.InstanceMetadataTags \
", tags!(), " \
NetworkInterface.N.DeviceIndex NetworkInterface.N.SubnetId NetworkInterface.N.SecurityGroupId.N \
NetworkInterface.N.AssociatePublicIpAddress NetworkInterface.N.DeleteOnTermination NetworkInterface.N.PrivateIpAddress \
Placement.AvailabilityZone"),
        Run::Do(run_instances::handle);
    "StartInstances", "InstanceId.N", Run::Do(start_instances::handle);
    "StopInstances", "InstanceId.N Force", Run::Do(stop_instances::handle);
    "TerminateInstances", "InstanceId.N", Run::Do(terminate_instances::handle);
    "AllocateAddress", concat!("Domain ", tags!()),
        Run::Do(address::allocate), "elastic-ip=*";
    "AssociateAddress", "AllocationId InstanceId AllowReassociation",
        Run::Do(address::associate), "elastic-ip=AllocationId instance=InstanceId";
    "AssociateRouteTable", "SubnetId RouteTableId",
        Run::Do(route_table::associate), "route-table=RouteTableId subnet=SubnetId";
    "AttachInternetGateway", "InternetGatewayId VpcId",
        Run::Do(internet_gateway::attach), "internet-gateway=InternetGatewayId vpc=VpcId";
    "AuthorizeSecurityGroupEgress", rules!(),
        Run::Do(security_group_rule::authorize_egress), "security-group=GroupId";
    "AuthorizeSecurityGroupIngress", rules!(),
        Run::Do(security_group_rule::authorize_ingress), "security-group=GroupId";
    "CreateInternetGateway", tags!(),
        Run::Do(internet_gateway::create), "internet-gateway=*";
    "CreateNatGateway", concat!("AllocationId SubnetId ConnectivityType ClientToken ", tags!()),
        Run::Do(nat_gateway::create), "natgateway=* subnet=SubnetId elastic-ip=AllocationId";
    "CreateRoute", "RouteTableId DestinationCidrBlock GatewayId NatGatewayId",
        Run::Do(route::create), "route-table=RouteTableId";
    "CreateRouteTable", concat!("VpcId ClientToken ", tags!()),
        Run::Do(route_table::create), "route-table=* vpc=VpcId";
    "CreateSecurityGroup", concat!("GroupName GroupDescription VpcId ", tags!()),
        Run::Do(security_group::create), "security-group=* vpc?VpcId";
    "CreateSubnet", concat!("VpcId CidrBlock AvailabilityZone ", tags!()),
        Run::Do(subnet::create), "subnet=* vpc=VpcId";
    "CreateTags", "ResourceId.N Tag.N.Key Tag.N.Value",
        Run::Do(tags::create);
    "CreateVpc", concat!("CidrBlock InstanceTenancy ", tags!()),
        Run::Do(vpc::create), "vpc=*";
    "CreateVpcEndpoint", concat!("VpcId ServiceName VpcEndpointType PolicyDocument RouteTableId.N SubnetId.N SecurityGroupId.N \
PrivateDnsEnabled ClientToken ", tags!()),
        Run::Do(vpc_endpoint::create), "vpc-endpoint=* vpc=VpcId route-table?RouteTableId.N subnet?SubnetId.N security-group?SecurityGroupId.N";
    "DeleteInternetGateway", "InternetGatewayId",
        Run::Do(internet_gateway::delete), "internet-gateway=InternetGatewayId";
    "DeleteNatGateway", "NatGatewayId",
        Run::Do(nat_gateway::delete), "natgateway=NatGatewayId";
    "DeleteRoute", "RouteTableId DestinationCidrBlock",
        Run::Do(route::delete), "route-table=RouteTableId";
    "DeleteRouteTable", "RouteTableId",
        Run::Do(route_table::delete), "route-table=RouteTableId";
    "DeleteSecurityGroup", "GroupId",
        Run::Do(security_group::delete), "security-group=GroupId";
    "DeleteSubnet", "SubnetId",
        Run::Do(subnet::delete), "subnet=SubnetId";
    "DeleteTags", "ResourceId.N Tag.N.Key Tag.N.Value",
        Run::Do(tags::delete);
    "DeleteVpc", "VpcId",
        Run::Do(vpc::delete), "vpc=VpcId";
    "DeleteVpcEndpoints", "VpcEndpointId.N",
        Run::Do(vpc_endpoint::delete), "vpc-endpoint=VpcEndpointId.N";
    "DescribeVpcAttribute", "VpcId Attribute",
        Run::Do(vpc::describe_attribute), "vpc=VpcId";
    "DetachInternetGateway", "InternetGatewayId VpcId",
        Run::Do(internet_gateway::detach), "internet-gateway=InternetGatewayId vpc=VpcId";
    "DisassociateAddress", "AssociationId",
        Run::Do(address::disassociate), "elastic-ip@AssociationId";
    "DisassociateRouteTable", "AssociationId",
        Run::Do(route_table::disassociate), "route-table@AssociationId subnet@AssociationId";
    "ModifySubnetAttribute", "SubnetId MapPublicIpOnLaunch.Value",
        Run::Do(subnet::modify_attribute), "subnet=SubnetId";
    "ModifyVpcAttribute", "VpcId EnableDnsSupport.Value EnableDnsHostnames.Value",
        Run::Do(vpc::modify_attribute), "vpc=VpcId";
    "ModifyVpcEndpoint", "VpcEndpointId ResetPolicy PolicyDocument AddRouteTableId.N RemoveRouteTableId.N AddSubnetId.N \
RemoveSubnetId.N AddSecurityGroupId.N RemoveSecurityGroupId.N PrivateDnsEnabled",
        Run::Do(vpc_endpoint::modify), "vpc-endpoint=VpcEndpointId route-table?AddRouteTableId.N subnet?AddSubnetId.N security-group?AddSecurityGroupId.N";
    "ReleaseAddress", "AllocationId",
        Run::Do(address::release), "elastic-ip=AllocationId";
    "ReplaceRoute", "RouteTableId DestinationCidrBlock GatewayId NatGatewayId",
        Run::Do(route::replace), "route-table=RouteTableId";
    "ReplaceRouteTableAssociation", "AssociationId RouteTableId",
        Run::Do(route_table::replace_association), "route-table@AssociationId subnet@AssociationId route-table=RouteTableId";
    "RevokeSecurityGroupEgress", concat!(rules!(), " SecurityGroupRuleId.N"),
        Run::Do(security_group_rule::revoke_egress), "security-group=GroupId";
    "RevokeSecurityGroupIngress", concat!(rules!(), " SecurityGroupRuleId.N"),
        Run::Do(security_group_rule::revoke_ingress), "security-group=GroupId";
    "DescribeAddresses", "AllocationId.N PublicIp.N", Run::Describe(&address::DESCRIBE);
    "DescribeAvailabilityZones", "ZoneName.N ZoneId.N AllAvailabilityZones", Run::Describe(&zone::DESCRIBE_AVAILABILITY_ZONES);
    "DescribeImages", "ImageId.N", Run::Describe(&zone::DESCRIBE_IMAGES);
    "DescribeInstanceAttribute", "InstanceId Attribute", Run::Do(instance_attribute::describe), "instance=InstanceId";
    "DescribeInstanceStatus", "InstanceId.N IncludeAllInstances", Run::Describe(&instance_attribute::DESCRIBE_STATUS);
    "ModifyInstanceAttribute", "InstanceId GroupId.N InstanceType.Value UserData.Value",
        Run::Do(instance_attribute::modify), "instance=InstanceId security-group?GroupId.N";
    "RebootInstances", "InstanceId.N", Run::Do(instance_attribute::reboot), "instance=InstanceId.N";
    "DescribeInternetGateways", "InternetGatewayId.N", Run::Describe(&internet_gateway::DESCRIBE);
    "DescribeNatGateways", "NatGatewayId.N", Run::Describe(&nat_gateway::DESCRIBE);
    "DescribePrefixLists", "PrefixListId.N", Run::Describe(&zone::DESCRIBE_PREFIX_LISTS);
    "DescribeRegions", "RegionName.N AllRegions", Run::Describe(&zone::DESCRIBE_REGIONS);
    "DescribeRouteTables", "RouteTableId.N", Run::Describe(&route_table::DESCRIBE);
    "DescribeSecurityGroupRules", "SecurityGroupRuleId.N", Run::Describe(&security_group_rule::DESCRIBE);
    "DescribeSecurityGroups", "GroupId.N GroupName.N", Run::Describe(&security_group::DESCRIBE);
    "DescribeSubnets", "SubnetId.N", Run::Describe(&subnet::DESCRIBE);
    "DescribeTags", "", Run::Describe(&tags::DESCRIBE);
    "DescribeVpcEndpoints", "VpcEndpointId.N", Run::Describe(&vpc_endpoint::DESCRIBE);
    "DescribeVpcs", "VpcId.N", Run::Describe(&vpc::DESCRIBE);
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
        Run::Do(run) => {
            if !operation.resources.is_empty() {
                resource::permit(&mut ec2, parameters, operation.resources)?;
            }
            run(&mut ec2, parameters)?
        }
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
            .gather();
        if !known(&shape.join(".")) {
            return Err(EC2_UNKNOWN_PARAMETER
                .with(&[("parameter", name)])
                .for_want_of(format!("{} {name}", operation.action)));
        }
    }
    match unread(parameters) {
        Some(missing) => Err(EC2_MISSING_PARAMETER.with(&[("parameter", &missing)])),
        None => Ok(operation),
    }
}

/// Members without which what a list's item says means nothing.
const NEEDED: [(&str, &str); 4] = [
    ("TagSpecification", "ResourceType"),
    ("Tag", "Key"),
    ("Filter", "Name"),
    ("IpPermissions", "IpProtocol"),
];

/// What a numbered item lacks, so that nothing would read it: the item before it, or the member that says what it is.
fn unread(parameters: &Parameters) -> Option<String> {
    for name in parameters.names() {
        let mut before = String::new();
        let mut list = "";
        for part in name.split('.') {
            // RunInstances itself says that it takes one interface.
            if let Some(place) = part.parse::<usize>().ok().filter(|_| list != "NetworkInterface") {
                let needed = NEEDED.iter().find(|(known, _)| *known == list).map(|(_, member)| *member);
                let has = |item: String| match needed {
                    Some(member) => parameters.get(&[&item, ".", member].concat()).is_some(),
                    None => parameters.begins(&item),
                };
                let previous = place.saturating_sub(1);
                if previous > 0 && !has(format!("{before}{previous}")) {
                    return Some(format!("{before}{previous}"));
                }
                if let Some(member) = needed.filter(|_| !has(format!("{before}{place}"))) {
                    return Some(format!("{before}{place}.{member}"));
                }
            }
            list = part;
            before.extend([part, "."]);
        }
    }
    None
}
