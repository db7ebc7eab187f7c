"""EC2's instances and their instance profiles with boto3."""

import json
import urllib.error
import urllib.request

from sandbox import MAIN, TestCase

IMAGE = "ami-11aa22bb"
PROFILE = f"arn:aws:iam::{MAIN}:instance-profile/app"


class Ec2Test(TestCase):
    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2", "root")

    def launch(self, count=1, **parameters):
        answer = self.ec2.run_instances(ImageId=IMAGE, MinCount=count, MaxCount=count, **parameters)
        return [instance["InstanceId"] for instance in answer["Instances"]]

    def one(self, instance):
        answer = self.ec2.describe_instances(InstanceIds=[instance])
        return answer["Reservations"][0]["Instances"][0]

    def advance(self, seconds):
        self.endpoint.ask("POST", "/clock/advance", {"seconds": seconds})

    def metadata(self, instance, path):
        base = f"{self.endpoint.imds}/{instance}/latest/"
        request = urllib.request.Request(
            base + "api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}, method="PUT"
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            token = response.read().decode()
        request = urllib.request.Request(base + path, headers={"X-aws-ec2-metadata-token": token})
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.read().decode()


class Instances(Ec2Test):
    def test_run_answers_a_pending_instance_with_its_profile(self):
        answer = self.ec2.run_instances(
            ImageId=IMAGE, MinCount=1, MaxCount=1, IamInstanceProfile={"Name": "app"}, InstanceType="t3.micro"
        )
        instance = answer["Instances"][0]
        self.assertRegex(instance["InstanceId"], "^i-0[0-9a-f]{16}$")
        self.assertEqual(instance["State"], {"Code": 0, "Name": "pending"})
        self.assertEqual(instance["IamInstanceProfile"]["Arn"], PROFILE)
        self.assertRegex(instance["IamInstanceProfile"]["Id"], "^AIPA")
        self.assertRegex(answer["ReservationId"], "^r-")
        self.assertEqual(answer["OwnerId"], MAIN)

    def test_run_by_arn(self):
        [instance] = self.launch(IamInstanceProfile={"Arn": PROFILE})
        self.assertEqual(self.one(instance)["IamInstanceProfile"]["Arn"], PROFILE)

    def test_several_are_one_reservation(self):
        ids = self.launch(3)
        self.assertEqual(len(set(ids)), 3)
        found = self.ec2.describe_instances(InstanceIds=ids)["Reservations"]
        self.assertEqual([len(reservation["Instances"]) for reservation in found], [3])
        self.assertEqual(sorted(i["AmiLaunchIndex"] for i in found[0]["Instances"]), [0, 1, 2])

    def test_it_runs_after_a_while(self):
        [instance] = self.launch()
        self.advance(60)
        self.assertEqual(self.one(instance)["State"], {"Code": 16, "Name": "running"})
        self.ec2.get_waiter("instance_running").wait(InstanceIds=[instance])

    def test_the_metadata_service_serves_the_newest(self):
        [instance] = self.launch()
        with urllib.request.urlopen(f"{self.endpoint.imds}/latest/meta-data/instance-id", timeout=20) as answer:
            self.assertEqual(answer.read().decode(), instance)

    def test_it_is_the_role(self):
        [instance] = self.launch(IamInstanceProfile={"Name": "app"})
        self.assertEqual(self.metadata(instance, "meta-data/iam/security-credentials/"), "app")
        found = json.loads(self.metadata(instance, "meta-data/iam/security-credentials/app"))
        keys = {
            "aws_access_key_id": found["AccessKeyId"],
            "aws_secret_access_key": found["SecretAccessKey"],
            "aws_session_token": found["Token"],
        }
        arn = self.client("sts", keys).get_caller_identity()["Arn"]
        self.assertEqual(arn, f"arn:aws:sts::{MAIN}:assumed-role/app/{instance}")

    def test_requests_may_come_from_it(self):
        [instance] = self.launch()
        self.assertEqual(self.endpoint.ask("POST", "/from", {"host": instance})[0], 200)
        self.client("sts", "root").get_caller_identity()
        self.assertEqual(self.trace()["host"], instance)

    def test_user_data_and_tags_reach_the_metadata(self):
        [instance] = self.launch(
            UserData="#!/bin/sh\necho hello\n",
            MetadataOptions={"InstanceMetadataTags": "enabled", "HttpTokens": "required"},
            TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}],
        )
        self.assertEqual(self.metadata(instance, "user-data"), "#!/bin/sh\necho hello\n")
        self.assertEqual(self.metadata(instance, "meta-data/tags/instance/Name"), "web")
        self.assertEqual(self.one(instance)["Tags"], [{"Key": "Name", "Value": "web"}])

    def test_user_data_is_limited(self):
        self.refused(
            "InvalidParameterValue",
            self.ec2.run_instances,
            ImageId=IMAGE,
            MinCount=1,
            MaxCount=1,
            UserData="x" * 16385,
            message="User data is limited to 16384 bytes",
        )

    def test_the_same_token_launches_once(self):
        first = self.launch(ClientToken="token")
        self.assertEqual(self.launch(ClientToken="token"), first)

    def test_a_profile_that_is_not_there(self):
        self.refused(
            "InvalidParameterValue",
            self.launch,
            IamInstanceProfile={"Name": "reader"},
            status=400,
            message="Value (reader) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
        )

    def test_stop_and_start_changes_the_public_address(self):
        [instance] = self.launch()
        self.advance(60)
        before = self.one(instance)
        change = self.ec2.stop_instances(InstanceIds=[instance])["StoppingInstances"][0]
        self.assertEqual((change["PreviousState"]["Name"], change["CurrentState"]["Name"]), ("running", "stopping"))
        self.advance(60)
        self.assertNotIn("PublicIpAddress", self.one(instance))
        self.ec2.start_instances(InstanceIds=[instance])
        after = self.one(instance)
        self.assertNotEqual(after["PublicIpAddress"], before["PublicIpAddress"])
        self.assertEqual(after["PrivateIpAddress"], before["PrivateIpAddress"])

    def test_a_stopped_instance_has_no_metadata_service(self):
        [instance] = self.launch()
        self.ec2.stop_instances(InstanceIds=[instance])
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.metadata(instance, "meta-data/instance-id")
        caught.exception.close()
        self.assertEqual(caught.exception.code, 404)

    def test_terminate(self):
        [instance] = self.launch(IamInstanceProfile={"Name": "app"})
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.advance(60)
        self.assertEqual(self.one(instance)["State"]["Name"], "terminated")
        self.assertEqual(self.ec2.describe_iam_instance_profile_associations(
            Filters=[{"Name": "instance-id", "Values": [instance]}])["IamInstanceProfileAssociations"], [])
        self.assertEqual(self.endpoint.ask("POST", "/from", {"host": instance})[0], 404)

    def test_starting_what_is_terminated(self):
        [instance] = self.launch()
        self.ec2.terminate_instances(InstanceIds=[instance])
        self.refused("IncorrectInstanceState", self.ec2.start_instances, InstanceIds=[instance])

    def test_filters_and_pages(self):
        self.launch(6, TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}]}])
        pages = self.ec2.get_paginator("describe_instances").paginate(
            Filters=[{"Name": "tag:a", "Values": ["1"]}], PaginationConfig={"PageSize": 5}
        )
        found = [i["InstanceId"] for page in pages for r in page["Reservations"] for i in r["Instances"]]
        self.assertEqual(len(set(found)), 6)

    def test_metadata_options(self):
        [instance] = self.launch()
        changed = self.ec2.modify_instance_metadata_options(
            InstanceId=instance, HttpTokens="required", HttpPutResponseHopLimit=2
        )["InstanceMetadataOptions"]
        self.assertEqual((changed["HttpTokens"], changed["HttpPutResponseHopLimit"]), ("required", 2))
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{self.endpoint.imds}/{instance}/latest/meta-data/instance-id", timeout=20)
        caught.exception.close()
        self.assertEqual(caught.exception.code, 401)

    def test_attributes(self):
        [instance] = self.launch(UserData="echo")
        told = self.ec2.describe_instance_attribute(InstanceId=instance, Attribute="userData")
        self.assertEqual(told["UserData"]["Value"], "ZWNobw==")
        self.refused("IncorrectInstanceState", self.ec2.modify_instance_attribute, InstanceId=instance,
                     InstanceType={"Value": "t3.large"})
        self.ec2.stop_instances(InstanceIds=[instance])
        self.ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": "t3.large"})
        self.assertEqual(self.one(instance)["InstanceType"], "t3.large")

    def test_other_security_groups(self):
        [instance] = self.launch()
        group = self.ec2.create_security_group(GroupName="web", Description="for the test")["GroupId"]
        self.ec2.modify_instance_attribute(InstanceId=instance, Groups=[group])
        self.assertEqual([each["GroupId"] for each in self.one(instance)["SecurityGroups"]], [group])

    def test_status_checks(self):
        [instance] = self.launch()
        self.assertEqual(self.ec2.describe_instance_status(InstanceIds=[instance])["InstanceStatuses"], [])
        self.advance(120)
        self.ec2.get_waiter("instance_status_ok").wait(InstanceIds=[instance])
        self.ec2.reboot_instances(InstanceIds=[instance])
        self.ec2.stop_instances(InstanceIds=[instance])
        [told] = self.ec2.describe_instance_status(InstanceIds=[instance], IncludeAllInstances=True)["InstanceStatuses"]
        self.assertEqual(told["InstanceStatus"]["Status"], "not-applicable")

    def test_dry_run(self):
        self.refused("DryRunOperation", self.launch, DryRun=True, status=412)

    def test_not_authorized(self):
        response = self.refused(
            "UnauthorizedOperation", self.client("ec2", "alice").run_instances,
            ImageId=IMAGE, MinCount=1, MaxCount=1, status=403,
        )
        self.assertIn("ec2:RunInstances on resource: arn:aws:ec2:us-east-1:", response["Error"]["Message"])
        self.assertIn("Encoded authorization failure message: ", response["Error"]["Message"])

    def test_the_encoded_message_decodes(self):
        response = self.refused(
            "UnauthorizedOperation", self.client("ec2", "alice").stop_instances,
            InstanceIds=["i-0123456789abcdef0"], status=403,
        )
        encoded = response["Error"]["Message"].rsplit(" ", 1)[1]
        decoded = self.client("sts", "root").decode_authorization_message(EncodedMessage=encoded)
        told = json.loads(decoded["DecodedMessage"])
        self.assertEqual((told["allowed"], told["explicitDeny"]), (False, False))
        self.assertEqual(told["context"]["action"], "ec2:StopInstances")
        self.assertIn("user/alice", told["context"]["principal"]["arn"])

    def test_a_listing_is_refused_without_it(self):
        response = self.refused("UnauthorizedOperation", self.client("ec2", "alice").describe_instances)
        self.assertNotIn("Encoded", response["Error"]["Message"])

    def test_an_unknown_key(self):
        unknown = {"aws_access_key_id": "AKIAAAAAAAAAAAAAAAAA", "aws_secret_access_key": "x"}
        self.refused("AuthFailure", self.client("ec2", unknown).describe_instances, status=401)

    def test_another_region_is_empty(self):
        elsewhere = self.client("ec2", "root", region="eu-west-1")
        self.assertEqual(elsewhere.describe_instances()["Reservations"], [])
        self.refused("UnsupportedOperation", elsewhere.run_instances, ImageId=IMAGE, MinCount=1, MaxCount=1)

    def test_what_is_not_modelled_says_so(self):
        self.refused("InvalidAction", self.ec2.describe_spot_price_history)
        self.refused("UnknownParameter", self.launch, Placement={"Tenancy": "host"})
        self.assertEqual(self.step("respond")["code"], "respond.not-modelled")


class Associations(Ec2Test):
    """The states of an association of instance and profile."""

    def of(self, instance):
        return self.ec2.describe_iam_instance_profile_associations(
            Filters=[{"Name": "instance-id", "Values": [instance]}]
        )["IamInstanceProfileAssociations"]

    def test_associate_describe_disassociate(self):
        [instance] = self.launch()
        begun = self.ec2.associate_iam_instance_profile(InstanceId=instance, IamInstanceProfile={"Name": "app"})
        begun = begun["IamInstanceProfileAssociation"]
        self.assertEqual((begun["State"], begun["InstanceId"]), ("associating", instance))
        self.assertRegex(begun["AssociationId"], "^iip-assoc-0")
        self.advance(5)
        self.assertEqual([(one["State"], one["AssociationId"]) for one in self.of(instance)],
                         [("associated", begun["AssociationId"])])
        ended = self.ec2.disassociate_iam_instance_profile(AssociationId=begun["AssociationId"])
        self.assertEqual(ended["IamInstanceProfileAssociation"]["State"], "disassociating")
        self.advance(5)
        self.assertEqual(self.of(instance), [])
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.metadata(instance, "meta-data/iam/info")
        caught.exception.close()

    def test_a_second_association(self):
        [instance] = self.launch(IamInstanceProfile={"Name": "app"})
        self.refused("IncorrectState", self.ec2.associate_iam_instance_profile, InstanceId=instance,
                     IamInstanceProfile={"Name": "app"},
                     message=f"There is an existing association for instance {instance}")

    def test_an_association_that_is_not_there(self):
        self.refused("InvalidAssociationID.NotFound", self.ec2.disassociate_iam_instance_profile,
                     AssociationId="iip-assoc-00000000000000000")

    def test_replace_changes_the_role_and_leaves_sessions(self):
        iam = self.client("iam", "root")
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        iam.create_role(RoleName="second", AssumeRolePolicyDocument=json.dumps(trust))
        iam.create_instance_profile(InstanceProfileName="second-profile")
        iam.add_role_to_instance_profile(InstanceProfileName="second-profile", RoleName="second")
        [instance] = self.launch(IamInstanceProfile={"Name": "app"})
        old = json.loads(self.metadata(instance, "meta-data/iam/security-credentials/app"))
        [association] = self.of(instance)
        replaced = self.ec2.replace_iam_instance_profile_association(
            AssociationId=association["AssociationId"], IamInstanceProfile={"Name": "second-profile"}
        )["IamInstanceProfileAssociation"]
        self.assertEqual(replaced["State"], "associating")
        self.assertNotEqual(replaced["AssociationId"], association["AssociationId"])
        self.assertEqual(self.metadata(instance, "meta-data/iam/security-credentials/"), "second")
        new = json.loads(self.metadata(instance, "meta-data/iam/security-credentials/second"))
        for found, role in ((old, "app"), (new, "second")):
            keys = {"aws_access_key_id": found["AccessKeyId"], "aws_secret_access_key": found["SecretAccessKey"],
                    "aws_session_token": found["Token"]}
            arn = self.client("sts", keys).get_caller_identity()["Arn"]
            self.assertEqual(arn, f"arn:aws:sts::{MAIN}:assumed-role/{role}/{instance}")
