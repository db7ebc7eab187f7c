"""The shell's `aws s3` beside the real CLI: the same commands, the same lines."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import sandbox
from sandbox import BUCKET, SCENARIO, TestCase, keys
from test_cli import AWS

FILES = {"d/a.txt": "one\n", "d/b.log": "two two\n", "d/e/c.txt": "three\n", "f.txt": "four\n"}
HOME = "/home/ec2-user"
# Each is a process of the real CLI.
COMMANDS = [
    "mb s3://client-made-bucket",
    "cp f.txt s3://client-made-bucket --no-progress",
    "cp d s3://client-made-bucket/p --recursive --no-progress --exclude *.log",
    "sync d s3://client-made-bucket/p --no-progress",
    "sync d s3://client-made-bucket/p --no-progress",
    "cp s3://client-made-bucket/p/a.txt s3://client-made-bucket/q/ --no-progress",
    "mv s3://client-made-bucket/q/a.txt moved.txt --no-progress",
    "cp s3://client-made-bucket/p down --recursive --no-progress --dryrun",
    "ls s3://client-made-bucket --recursive --human-readable --summarize",
    "cp s3://client-made-bucket/nosuch x --no-progress",
    "cp d s3://client-made-bucket/x --no-progress",
    "cp d s3://client-made-bucket --no-progress",
    "mv d s3://client-made-bucket/x/ --no-progress",
    "cp f.txt s3://client-made-bucket/x --recursive --no-progress",
    "sync f.txt s3://client-made-bucket/x --no-progress",
    "cp s3://client-made-bucket/p/a.txt s3://client-made-bucket/p/a.txt --metadata-directive REPLACE --metadata a=1 --no-progress",
    "mb s3://client-seoul-bucket",
    "rb s3://client-made-bucket",
    "rm s3://client-made-bucket/p --recursive --include x --exclude *c.txt",
    "rb s3://client-made-bucket --force",
]


def plain(text):
    """Lines in order, for the CLI transfers side by side; without times."""
    return sorted(re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "TIME", line) for line in text.splitlines())


class S3Commands(TestCase):
    def real(self, folder):
        key = keys("carol")
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": self.endpoint.url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_ACCESS_KEY_ID": key["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": key["aws_secret_access_key"],
        }
        for command in COMMANDS:
            words = [AWS, "s3", *command.split()]
            done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
            yield done.returncode, done.stdout, done.stderr

    def modelled(self, folder):
        scenario = json.loads(SCENARIO.read_text())
        scenario["hosts"]["carol"]["files"] = {f"~/{name}": text for name, text in FILES.items()}
        path = pathlib.Path(folder, "scenario.json")
        path.write_text(json.dumps(scenario))
        words = [sandbox.PROGRAM, "run", str(path), "--on", "carol", "--format", "json"]
        for command in COMMANDS:
            quoted = re.sub(r"(\*\S+)", r"'\1'", command)
            words += ["-c", f"aws s3 {quoted} --region us-east-1"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        for line in done.stdout.splitlines():
            output = json.loads(line)
            yield output["exitCode"], output["stdout"], output["stderr"]

    def test_lines_and_exits(self):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            for name, text in FILES.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            pairs = list(zip(COMMANDS, self.real(folder), self.modelled(other), strict=True))
            self.assertEqual(pathlib.Path(folder, "moved.txt").read_text(), "one\n")
        for command, real, modelled in pairs:
            with self.subTest(command):
                self.assertEqual(modelled[0], real[0], (real, modelled))
                self.assertEqual(plain(modelled[1]), plain(real[1]))
                self.assertEqual(plain(modelled[2]), plain(real[2].replace(folder, HOME)))
