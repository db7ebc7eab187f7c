//! What each resource type makes in the cloud.

use crate::cloud::{Account, Credential, RouteTarget, SecurityGroupPeer, VpcEndpointKind};
use crate::network::Source;
use crate::scenario::{Document, HostKind, Loaded, load};

const ALLOW: &str =
    r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#;

fn loaded(resources: &str, rest: &str) -> Loaded {
    let text = format!(
        r#"{{"version": 1, "accounts": {{"111122223333": {{"template": {{"Resources": {resources}}}}}}}{rest}}}"#
    );
    let loaded = load(&Document::parse(text.replace("ALLOW", ALLOW)).unwrap());
    let loaded = loaded.unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(loaded.diagnostics, []);
    loaded
}

fn account(loaded: &Loaded) -> &Account {
    &loaded.cloud.accounts["111122223333"]
}

#[test]
fn users_groups_and_their_policies() {
    let loaded = loaded(
        r#"{
            "Alice": {"Type": "AWS::IAM::User", "Properties": {"UserName": "alice", "Path": "/team/", "Groups": [{"Ref": "Readers"}]}},
            "Bob": {"Type": "AWS::IAM::User", "Properties": {"PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}},
            "Readers": {"Type": "AWS::IAM::Group", "Properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"], "Policies": [{"PolicyName": "own", "PolicyDocument": ALLOW}]}},
            "Join": {"Type": "AWS::IAM::UserToGroupAddition", "Properties": {"GroupName": {"Ref": "Readers"}, "Users": [{"Ref": "Bob"}]}},
            "Both": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "both", "Users": [{"Ref": "Alice"}], "Groups": [{"Ref": "Readers"}], "PolicyDocument": ALLOW}},
            "One": {"Type": "AWS::IAM::UserPolicy", "Properties": {"PolicyName": "one", "UserName": {"Ref": "Bob"}, "PolicyDocument": ALLOW}},
            "Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": {"Ref": "Alice"}}}
        }"#,
        r#", "hosts": {"laptop": {"internet": "198.51.100.20", "env": {"AWS_ACCESS_KEY_ID": {"Ref": "Key"}, "AWS_SECRET_ACCESS_KEY": {"Fn::GetAtt": ["111122223333/Key", "SecretAccessKey"]}}, "files": {"~/note": {"Fn::Sub": "key ${Key}"}}}}"#,
    );
    let account = account(&loaded);
    let alice = &account.users["alice"];
    assert_eq!(alice.arn, "arn:aws:iam::111122223333:user/team/alice");
    let group = account.groups.values().next().unwrap();
    assert!(group.name.starts_with("sandbox-Readers-"));
    assert_eq!(alice.groups, [group.name.as_str()]);
    assert_eq!(group.attached_policies, ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]);
    let names = |policies: &[crate::cloud::InlinePolicy]| {
        policies.iter().map(|policy| policy.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&group.inline_policies), ["own", "both"]);
    assert_eq!(names(&alice.inline_policies), ["both"]);
    let bob = account.users.values().find(|user| user.name != "alice").unwrap();
    assert_eq!((names(&bob.inline_policies), bob.groups.len()), (vec!["one".to_string()], 1));
    let boundary = bob.permissions_boundary.as_deref().unwrap();
    assert!(loaded.cloud.managed_policy(boundary).is_some_and(|policy| policy.statements().len() == 1));
    let laptop = &loaded.hosts["laptop"];
    let Credential::LongTerm(key) = &loaded.cloud.credentials[&laptop.env["AWS_ACCESS_KEY_ID"]] else {
        panic!()
    };
    assert_eq!((key.user.as_deref(), key.active), (Some("alice"), true));
    assert_eq!(key.secret_access_key, laptop.env["AWS_SECRET_ACCESS_KEY"]);
    assert_eq!(laptop.files["~/note"], format!("key {}", key.access_key_id));
    let titles: Vec<_> =
        loaded.policies.iter().map(|policy| (policy.policy.as_str(), policy.title.as_str())).collect();
    assert_eq!(
        titles,
        [("111122223333/Readers", "own"), ("111122223333/Both", "both"), ("111122223333/One", "one")]
    );
}

#[test]
fn a_network_of_every_kind_of_gateway() {
    let loaded = loaded(
        r#"{
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": "true"}},
            "Public": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": true, "AvailabilityZone": {"Fn::Sub": "${AWS::Region}b"}}},
            "Private": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24"}},
            "Internet": {"Type": "AWS::EC2::InternetGateway"},
            "Attach": {"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Internet"}}},
            "Address": {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}},
            "Nat": {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Public"}, "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}},
            "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "Route": {"Type": "AWS::EC2::Route", "DependsOn": "Attach", "Properties": {"RouteTableId": {"Ref": "Table"}, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": {"Ref": "Nat"}}},
            "Use": {"Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": {"SubnetId": {"Ref": "Private"}, "RouteTableId": {"Ref": "Table"}}},
            "Sts": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.sts", "SubnetIds": [{"Ref": "Private"}], "PrivateDnsEnabled": true}},
            "S3": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [{"Ref": "Table"}]}},
            "Web": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "web", "VpcId": {"Ref": "Vpc"}}},
            "FromWeb": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Ref": "Web"}, "IpProtocol": 6, "FromPort": "443", "ToPort": 443, "SourceSecurityGroupId": {"Ref": "Web"}}},
            "Server": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1", "NetworkInterfaces": [{"DeviceIndex": "0", "SubnetId": {"Ref": "Private"}, "GroupSet": [{"Ref": "Web"}], "AssociatePublicIpAddress": true}], "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}}},
            "Default": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1"}}
        }"#,
        r#", "hosts": {"box": {"container": "Server"}, "near": {"container": "111122223333/Server", "network": "host"}}"#,
    );
    let account = account(&loaded);
    let network = &account.network;
    let vpc = network.vpcs.values().find(|vpc| !vpc.is_default).unwrap();
    assert!(vpc.dns_hostnames && vpc.dns_support);
    let private = network.subnets.values().find(|subnet| subnet.cidr.to_string() == "10.0.1.0/24").unwrap();
    let table = &network.route_tables[private.route_table.as_ref().unwrap()];
    let RouteTarget::NatGateway(nat) = &table.routes[0].target else { panic!() };
    let address = network.elastic_ips.values().next().unwrap();
    assert_eq!(network.nat_gateways[nat].public_ip, address.public_ip);
    let gateways: Vec<_> =
        network.internet_gateways.values().filter_map(|gateway| gateway.vpc_id.as_ref()).collect();
    assert!(gateways.contains(&&vpc.id));
    let kinds: Vec<_> =
        network.vpc_endpoints.values().map(|endpoint| (endpoint.service.as_str(), &endpoint.kind)).collect();
    for (service, kind) in kinds {
        match kind {
            VpcEndpointKind::Gateway { route_tables } => {
                assert_eq!((service, route_tables), ("s3", &vec![table.id.clone()]));
            }
            VpcEndpointKind::Interface { security_groups, private_dns, addresses, .. } => {
                assert_eq!((service, *private_dns), ("sts", true));
                assert_eq!(security_groups, std::slice::from_ref(&vpc.default_security_group));
                assert!(private.cidr.contains(&addresses[0]));
            }
        }
    }
    let server = account.instances.values().find(|instance| instance.vpc_id == vpc.id).unwrap();
    let group = &network.security_groups[&server.security_groups[0]];
    assert_eq!((group.ingress[0].protocol.as_str(), group.ingress[0].ports), ("tcp", Some((443, 443))));
    assert_eq!(group.ingress[0].peer, SecurityGroupPeer::SecurityGroup(group.id.clone()));
    assert!(group.egress.len() == 1 && server.public_ip.is_some() && server.metadata_options.hop_limit == 2);
    let other = account.instances.values().find(|instance| instance.id != server.id).unwrap();
    assert!(network.vpcs[&other.vpc_id].is_default && other.metadata_options.hop_limit == 1);
    let container = &loaded.hosts["box"];
    let source = |hops| Source::Container { instance: server.id.clone(), hops };
    assert_eq!((container.kind, &container.source), (HostKind::Container, &source(1)));
    assert_eq!(loaded.hosts["near"].source, source(0));
    assert_eq!(loaded.hosts.len(), 4);
}

#[test]
fn names_cross_accounts_through_parameters() {
    let text = r#"{
        "version": 1,
        "accounts": {
            "111122223333": {
                "name": "Data",
                "parameters": {"Reader": {"Fn::GetAtt": ["444455556666/Role", "Arn"]}, "Names": ["a", {"Ref": "444455556666/Other"}]},
                "template": {
                    "Parameters": {"Reader": {"Type": "String"}, "Names": {"Type": "CommaDelimitedList"}},
                    "Resources": {
                        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Join": ["-", {"Ref": "Names"}]}}},
                        "Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": {"Ref": "Reader"}}, "Action": "s3:GetObject", "Resource": {"Fn::Sub": ["${Arn}/*", {"Arn": {"Fn::GetAtt": "Bucket.Arn"}}]}}]}}}
                    }
                }
            },
            "444455556666": {
                "template": {
                    "Resources": {
                        "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "reader", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}},
                        "Other": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "bbb", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}}}
                    }
                }
            }
        }
    }"#;
    let loaded = load(&Document::parse(text).unwrap()).unwrap();
    assert_eq!(loaded.diagnostics, []);
    let bucket = &loaded.cloud.buckets["a-bbb"];
    assert_eq!(bucket.account, "111122223333");
    assert!(bucket.public_access_block.unwrap().restrict_public_buckets);
    assert!(bucket.policy_origin.as_ref().is_some_and(|origin| origin.name == "111122223333/Policy"));
    let other = loaded.cloud.buckets["bbb"].public_access_block.unwrap();
    assert!(other.block_public_acls && !other.block_public_policy);
}
