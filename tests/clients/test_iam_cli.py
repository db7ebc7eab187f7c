"""The aws CLI: a role for an instance, in the commands that tutorials give, one after the other."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from sandbox import MAIN, TestCase

AWS = str(pathlib.Path(sys.executable).parent / "aws")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
ACCESS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}]}


class Tutorial(TestCase):
    def aws(self, *arguments, exit_code=0):
        key = self.root()
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint.url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_ACCESS_KEY_ID": key["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": key["aws_secret_access_key"],
        }
        done = subprocess.run([AWS, *arguments], env=environment, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, exit_code, done.stdout + done.stderr)
        text = done.stdout if exit_code == 0 else done.stderr
        return json.loads(text) if text.startswith("{") else text

    def test_a_role_for_an_instance(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, document in [("trust", TRUST), ("access", ACCESS)]:
                pathlib.Path(folder, f"{name}.json").write_text(json.dumps(document))
            trust, access = f"file://{folder}/trust.json", f"file://{folder}/access.json"
            named = ("iam", "create-role", "--role-name", "s3access")
            role = self.aws(*named, "--assume-role-policy-document", trust)["Role"]
            self.assertEqual((role["Arn"], role["AssumeRolePolicyDocument"]), (f"arn:aws:iam::{MAIN}:role/s3access", TRUST))
            text = self.aws(*named, "--assume-role-policy-document", trust, exit_code=255)
            self.assertIn("(EntityAlreadyExists) when calling the CreateRole operation: Role with name s3access", text)
            policy = ("--policy-name", "S3-Permissions", "--policy-document", access)
            self.assertEqual(self.aws("iam", "put-role-policy", "--role-name", "s3access", *policy), "")
        profile = ("--instance-profile-name", "s3access-profile")
        made = self.aws("iam", "create-instance-profile", *profile)["InstanceProfile"]
        self.assertEqual(made["Roles"], [])
        add = ("iam", "add-role-to-instance-profile", *profile, "--role-name")
        self.assertEqual(self.aws(*add, "s3access"), "")
        text = self.aws(*add, "reader", exit_code=255)
        self.assertIn("(LimitExceeded)", text)
        told = self.aws("iam", "get-instance-profile", *profile, "--query", "InstanceProfile.Roles[].RoleName", "--output", "text")
        self.assertEqual(told, "s3access\n")
        run = ("ec2", "run-instances", "--image-id", "ami-0123456789abcdef0", "--iam-instance-profile", "Name=s3access-profile")
        instance = self.aws(*run)["Instances"][0]
        self.assertTrue(instance["IamInstanceProfile"]["Arn"].endswith(":instance-profile/s3access-profile"))
