//! Whatever is done to EC2's network, it answers, and its listings stay sound.

use super::state;
use iam_sandbox::cloud::Arrival;
use iam_sandbox::http::Request;
use iam_sandbox::services::{self, Ledger, Service};
use iam_sandbox::sigv4::{SigningKeyParams, sign};
use iam_sandbox::trace::{NodeKind, NodeRef, Recorder};
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
        let key = state::key(cloud.entropy, "111122223333", None);
        let mut bodies: Vec<String> = Vec::new();
        for (action, pairs) in &requests {
            let encode = |text: &str| {
                percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
            };
            let pairs = pairs.iter().map(|(name, value)| format!("&{name}={}", encode(value)));
            bodies.push(format!("Action={action}&Version=2016-11-15{}", pairs.collect::<String>()));
        }
        for listing in ["Vpcs", "Subnets", "RouteTables", "SecurityGroups", "SecurityGroupRules", "Instances"] {
            bodies.push(format!("Action=Describe{listing}&Version=2016-11-15"));
        }
        let changes = requests.len();
        for (place, body) in bodies.into_iter().enumerate() {
            let mut request = Request::new("POST", "https://ec2.us-east-1.amazonaws.com/");
            request.body = body.as_str().into();
            let params = SigningKeyParams {
                access_key_id: &key.access_key_id,
                secret: &key.secret_access_key,
                session_token: None,
                region: "us-east-1",
                service: "ec2",
                at: cloud.now,
            };
            let request = sign(&request, &params).request;
            let arrival = Arrival {
                source_ip: "203.0.113.9".parse().unwrap(),
                secure_transport: true,
                endpoint: None,
                metadata: None,
            };
            let mut recorder = Recorder::new();
            let service = Service::Ec2 { region: "us-east-1".into() };
            let from = NodeRef::new(NodeKind::Host, "h");
            let ledger = &mut Ledger::default();
            let response = services::handle(&mut cloud, ledger, &mut recorder, &arrival, from, service, &request);
            let text = response.body.text().unwrap();
            prop_assert!(response.status == 200 || place < changes, "{body}: {text}");
            prop_assert!(response.status < 500 && iam_sandbox::xml::parse(text).is_some(), "{body}: {text}");
        }
    }
}
