"""The walk-through of AWS's guide to IAM roles for EC2, command by command, with the aws CLI.

AWS page: EC2 User Guide, "IAM roles for Amazon EC2" (create a role and an instance profile, launch, attach, detach,
replace).
"""

import json
import os
import pathlib
import subprocess
import tempfile
import urllib.error
import urllib.request

from sandbox import BUCKET, MAIN, TestCase
from test_cli import AWS

TRUST = """{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow",
"Principal": { "Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole" } ] }"""
ACCESS = """{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"] } ] }"""
PASS = """{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "ec2:RunInstances",
"ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation" ], "Resource": "*" },
{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" } ] }"""


class IamRolesForEc2(TestCase):
    def setUp(self):
        super().setUp()
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.who = self.root()

    def write(self, name, text):
        pathlib.Path(self.folder.name, name).write_text(text)

    def aws(self, command, fails=None):
        """A command line of the guide; its JSON, or what it complains."""
        environment = dict(
            os.environ,
            AWS_ENDPOINT_URL=self.endpoint.url,
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ACCESS_KEY_ID=self.who["aws_access_key_id"],
            AWS_SECRET_ACCESS_KEY=self.who["aws_secret_access_key"],
            AWS_MAX_ATTEMPTS="1",
        )
        done = subprocess.run(
            [AWS, *command.split()], env=environment, cwd=self.folder.name, capture_output=True, text=True, timeout=60
        )
        if fails:
            self.assertNotEqual(done.returncode, 0, command)
            self.assertIn(fails, done.stderr)
            return done.stderr
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def metadata(self, instance, path):
        with urllib.request.urlopen(f"{self.endpoint.imds}/{instance}/latest/meta-data/{path}", timeout=20) as answer:
            return answer.read().decode()

    def make_profile(self):
        self.write("ec2-role-trust-policy.json", TRUST)
        self.write("ec2-role-access-policy.json", ACCESS)
        made = self.aws("iam create-role --role-name s3access"
                        " --assume-role-policy-document file://ec2-role-trust-policy.json")
        self.assertEqual(made["Role"]["Arn"], f"arn:aws:iam::{MAIN}:role/s3access")
        self.assertEqual(made["Role"]["AssumeRolePolicyDocument"], json.loads(TRUST))
        self.aws("iam put-role-policy --role-name s3access --policy-name S3-Permissions"
                 " --policy-document file://ec2-role-access-policy.json")
        made = self.aws("iam create-instance-profile --instance-profile-name s3access-profile")
        self.assertEqual(made["InstanceProfile"]["Roles"], [])
        self.aws("iam add-role-to-instance-profile --instance-profile-name s3access-profile --role-name s3access")

    def test_the_whole_way(self):
        self.make_profile()
        self.aws("iam add-role-to-instance-profile --instance-profile-name s3access-profile --role-name reader",
                 fails="(LimitExceeded)")
        command = "ec2 run-instances --image-id ami-11aa22bb --iam-instance-profile Name=s3access-profile"
        self.aws(f"{command} --key-name my-key-pair --security-groups my-security-group --subnet-id subnet-1a2b3c4d",
                 fails="InvalidParameterCombination")
        ec2 = self.client("ec2", "root")
        subnet = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"][0]
        group = ec2.create_security_group(GroupName="my-security-group", Description="ssh", VpcId=subnet["VpcId"])
        launched = self.aws(f"{command} --key-name my-key-pair --security-group-ids {group['GroupId']}"
                            f" --subnet-id {subnet['SubnetId']}")["Instances"][0]
        instance = launched["InstanceId"]
        self.assertEqual(launched["KeyName"], "my-key-pair")
        self.assertEqual(self.metadata(instance, "iam/security-credentials/"), "s3access")
        found = json.loads(self.metadata(instance, "iam/security-credentials/s3access"))
        self.assertEqual((found["Code"], found["Type"]), ("Success", "AWS-HMAC"))
        keys = {"aws_access_key_id": found["AccessKeyId"], "aws_secret_access_key": found["SecretAccessKey"],
                "aws_session_token": found["Token"]}
        body = self.client("s3", keys).get_object(Bucket=BUCKET, Key="hello.txt")["Body"].read()
        self.assertEqual(body, b"Hello from S3\n")

    def test_attach_detach_replace(self):
        ec2 = self.client("ec2", "root")
        for name in ("TestRole-1", "TestRole-2"):
            iam = self.client("iam", "root")
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
            iam.create_instance_profile(InstanceProfileName=name)
            iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
        instance = ec2.run_instances(ImageId="ami-11aa22bb", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        listed = self.aws("ec2 describe-instances")
        self.assertIn(instance, [one["InstanceId"] for group in listed["Reservations"] for one in group["Instances"]])
        begun = self.aws(f"ec2 associate-iam-instance-profile --instance-id {instance}"
                         " --iam-instance-profile Name=TestRole-1")["IamInstanceProfileAssociation"]
        self.assertEqual((begun["InstanceId"], begun["State"]), (instance, "associating"))
        self.assertEqual(begun["IamInstanceProfile"]["Arn"], f"arn:aws:iam::{MAIN}:instance-profile/TestRole-1")
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 10})
        listed = self.aws("ec2 describe-iam-instance-profile-associations")["IamInstanceProfileAssociations"]
        states = {one["InstanceId"]: (one["AssociationId"], one["State"]) for one in listed}
        self.assertEqual(states[instance], (begun["AssociationId"], "associated"))
        replaced = self.aws(f"ec2 replace-iam-instance-profile-association --association-id {begun['AssociationId']}"
                            " --iam-instance-profile Name=TestRole-2")["IamInstanceProfileAssociation"]
        self.assertEqual(replaced["State"], "associating")
        self.assertNotEqual(replaced["AssociationId"], begun["AssociationId"])
        self.assertEqual(self.metadata(instance, "iam/security-credentials/"), "TestRole-2")
        ended = self.aws("ec2 disassociate-iam-instance-profile"
                         f" --association-id {replaced['AssociationId']}")["IamInstanceProfileAssociation"]
        self.assertEqual((ended["AssociationId"], ended["State"]), (replaced["AssociationId"], "disassociating"))
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.metadata(instance, "iam/security-credentials/")
        caught.exception.close()
        self.assertEqual(caught.exception.code, 404)

    def test_a_user_who_may_pass_the_role(self):
        iam = self.client("iam", "root")
        iam.create_user(UserName="launcher")
        iam.put_user_policy(UserName="launcher", PolicyName="pass", PolicyDocument=PASS)
        key = iam.create_access_key(UserName="launcher")["AccessKey"]
        self.who = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        command = "ec2 run-instances --image-id ami-11aa22bb --iam-instance-profile Name=app"
        launched = self.aws(command)["Instances"][0]
        self.assertEqual(launched["IamInstanceProfile"]["Arn"], f"arn:aws:iam::{MAIN}:instance-profile/app")
        narrowed = json.loads(PASS)
        narrowed["Statement"][1]["Resource"] = f"arn:aws:iam::{MAIN}:role/reader"
        iam.put_user_policy(UserName="launcher", PolicyName="pass", PolicyDocument=json.dumps(narrowed))
        told = self.aws(command, fails="(UnauthorizedOperation)")
        self.assertIn(f"iam:PassRole on resource: arn:aws:iam::{MAIN}:role/app", told)
