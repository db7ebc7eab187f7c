//! Whatever is done to EC2's network, it answers, and its listings stay sound.

use super::hostile::root_sends;
use super::{encoded, state};
use iam_sandbox::services::Ledger;
use proptest::prelude::*;
use serde_json::json;

/// Operations of EC2 that change something, with parameters from which requests are mixed.
const CHANGES: &[&str] = &[
    "AllocateAddress",
    "AssociateAddress",
    "AssociateIamInstanceProfile",
    "AssociateRouteTable",
    "AttachInternetGateway",
    "AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress",
    "CreateInternetGateway",
    "CreateNatGateway",
    "CreateRoute",
    "CreateRouteTable",
    "CreateSecurityGroup",
    "CreateSubnet",
    "CreateTags",
    "CreateVpc",
    "CreateVpcEndpoint",
    "DeleteSecurityGroup",
    "DeleteSubnet",
    "DeleteTags",
    "DeleteVpc",
    "DescribeInstances",
    "DescribeRouteTables",
    "DescribeSecurityGroups",
    "DetachInternetGateway",
    "ModifyInstanceAttribute",
    "ModifyInstanceMetadataOptions",
    "ModifyVpcAttribute",
    "ReplaceRoute",
    "RevokeSecurityGroupEgress",
    "RunInstances",
    "StartInstances",
    "StopInstances",
    "TerminateInstances",
];
const NAMES: &[&str] = &[
    "VpcId",
    "SubnetId",
    "GroupId",
    "InstanceId",
    "InstanceId.1",
    "RouteTableId",
    "CidrBlock",
    "GatewayId",
    "DestinationCidrBlock",
    "ImageId",
    "MinCount",
    "MaxCount",
    "GroupName",
    "GroupDescription",
    "IpProtocol",
    "FromPort",
    "ToPort",
    "CidrIp",
    "AllocationId",
    "InternetGatewayId",
    "ServiceName",
    "RouteTableId.1",
    "ResourceId.1",
    "Tag.1.Key",
    "Tag.1.Value",
    "Filter.1.Name",
    "Filter.1.Value.1",
    "MaxResults",
    "NextToken",
    "IamInstanceProfile.Name",
    "PolicyDocument",
    "HttpTokens",
    "HttpPutResponseHopLimit",
    "EnableDnsSupport.Value",
    "PrivateIpAddress",
    "UserData",
    "DryRun",
    "IpPermissions.1.IpProtocol",
    "IpPermissions.1.IpRanges.1.CidrIp",
    "IpPermissions.1.Groups.1.GroupId",
];
const VALUES: &[&str] = &[
    "vpc-1",
    "subnet-1",
    "sg-1",
    "i-1",
    "rtb-1",
    "igw-1",
    "ami-11aa22bb",
    "1",
    "2",
    "5",
    "0",
    "-1",
    "65535",
    "99999999999999999999",
    "10.0.0.0/16",
    "172.31.16.0/24",
    "0.0.0.0/0",
    "172.31.0.9",
    "tcp",
    "true",
    "false",
    "web",
    "tag:a",
    "instance-id",
    "*",
    "?",
    "com.amazonaws.us-east-1.s3",
    "{}",
    "required",
    "app",
    "é\u{0}",
    "",
];

proptest! {
    #[test]
    fn ec2_answers_whatever_is_done_to_its_network(
        requests in proptest::collection::vec(
            (
                proptest::sample::select(CHANGES),
                proptest::collection::vec((proptest::sample::select(NAMES), proptest::sample::select(VALUES)), 0..8),
            ),
            1..6,
        ),
    ) {
        let mut cloud = state::cloud(&json!({
            "accounts": {"111122223333": {"instances": {"i-1": {}}, "instanceProfiles": {"app": null}}}
        }));
        let mut bodies: Vec<String> = Vec::new();
        for (action, pairs) in &requests {
            let pairs = pairs.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
            bodies.push(format!("Action={action}&Version=2016-11-15{}", pairs.collect::<String>()));
        }
        for listing in ["Vpcs", "Subnets", "RouteTables", "SecurityGroups", "SecurityGroupRules", "Instances"] {
            bodies.push(format!("Action=Describe{listing}&Version=2016-11-15"));
        }
        let changes = requests.len();
        for (place, body) in bodies.into_iter().enumerate() {
            let response = root_sends(&mut cloud, &mut Ledger::default(), "ec2", &body);
            let text = response.body.text().unwrap();
            prop_assert!(response.status == 200 || place < changes, "{body}: {text}");
            prop_assert!(response.status < 500 && iam_sandbox::xml::parse(text).is_some(), "{body}: {text}");
        }
    }
}
