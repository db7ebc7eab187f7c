"""EC2's network with boto3: what is made by its API carries packets as what a template makes does."""

import json

from sandbox import BUCKET, MAIN, TestCase

IMAGE = "ami-11aa22bb"


class Network(TestCase):
    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2", "root")

    def advance(self, seconds):
        self.endpoint.ask("POST", "/clock/advance", {"seconds": seconds})

    def vpc(self, cidr="10.9.0.0/16", **parameters):
        return self.ec2.create_vpc(CidrBlock=cidr, **parameters)["Vpc"]["VpcId"]

    def subnet(self, vpc, cidr="10.9.1.0/24", **parameters):
        return self.ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, **parameters)["Subnet"]["SubnetId"]

    def gateway(self, vpc):
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        return gateway

    def main_table(self, vpc):
        found = self.ec2.describe_route_tables(
            Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
        )
        return found["RouteTables"][0]

    def launch(self, subnet, **parameters):
        answer = self.ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=subnet, **parameters)
        return answer["Instances"][0]["InstanceId"]

    def way(self, instance, service="sts"):
        """The code of the route that a request from the instance takes, or why it doesn't arrive."""
        self.endpoint.ask("POST", "/from", {"host": instance})
        client = self.client(service, "root")
        call = client.get_caller_identity if service == "sts" else client.list_buckets
        try:
            call()
        except Exception:  # What can't leave is answered 504.
            pass
        self.endpoint.ask("POST", "/from", {"host": None})
        return self.step("route")["code"]


class Vpcs(Network):
    def test_the_default_vpc(self):
        [vpc] = self.ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
        self.assertEqual((vpc["CidrBlock"], vpc["State"], vpc["OwnerId"]), ("172.31.0.0/16", "available", MAIN))
        subnets = self.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        self.assertEqual(sorted(subnet["AvailabilityZone"][-1] for subnet in subnets), ["a", "b", "c"])

    def test_a_vpc_of_the_template(self):
        found = self.ec2.describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"]
        self.assertEqual([vpc["IsDefault"] for vpc in found], [False])

    def test_create_and_delete(self):
        answer = self.ec2.create_vpc(CidrBlock="10.9.0.1/16")["Vpc"]
        self.assertEqual((answer["CidrBlock"], answer["State"]), ("10.9.0.0/16", "pending"))
        vpc = answer["VpcId"]
        groups = self.ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]
        self.assertEqual([group["GroupName"] for group in groups], ["default"])
        self.assertEqual([r["GatewayId"] for r in self.main_table(vpc)["Routes"]], ["local"])
        self.ec2.delete_vpc(VpcId=vpc)
        self.refused("InvalidVpcID.NotFound", self.ec2.describe_vpcs, VpcIds=[vpc],
                     message=f"The vpc ID '{vpc}' does not exist")

    def test_a_range_that_is_too_large(self):
        self.refused("InvalidVpc.Range", self.ec2.create_vpc, CidrBlock="10.0.0.0/8")
        self.refused("InvalidParameterValue", self.ec2.create_vpc, CidrBlock="10.0.0/8")

    def test_what_is_in_use_stays(self):
        vpc = self.vpc()
        subnet = self.subnet(vpc)
        self.refused("DependencyViolation", self.ec2.delete_vpc, VpcId=vpc)
        self.ec2.delete_subnet(SubnetId=subnet)
        self.ec2.delete_vpc(VpcId=vpc)

    def test_attributes(self):
        vpc = self.vpc()
        self.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        answer = self.ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
        self.assertTrue(answer["EnableDnsHostnames"]["Value"])
        self.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsSupport={"Value": False})
        self.assertFalse(
            self.ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsSupport")["EnableDnsSupport"]["Value"])

    def test_subnets_do_not_overlap(self):
        vpc = self.vpc()
        self.subnet(vpc)
        self.refused("InvalidSubnet.Conflict", self.subnet, vpc, "10.9.1.128/25")
        self.refused("InvalidSubnet.Range", self.subnet, vpc, "10.10.0.0/24")

    def test_addresses_are_counted(self):
        subnet = self.subnet(self.vpc())
        self.launch(subnet)
        [found] = self.ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
        self.assertEqual(found["AvailableIpAddressCount"], 250)
        self.refused("DependencyViolation", self.ec2.delete_subnet, SubnetId=subnet)

    def test_tags(self):
        specification = [{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "lab"}]}]
        vpc = self.vpc(TagSpecifications=specification)
        [found] = self.ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["la*"]}])["Vpcs"]
        self.assertEqual((found["VpcId"], found["Tags"]), (vpc, [{"Key": "Name", "Value": "lab"}]))
        self.ec2.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "blue"}])
        told = self.ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [vpc]}])["Tags"]
        self.assertEqual([(tag["Key"], tag["ResourceType"]) for tag in told], [("Name", "vpc"), ("team", "vpc")])
        self.ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
        [found] = self.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
        self.assertEqual(found["Tags"], [{"Key": "team", "Value": "blue"}])
        self.refused("InvalidParameterValue", self.ec2.create_tags, Resources=[vpc],
                     Tags=[{"Key": "aws:x", "Value": "y"}])


class Routes(Network):
    def test_a_public_subnet_step_by_step(self):
        vpc = self.vpc()
        subnet = self.subnet(vpc)
        self.ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
        instance = self.launch(subnet)
        self.assertEqual(self.way(instance), "route.dropped.route-table")
        gateway = self.gateway(vpc)
        table = self.main_table(vpc)["RouteTableId"]
        self.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        self.assertEqual(self.way(instance), "route.arrived.internet-gateway")
        self.refused("RouteAlreadyExists", self.ec2.create_route, RouteTableId=table,
                     DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway,
                     message="The route identified by 0.0.0.0/0 already exists.")
        self.refused("DependencyViolation", self.ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=vpc)
        self.ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
        self.assertEqual(self.way(instance), "route.dropped.route-table")

    def test_an_elastic_ip_address_instead(self):
        vpc = self.vpc()
        instance = self.launch(self.subnet(vpc))
        gateway = self.gateway(vpc)
        self.ec2.create_route(RouteTableId=self.main_table(vpc)["RouteTableId"],
                              DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        self.assertEqual(self.way(instance), "route.dropped.internet-gateway")
        address = self.ec2.allocate_address(Domain="vpc")
        self.ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=instance)
        self.assertEqual(self.way(instance), "route.arrived.internet-gateway")
        [told] = self.ec2.describe_addresses(AllocationIds=[address["AllocationId"]])["Addresses"]
        self.assertEqual((told["InstanceId"], told["PublicIp"]), (instance, address["PublicIp"]))
        self.refused("InvalidIPAddress.InUse", self.ec2.release_address, AllocationId=address["AllocationId"])
        self.ec2.disassociate_address(AssociationId=told["AssociationId"])
        self.ec2.release_address(AllocationId=address["AllocationId"])
        self.refused("InvalidAllocationID.NotFound", self.ec2.describe_addresses,
                     AllocationIds=[address["AllocationId"]])

    def test_a_private_subnet_behind_a_nat_gateway(self):
        vpc = self.vpc()
        public, private = self.subnet(vpc), self.subnet(vpc, "10.9.2.0/24")
        gateway = self.gateway(vpc)
        self.ec2.create_route(RouteTableId=self.main_table(vpc)["RouteTableId"],
                              DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        address = self.ec2.allocate_address(Domain="vpc")
        nat = self.ec2.create_nat_gateway(SubnetId=public, AllocationId=address["AllocationId"])["NatGateway"]
        self.assertEqual((nat["State"], nat["VpcId"]), ("pending", vpc))
        self.advance(60)
        [told] = self.ec2.describe_nat_gateways(NatGatewayIds=[nat["NatGatewayId"]])["NatGateways"]
        self.assertEqual((told["State"], told["NatGatewayAddresses"][0]["PublicIp"]),
                         ("available", address["PublicIp"]))
        table = self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        self.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat["NatGatewayId"])
        association = self.ec2.associate_route_table(RouteTableId=table, SubnetId=private)["AssociationId"]
        instance = self.launch(private)
        self.assertEqual(self.way(instance), "route.arrived.nat-gateway")
        self.refused("DependencyViolation", self.ec2.delete_route_table, RouteTableId=table)
        self.ec2.delete_nat_gateway(NatGatewayId=nat["NatGatewayId"])
        [told] = self.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        self.assertEqual([route["State"] for route in told["Routes"]], ["active", "blackhole"])
        self.ec2.disassociate_route_table(AssociationId=association)
        self.ec2.delete_route_table(RouteTableId=table)

    def test_another_main_table(self):
        vpc = self.vpc()
        table = self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        [association] = self.main_table(vpc)["Associations"]
        self.ec2.replace_route_table_association(
            AssociationId=association["RouteTableAssociationId"], RouteTableId=table)
        self.assertEqual(self.main_table(vpc)["RouteTableId"], table)

    def test_a_gateway_of_another_vpc(self):
        gateway = self.gateway(self.vpc())
        other = self.main_table(self.vpc("10.8.0.0/16"))["RouteTableId"]
        self.refused("InvalidParameterValue", self.ec2.create_route, RouteTableId=other,
                     DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)

    def test_one_gateway_for_a_vpc(self):
        vpc = self.vpc()
        gateway = self.gateway(vpc)
        self.refused("Resource.AlreadyAssociated", self.ec2.attach_internet_gateway,
                     InternetGatewayId=gateway, VpcId=vpc)
        self.refused("DependencyViolation", self.ec2.delete_internet_gateway, InternetGatewayId=gateway)
        self.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        self.ec2.delete_internet_gateway(InternetGatewayId=gateway)


class Endpoints(Network):
    def setUp(self):
        super().setUp()
        self.vpc_id = self.vpc()
        self.subnet_id = self.subnet(self.vpc_id)
        self.instance = self.launch(self.subnet_id, IamInstanceProfile={"Name": "app"})

    def gateway_endpoint(self, **parameters):
        answer = self.ec2.create_vpc_endpoint(
            VpcId=self.vpc_id, ServiceName="com.amazonaws.us-east-1.s3",
            RouteTableIds=[self.main_table(self.vpc_id)["RouteTableId"]], **parameters)
        return answer["VpcEndpoint"]

    def test_a_gateway_endpoint(self):
        self.assertEqual(self.way(self.instance, "s3"), "route.dropped.route-table")
        made = self.gateway_endpoint()
        self.assertEqual((made["State"], made["VpcEndpointType"]), ("available", "Gateway"))
        self.assertEqual(self.way(self.instance, "s3"), "route.arrived.gateway-endpoint")
        routes = self.main_table(self.vpc_id)["Routes"]
        self.assertIn(("pl-63a5400a", made["VpcEndpointId"]),
                      [(route.get("DestinationPrefixListId"), route["GatewayId"]) for route in routes])
        self.ec2.delete_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])
        self.assertEqual(self.way(self.instance, "s3"), "route.dropped.route-table")

    def test_its_policy_decides(self):
        nothing = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Principal": "*", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
            {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
        made = self.gateway_endpoint(PolicyDocument=json.dumps(nothing))
        self.endpoint.ask("POST", "/from", {"host": self.instance})
        carol = self.client("s3", "carol")
        response = self.refused("AccessDenied", carol.list_buckets)
        self.assertIn("with an explicit deny in a VPC endpoint policy", response["Error"]["Message"])
        self.ec2_from_outside().modify_vpc_endpoint(VpcEndpointId=made["VpcEndpointId"], ResetPolicy=True)
        self.endpoint.ask("POST", "/from", {"host": self.instance})
        carol.list_buckets()
        self.assertEqual(self.step("authorize")["evidence"]["context"]["aws:SourceVpce"]["values"],
                         [made["VpcEndpointId"]])

    def ec2_from_outside(self):
        self.endpoint.ask("POST", "/from", {"host": None})
        return self.ec2

    def test_the_policy_is_told(self):
        allow = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [f"arn:aws:s3:::{BUCKET}/*"]}]}
        made = self.gateway_endpoint(PolicyDocument=json.dumps(allow))
        [told] = self.ec2.describe_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["VpcEndpoints"]
        self.assertEqual(json.loads(told["PolicyDocument"])["Statement"][0]["Action"], ["s3:GetObject"])
        self.refused("InvalidPolicyDocument", self.ec2.modify_vpc_endpoint,
                     VpcEndpointId=made["VpcEndpointId"], PolicyDocument="{}")

    def test_an_interface_endpoint(self):
        parameters = {"VpcId": self.vpc_id, "ServiceName": "com.amazonaws.us-east-1.sts",
                      "VpcEndpointType": "Interface", "SubnetIds": [self.subnet_id]}
        self.refused("InvalidParameter", self.ec2.create_vpc_endpoint, **parameters)
        self.ec2.modify_vpc_attribute(VpcId=self.vpc_id, EnableDnsHostnames={"Value": True})
        made = self.ec2.create_vpc_endpoint(**parameters)["VpcEndpoint"]
        self.assertEqual(made["State"], "pending")
        self.assertEqual(self.way(self.instance), "route.arrived.interface-endpoint")

    def test_a_service_without_gateway_endpoints(self):
        self.refused("InvalidParameter", self.ec2.create_vpc_endpoint, VpcId=self.vpc_id,
                     ServiceName="com.amazonaws.us-east-1.sts")
        self.refused("InvalidServiceName", self.ec2.create_vpc_endpoint, VpcId=self.vpc_id, ServiceName="s3")


class SecurityGroups(Network):
    def group(self, name="web", **parameters):
        return self.ec2.create_security_group(GroupName=name, Description="for the test", **parameters)["GroupId"]

    def test_create_describe_delete(self):
        group = self.group()
        [told] = self.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
        self.assertEqual((told["GroupName"], told["Description"], told["IpPermissions"]), ("web", "for the test", []))
        self.assertEqual(told["IpPermissionsEgress"][0]["IpProtocol"], "-1")
        self.refused("InvalidGroup.Duplicate", self.group)
        self.ec2.delete_security_group(GroupId=group)
        self.refused("InvalidGroup.NotFound", self.ec2.describe_security_groups, GroupIds=[group])

    def test_rules(self):
        group = self.group()
        rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
                "IpRanges": [{"CidrIp": "203.0.113.0/24", "Description": "office"}]}
        [made] = self.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])["SecurityGroupRules"]
        self.assertEqual((made["CidrIpv4"], made["Description"], made["IsEgress"]),
                         ("203.0.113.0/24", "office", False))
        self.refused(
            "InvalidPermission.Duplicate", self.ec2.authorize_security_group_ingress, GroupId=group,
            IpPermissions=[rule], message='the specified rule "peer: 203.0.113.0/24, TCP, from port: 22, to port: 22, '
            'ALLOW" already exists')
        self.ec2.authorize_security_group_ingress(
            GroupId=group, IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="0.0.0.0/0")
        [told] = self.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
        self.assertEqual([each["FromPort"] for each in told["IpPermissions"]], [22, 443])
        self.ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[made["SecurityGroupRuleId"]])
        self.refused("InvalidPermission.NotFound", self.ec2.revoke_security_group_ingress, GroupId=group,
                     IpPermissions=[rule])
        rules = self.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
        self.assertEqual(sorted(each["IsEgress"] for each in rules["SecurityGroupRules"]), [False, True])

    def test_without_egress_nothing_leaves(self):
        group = self.group()
        [default] = [s for s in self.ec2.describe_subnets(
            Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"] if s["AvailabilityZone"][-1] == "a"]
        instance = self.launch(default["SubnetId"], SecurityGroupIds=[group])
        self.assertEqual(self.way(instance), "route.arrived.internet-gateway")
        everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[everything])
        self.assertEqual(self.way(instance), "route.dropped.security-group")
        self.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        self.assertEqual(self.way(instance), "route.arrived.internet-gateway")
        self.refused("DependencyViolation", self.ec2.delete_security_group, GroupId=group)

    def test_the_default_group_stays(self):
        [group] = self.ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc()]}])["SecurityGroups"]
        self.refused("CannotDelete", self.ec2.delete_security_group, GroupId=group["GroupId"])

    def test_of_another_vpc(self):
        group = self.group(VpcId=self.vpc())
        self.refused("InvalidParameter", self.launch, self.subnet(self.vpc("10.8.0.0/16"), "10.8.1.0/24"),
                     SecurityGroupIds=[group])


class Everywhere(Network):
    def test_regions_and_zones(self):
        names = [region["RegionName"] for region in self.ec2.describe_regions()["Regions"]]
        self.assertIn("ap-northeast-2", names)
        zones = self.client("ec2", "root", region="ap-northeast-2").describe_availability_zones()["AvailabilityZones"]
        self.assertEqual([(zone["ZoneName"], zone["ZoneId"]) for zone in zones][0], ("ap-northeast-2a", "apne2-az1"))

    def test_prefix_lists_and_images(self):
        [found] = self.ec2.describe_prefix_lists()["PrefixLists"]
        self.assertEqual((found["PrefixListId"], found["PrefixListName"]), ("pl-63a5400a", "com.amazonaws.us-east-1.s3"))
        [image] = self.ec2.describe_images(ImageIds=[IMAGE])["Images"]
        self.assertEqual(image["State"], "available")
        self.refused("InvalidAMIID.Malformed", self.ec2.describe_images, ImageIds=["ami-x"])

    def test_permissions_on_resources(self):
        vpc = self.vpc()
        response = self.refused("UnauthorizedOperation", self.client("ec2", "alice").create_subnet,
                                VpcId=vpc, CidrBlock="10.9.1.0/24")
        self.assertIn(f"ec2:CreateSubnet on resource: arn:aws:ec2:us-east-1:{MAIN}:subnet/*",
                      response["Error"]["Message"])
