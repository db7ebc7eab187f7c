"""The endpoint as the tests meet it: started once, reset before each test."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import boto3
import botocore.client
import botocore.config
import botocore.exceptions

HERE = pathlib.Path(__file__).parent
SCENARIO = HERE / "scenario.json"
MAIN, OTHER = "111122223333", "444455556666"
BUCKET = "client-test-bucket"
PROGRAM = "iam-sandbox"
HOME = tempfile.TemporaryDirectory()
RUNNING = []


def isolate():
    """Nothing of this machine's configuration reaches the clients."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    for name in ("config", "credentials"):
        pathlib.Path(HOME.name, name).touch()
    os.environ["HOME"] = HOME.name
    os.environ["AWS_CONFIG_FILE"] = os.path.join(HOME.name, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(HOME.name, "credentials")
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["NO_PROXY"] = "*"


class Endpoint:
    """A running `iam-sandbox endpoint`."""

    def __init__(self, *arguments):
        command = [PROGRAM, "endpoint", *arguments, "--listen", "127.0.0.1:0", "--imds", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        RUNNING.append(self)
        line = json.loads(self.process.stdout.readline())
        self.url, self.imds, self.control = line["endpoint"], line["imds"], line["control"]
        self.accounts = line["accounts"]
        self.port = int(self.url.rsplit(":", 1)[1])

    def ask(self, method, path, body=None, headers=None):
        """A control request: status and JSON."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, data, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def stop(self):
        """The exit status after SIGTERM."""
        if self in RUNNING:
            RUNNING.remove(self)
        self.process.terminate()
        status = self.process.wait(timeout=10)
        self.process.stdout.close()
        return status


def stop_all():
    for endpoint in list(RUNNING):
        endpoint.stop()
    HOME.cleanup()


SHARED = {}


def shared():
    """The endpoint that serves SCENARIO to every test."""
    if "endpoint" not in SHARED:
        SHARED["endpoint"] = Endpoint(str(SCENARIO))
    return SHARED["endpoint"]


def keys(person):
    """The long-term key that stands in the environment of a host of SCENARIO."""
    if person not in SHARED:
        command = [PROGRAM, "run", str(SCENARIO), "--on", person, "-c", "env", "--format", "json"]
        output = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        variables = dict(line.split("=", 1) for line in output["stdout"].splitlines())
        SHARED[person] = {
            "aws_access_key_id": variables["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": variables["AWS_SECRET_ACCESS_KEY"],
        }
    return dict(SHARED[person])


def session_keys(credentials):
    """STS's Credentials as a client takes them."""
    return {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }


class TestCase(unittest.TestCase):
    """A test that begins with the scenario's first state."""

    @classmethod
    def setUpClass(cls):
        cls.endpoint = shared()

    def setUp(self):
        self.assertEqual(self.endpoint.ask("POST", "/reset"), (200, {}))

    def root(self, account=MAIN):
        key = self.endpoint.accounts[account]
        return {"aws_access_key_id": key["accessKeyId"], "aws_secret_access_key": key["secretAccessKey"]}

    def client(self, service, who, region="us-east-1", **config):
        """A boto3 client: `who` is a person, `root`, None (anonymous), or keys."""
        if who is None:
            config["signature_version"] = botocore.UNSIGNED
            given = {}
        elif who == "root":
            given = self.root()
        else:
            given = keys(who) if isinstance(who, str) else who
        if "session" not in SHARED:
            SHARED["session"] = boto3.session.Session()
        client = SHARED["session"].client(
            service,
            region_name=region,
            endpoint_url=self.endpoint.url,
            config=botocore.config.Config(retries={"total_max_attempts": 1}, **config),
            **given,
        )
        self.addCleanup(client.close)
        return client

    def refused(self, code, call, *arguments, message=None, status=None, **parameters):
        """The call fails with this code; the error's response."""
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            call(*arguments, **parameters)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code, response)
        if message is not None:
            self.assertEqual(response["Error"]["Message"], message)
        if status is not None:
            self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        return response

    def assume(self, role, who="alice", **parameters):
        """Credentials of a role's session."""
        sts = self.client("sts", who)
        arn = role if role.startswith("arn:") else f"arn:aws:iam::{MAIN}:role/{role}"
        return sts.assume_role(RoleArn=arn, RoleSessionName="test", **parameters)

    def trace(self):
        status, trace = self.endpoint.ask("GET", "/trace")
        self.assertEqual(status, 200)
        return trace

    def step(self, kind):
        """The last step of a kind in the last request's trace."""
        return [step for step in self.trace()["steps"] if step["kind"] == kind][-1]
