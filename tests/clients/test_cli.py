"""The aws CLI (version 1, from PyPI) against the endpoint."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from sandbox import BUCKET, MAIN, TestCase, keys

AWS = str(pathlib.Path(sys.executable).parent / "aws")


class CommandLine(TestCase):
    def aws(self, *arguments, who="alice", exit_code=0, **variables):
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint.url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            **variables,
        }
        if who is not None:
            key = keys(who)
            environment["AWS_ACCESS_KEY_ID"] = key["aws_access_key_id"]
            environment["AWS_SECRET_ACCESS_KEY"] = key["aws_secret_access_key"]
        done = subprocess.run([AWS, *arguments], env=environment, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, exit_code, done.stdout + done.stderr)
        return done.stdout if exit_code == 0 else done.stderr

    def test_get_caller_identity(self):
        answer = json.loads(self.aws("sts", "get-caller-identity"))
        self.assertEqual(answer["Arn"], f"arn:aws:iam::{MAIN}:user/alice")

    def test_assume_role(self):
        role = f"arn:aws:iam::{MAIN}:role/partners/partner"
        command = ["sts", "assume-role", "--role-arn", role, "--role-session-name", "cli", "--output", "text"]
        query = ["--query", "AssumedRoleUser.Arn", "--external-id", "partner-42"]
        self.assertEqual(self.aws(*command, *query), f"arn:aws:sts::{MAIN}:assumed-role/partner/cli\n")

    def test_list_buckets(self):
        lines = self.aws("s3", "ls").splitlines()
        self.assertEqual([line.split()[-1] for line in lines], ["client-public-bucket", BUCKET])

    def test_list_objects(self):
        text = self.aws("s3", "ls", f"s3://{BUCKET}/")
        self.assertIn("PRE logs/\n", text)
        self.assertIn("14 hello.txt\n", text)

    def test_list_denied(self):
        text = self.aws("s3", "ls", who="bob", exit_code=255)
        self.assertIn("(AccessDenied) when calling the ListBuckets operation: User: arn:aws:iam", text)

    def test_copy_down(self):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder, "hello.txt")
            self.aws("s3", "cp", f"s3://{BUCKET}/hello.txt", str(target))
            self.assertEqual(target.read_text(), "Hello from S3\n")

    def test_copy_to_standard_output(self):
        self.assertEqual(self.aws("s3", "cp", f"s3://{BUCKET}/hello.txt", "-"), "Hello from S3\n")

    def test_copy_denied(self):
        text = self.aws("s3", "cp", f"s3://{BUCKET}/logs/2026-01.csv", "-", who="bob", exit_code=1)
        self.assertIn("An error occurred (403) when calling the HeadObject operation: Forbidden", text)

    def test_remove(self):
        self.aws("s3", "rm", f"s3://{BUCKET}/hello.txt", who="carol")
        text = self.aws("s3api", "head-object", "--bucket", BUCKET, "--key", "hello.txt", exit_code=255)
        self.assertIn("(404)", text)

    def test_copy_up(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "up.txt")
            source.write_text("from below\n")
            self.aws("s3", "cp", str(source), f"s3://{BUCKET}/up.txt", who="carol")
            self.assertEqual(self.aws("s3", "cp", f"s3://{BUCKET}/up.txt", "-"), "from below\n")

    def test_copy_up_denied(self):
        with tempfile.NamedTemporaryFile("w") as source:
            text = self.aws("s3", "cp", source.name, f"s3://{BUCKET}/up.txt", exit_code=1)
        self.assertIn("(AccessDenied) when calling the PutObject operation: User: arn:aws:iam", text)

    def test_copy_between_keys_and_move(self):
        self.aws("s3", "cp", f"s3://{BUCKET}/hello.txt", f"s3://{BUCKET}/copy.txt", who="carol")
        self.aws("s3", "mv", f"s3://{BUCKET}/copy.txt", f"s3://{BUCKET}/moved.txt", who="carol")
        self.assertEqual(self.aws("s3", "cp", f"s3://{BUCKET}/moved.txt", "-"), "Hello from S3\n")

    def test_make_and_remove_bucket(self):
        name = "s3://client-made-bucket"
        self.assertEqual(self.aws("s3", "mb", name, who="carol"), "make_bucket: client-made-bucket\n")
        self.aws("s3", "rb", name, who="carol")
        text = self.aws("s3", "rb", f"s3://{BUCKET}", who="carol", exit_code=1)
        self.assertIn("(BucketNotEmpty) when calling the DeleteBucket operation", text)

    def test_bucket_policy_round_trip(self):
        policy = json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": f"arn:aws:iam::{MAIN}:user/bob"},
                        "Action": "s3:ListBucket",
                        "Resource": f"arn:aws:s3:::{BUCKET}",
                    }
                ],
            }
        )
        self.aws("s3api", "put-bucket-policy", "--bucket", BUCKET, "--policy", policy, who="carol")
        text = self.aws("s3api", "get-bucket-policy", "--bucket", BUCKET, who="carol")
        self.assertEqual(json.loads(json.loads(text)["Policy"]), json.loads(policy))
        self.aws("s3", "ls", f"s3://{BUCKET}/", who="bob")

    def test_with_the_instances_role(self):
        variables = {
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.endpoint.imds,
            "AWS_EC2_METADATA_DISABLED": "false",
        }
        text = self.aws("s3", "ls", f"s3://{BUCKET}/logs/", who=None, **variables)
        self.assertEqual(len(text.splitlines()), 2)
