"""The metadata service with botocore's fetcher, and its credentials at S3 and STS."""

import os
import unittest.mock

import boto3
import botocore.config
import botocore.exceptions
import botocore.utils
import http.client
import urllib.error
import urllib.request

from sandbox import BUCKET, MAIN, TestCase


class Metadata(TestCase):
    def environment(self, endpoint=None):
        """As on the instance: metadata at this address, and nothing else."""
        values = {
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint or self.endpoint.imds,
            "AWS_EC2_METADATA_DISABLED": "false",
        }
        patch = unittest.mock.patch.dict(os.environ, values)
        patch.start()
        self.addCleanup(patch.stop)

    def on_instance(self, service, **config):
        """A client without any key."""
        client = boto3.session.Session().client(
            service,
            region_name="us-east-1",
            endpoint_url=self.endpoint.url,
            config=botocore.config.Config(retries={"total_max_attempts": 1}, **config),
        )
        self.addCleanup(client.close)
        return client

    def ask(self, path, method="GET", **headers):
        request = urllib.request.Request(self.endpoint.imds + path, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def token(self, base=""):
        status, token = self.ask(base + "/latest/api/token", "PUT", **{"X-aws-ec2-metadata-token-ttl-seconds": "60"})
        self.assertEqual(status, 200)
        return {"X-aws-ec2-metadata-token": token}

    def test_client_without_keys_lists_the_bucket(self):
        self.environment()
        answer = self.on_instance("s3").list_objects_v2(Bucket=BUCKET, Prefix="logs/")
        self.assertEqual(answer["KeyCount"], 2)

    def test_client_without_keys_is_the_role(self):
        self.environment()
        arn = self.on_instance("sts").get_caller_identity()["Arn"]
        self.assertRegex(arn, f"^arn:aws:sts::{MAIN}:assumed-role/app/i-0[0-9a-f]{{16}}$")

    def test_client_without_keys_is_denied_what_the_role_may_not(self):
        self.environment()
        self.refused("AccessDenied", self.on_instance("s3").list_buckets)

    def test_fetcher(self):
        fetcher = botocore.utils.InstanceMetadataFetcher(
            num_attempts=1, env={}, config={"ec2_metadata_service_endpoint": self.endpoint.imds + "/"}
        )
        found = fetcher.retrieve_iam_role_credentials()
        self.assertEqual(found["role_name"], "app")
        self.assertRegex(found["access_key"], "^ASIA")

    def test_region_fetcher(self):
        fetcher = botocore.utils.InstanceMetadataRegionFetcher(
            num_attempts=1, env={}, config={"ec2_metadata_service_endpoint": self.endpoint.imds + "/"}
        )
        self.assertEqual(fetcher.retrieve_region(), "us-east-1")

    def test_an_instance_named_in_the_path(self):
        token = self.token()
        _, newest = self.ask("/latest/meta-data/instance-id", **token)
        base = f"/{newest}"
        status, again = self.ask(base + "/latest/meta-data/instance-id", **self.token(base))
        self.assertEqual((status, again), (200, newest))
        self.environment(self.endpoint.imds + base)
        self.on_instance("s3").get_object(Bucket=BUCKET, Key="hello.txt")

    def test_another_instance_has_no_profile(self):
        self.endpoint.ask("POST", "/from", {"host": "Private"})
        status, _ = self.ask("/latest/meta-data/iam/", **self.token())
        self.assertEqual(status, 404)
        self.environment()
        with self.assertRaises(botocore.exceptions.NoCredentialsError):
            self.on_instance("s3").list_buckets()

    def test_an_instance_that_does_not_exist(self):
        status, _ = self.ask("/i-00000000000000000/latest/meta-data/instance-id")
        self.assertEqual(status, 404)

    def test_a_token_is_required(self):
        self.assertEqual(self.ask("/latest/meta-data/instance-id")[0], 401)

    def test_a_token_of_nonsense(self):
        self.assertEqual(self.ask("/latest/meta-data/instance-id", **{"X-aws-ec2-metadata-token": "x"})[0], 401)

    def test_a_token_expires(self):
        token = self.token()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 61})
        self.assertEqual(self.ask("/latest/meta-data/instance-id", **token)[0], 401)

    def test_the_hop_limit_keeps_the_token_from_a_container(self):
        self.endpoint.ask("POST", "/from", {"host": "box"})
        status, _ = self.ask("/latest/api/token", "PUT", **{"X-aws-ec2-metadata-token-ttl-seconds": "60"})
        self.assertEqual(status, 504)

    def test_role_credentials_expire_and_are_renewed(self):
        self.environment()
        first = boto3.session.Session().get_credentials().access_key
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 6 * 3600})
        second = boto3.session.Session().get_credentials().access_key
        self.assertNotEqual(first, second)

    def test_a_host_that_is_not_loopback(self):
        connection = http.client.HTTPConnection(self.endpoint.imds.removeprefix("http://"), timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", "/latest/", headers={"Host": "169.254.169.254"})
        self.assertEqual(connection.getresponse().status, 403)
