"""S3 with boto3: settings of buckets and accounts, tags, versions of a bucket without them, regions, addresses."""

import socket
import unittest.mock

import boto3
import botocore.config

from sandbox import BUCKET, MAIN, OTHER, TestCase

BLOCK = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
PUBLIC = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", '
    f'"Resource": "arn:aws:s3:::{BUCKET}/*"}}}}'
)


class OwnershipControls(TestCase):
    def controls(self, setting):
        return {"Rules": [{"ObjectOwnership": setting}]}

    def test_put_get_delete(self):
        s3 = self.client("s3", "carol")
        found = s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"]
        self.assertEqual(found, self.controls("BucketOwnerEnforced"))
        s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=self.controls("ObjectWriter"))
        found = s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"]
        self.assertEqual(found, self.controls("ObjectWriter"))
        s3.delete_bucket_ownership_controls(Bucket=BUCKET)
        self.refused("OwnershipControlsNotFoundError", s3.get_bucket_ownership_controls, Bucket=BUCKET, status=404)

    def test_of_the_scenario(self):
        s3 = self.client("s3", "carol")
        found = s3.get_bucket_ownership_controls(Bucket="client-public-bucket")["OwnershipControls"]
        self.assertEqual(found, self.controls("BucketOwnerPreferred"))
        tags = s3.get_bucket_tagging(Bucket="client-public-bucket")["TagSet"]
        self.assertEqual(tags, [{"Key": "team", "Value": "web"}])

    def test_with_a_new_bucket(self):
        s3 = self.client("s3", "carol")
        s3.create_bucket(Bucket="client-made-bucket", ObjectOwnership="BucketOwnerPreferred")
        found = s3.get_bucket_ownership_controls(Bucket="client-made-bucket")["OwnershipControls"]
        self.assertEqual(found, self.controls("BucketOwnerPreferred"))

    def test_acls_of_a_new_bucket(self):
        create = self.client("s3", "carol").create_bucket
        self.refused("InvalidBucketAclWithObjectOwnership", create, Bucket="client-made-bucket", ACL="public-read")

    def test_acls_where_they_are_on(self):
        s3 = self.client("s3", "carol")
        s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=self.controls("ObjectWriter"))
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"", ACL="private")
        response = self.refused(
            "AccessDenied", s3.put_object, Bucket=BUCKET, Key="k", Body=b"", ACL="public-read"
        )
        self.assertIn("BlockPublicAcls setting in S3 Block Public Access", response["Error"]["Message"])

    def test_wrong(self):
        put = self.client("s3", "carol").put_bucket_ownership_controls
        self.refused("MalformedXML", put, Bucket=BUCKET, OwnershipControls=self.controls("Nobody"))


class AccountPublicAccessBlock(TestCase):
    def control(self, who, **config):
        return self.client("s3control", who, **config)

    def setUp(self):
        super().setUp()
        # The client puts the account's id before the host's name, which stands for this machine.
        self.enterContext(on_loopback())
        self.url, self.endpoint.url = self.endpoint.url, self.endpoint.url.replace("127.0.0.1", "localhost")
        self.addCleanup(setattr, self.endpoint, "url", self.url)

    def test_put_get_delete(self):
        control = self.control("carol")
        get = control.get_public_access_block
        self.refused("NoSuchPublicAccessBlockConfiguration", get, AccountId=MAIN, status=404)
        control.put_public_access_block(AccountId=MAIN, PublicAccessBlockConfiguration=BLOCK)
        self.assertEqual(get(AccountId=MAIN)["PublicAccessBlockConfiguration"], BLOCK)
        control.delete_public_access_block(AccountId=MAIN)
        self.refused("NoSuchPublicAccessBlockConfiguration", get, AccountId=MAIN)

    def test_it_holds_for_every_bucket(self):
        s3 = self.client("s3", "carol")
        s3.delete_public_access_block(Bucket=BUCKET)
        self.control("carol").put_public_access_block(AccountId=MAIN, PublicAccessBlockConfiguration=BLOCK)
        self.refused("AccessDenied", s3.put_bucket_policy, Bucket=BUCKET, Policy=PUBLIC)
        anonymous = self.client("s3", None)
        self.refused("AccessDenied", anonymous.get_object, Bucket="client-public-bucket", Key="open/page.html")

    def test_denied(self):
        get = self.control("alice").get_public_access_block
        response = self.refused("AccessDenied", get, AccountId=MAIN, status=403)
        self.assertIn("s3:GetAccountPublicAccessBlock", response["Error"]["Message"])

    def test_another_account(self):
        get = self.control("carol").get_public_access_block
        self.refused("AccessDenied", get, AccountId=OTHER, message="Access Denied")


class Tags(TestCase):
    def test_of_buckets(self):
        s3 = self.client("s3", "carol")
        self.refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=BUCKET, status=404)
        tags = [{"Key": "team", "Value": "a"}]
        s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": tags})
        self.assertEqual(s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"], tags)
        s3.delete_bucket_tagging(Bucket=BUCKET)
        self.refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=BUCKET)

    def test_of_objects(self):
        s3 = self.client("s3", "carol")
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"", Tagging="color=dark+green&size=1")
        found = s3.get_object_tagging(Bucket=BUCKET, Key="k")["TagSet"]
        self.assertEqual(found, [{"Key": "color", "Value": "dark green"}, {"Key": "size", "Value": "1"}])
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="k")["TagCount"], 2)
        s3.put_object_tagging(Bucket=BUCKET, Key="k", Tagging={"TagSet": [{"Key": "a", "Value": ""}]})
        self.assertEqual(s3.get_object_tagging(Bucket=BUCKET, Key="k")["TagSet"], [{"Key": "a", "Value": ""}])
        s3.delete_object_tagging(Bucket=BUCKET, Key="k")
        self.assertEqual(s3.get_object_tagging(Bucket=BUCKET, Key="k")["TagSet"], [])

    def test_a_policy_reads_the_objects_tags(self):
        s3 = self.client("s3", "carol")
        statement = PUBLIC.replace('"*"', f'{{"AWS": "arn:aws:iam::{MAIN}:user/bob"}}', 1).replace(
            '"Action"', '"Condition": {"StringEquals": {"s3:ExistingObjectTag/open": "yes"}}, "Action"'
        )
        s3.put_bucket_policy(Bucket=BUCKET, Policy=statement)
        s3.put_object(Bucket=BUCKET, Key="open", Body=b"open", Tagging="open=yes")
        s3.put_object(Bucket=BUCKET, Key="closed", Body=b"closed")
        bob = self.client("s3", "bob")
        self.assertEqual(bob.get_object(Bucket=BUCKET, Key="open")["Body"].read(), b"open")
        self.refused("AccessDenied", bob.get_object, Bucket=BUCKET, Key="closed")

    def test_wrong_tags(self):
        s3 = self.client("s3", "carol")
        twice = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
        put = s3.put_object_tagging
        self.refused("InvalidTag", put, Bucket=BUCKET, Key="hello.txt", Tagging={"TagSet": twice})
        many = [{"Key": str(number), "Value": ""} for number in range(11)]
        self.refused("BadRequest", put, Bucket=BUCKET, Key="hello.txt", Tagging={"TagSet": many})
        self.refused("NoSuchKey", s3.get_object_tagging, Bucket=BUCKET, Key="nosuch")


class Unversioned(TestCase):
    def test_list_object_versions(self):
        s3 = self.client("s3", "carol")
        pages = list(
            s3.get_paginator("list_object_versions").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 20})
        )
        versions = [version for page in pages for version in page["Versions"]]
        self.assertEqual((len(pages), len(versions)), (2, 29))
        self.assertEqual({version["VersionId"] for version in versions}, {"null"})
        self.assertTrue(all(version["IsLatest"] for version in versions))

    def test_get_bucket_versioning(self):
        self.assertNotIn("Status", self.client("s3", "carol").get_bucket_versioning(Bucket=BUCKET))

    def test_get_bucket_encryption(self):
        rules = self.client("s3", "carol").get_bucket_encryption(Bucket=BUCKET)
        rule = rules["ServerSideEncryptionConfiguration"]["Rules"][0]
        self.assertEqual(rule["ApplyServerSideEncryptionByDefault"], {"SSEAlgorithm": "AES256"})

    def test_a_bucket_is_emptied_and_deleted(self):
        s3 = self.client("s3", "carol")
        listed = s3.list_object_versions(Bucket=BUCKET)["Versions"]
        objects = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in listed]
        answer = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})
        self.assertEqual(len(answer["Deleted"]), 29)
        s3.delete_bucket(Bucket=BUCKET)
        self.refused("404", s3.head_bucket, Bucket=BUCKET)

    def test_a_version_that_does_not_exist(self):
        get = self.client("s3", "carol").get_object
        self.assertEqual(get(Bucket=BUCKET, Key="hello.txt", VersionId="null")["ContentLength"], 14)
        self.refused("InvalidArgument", get, Bucket=BUCKET, Key="hello.txt", VersionId="1")


class Regions(TestCase):
    def test_a_bucket_of_another_region(self):
        s3 = boto3.session.Session().client(
            "s3",
            region_name="us-east-1",
            endpoint_url=self.endpoint.url,
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
            **self.root(OTHER),
        )
        self.addCleanup(s3.close)
        asked = []
        s3.meta.events.register("before-send.s3", lambda request, **_: asked.append(request.url))
        # The client is redirected, and goes there.
        self.assertEqual(s3.get_object(Bucket="client-seoul-bucket", Key="hello.txt")["Body"].read(), b"annyeong\n")
        self.assertEqual(len(asked), 2)

    def test_expected_owner(self):
        s3 = self.client("s3", "carol")
        s3.get_object(Bucket=BUCKET, Key="hello.txt", ExpectedBucketOwner=MAIN)
        get = s3.get_object
        self.refused("AccessDenied", get, Bucket=BUCKET, Key="hello.txt", ExpectedBucketOwner=OTHER, status=403)


def on_loopback():
    """Names under localhost lead to this machine, as resolvers of browsers and of curl have it."""
    known = socket.getaddrinfo

    def resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        return known("127.0.0.1" if name.endswith("localhost") else host, *arguments, **options)

    return unittest.mock.patch("socket.getaddrinfo", resolve)


class VirtualHosts(TestCase):
    def test_bucket_in_the_host(self):
        self.enterContext(on_loopback())
        url = self.endpoint.url
        self.addCleanup(setattr, self.endpoint, "url", url)
        for name in ("localhost", "s3.localhost", "s3.us-east-1.localhost"):
            self.endpoint.url = url.replace("127.0.0.1", name)
            s3 = self.client("s3", "carol", s3={"addressing_style": "virtual"})
            hosts = []
            s3.meta.events.register("before-send.s3", lambda request, **_: hosts.append(request.url))
            s3.put_object(Bucket=BUCKET, Key="k", Body=name.encode())
            self.assertEqual(s3.get_object(Bucket=BUCKET, Key="k")["Body"].read(), name.encode())
            self.assertIn(f"//{BUCKET}.{name}:", hosts[0])
