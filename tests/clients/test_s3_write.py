"""S3 with boto3: objects and buckets that change."""

import base64
import hashlib
import io
import json
import urllib.request
import zlib

from sandbox import BUCKET, MAIN, TestCase


def crc32(body):
    return base64.b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()


class PutObject(TestCase):
    def test_put_and_get(self):
        s3 = self.client("s3", "carol")
        answer = s3.put_object(
            Bucket=BUCKET, Key="new.txt", Body=b"new\n", ContentType="text/plain", Metadata={"color": "green"}
        )
        self.assertEqual(answer["ETag"], '"' + hashlib.md5(b"new\n").hexdigest() + '"')
        self.assertEqual(answer["ServerSideEncryption"], "AES256")
        got = s3.get_object(Bucket=BUCKET, Key="new.txt")
        self.assertEqual((got["Body"].read(), got["ContentType"]), (b"new\n", "text/plain"))
        self.assertEqual(got["Metadata"], {"color": "green"})

    def test_checksum(self):
        s3 = self.client("s3", "carol")
        answer = s3.put_object(Bucket=BUCKET, Key="new.txt", Body=b"hello")
        self.assertEqual(answer["ChecksumCRC32"], crc32(b"hello"))
        head = s3.head_object(Bucket=BUCKET, Key="new.txt", ChecksumMode="ENABLED")
        self.assertEqual((head["ChecksumCRC32"], head["ChecksumType"]), (crc32(b"hello"), "FULL_OBJECT"))

    def test_sha256_checksum(self):
        s3 = self.client("s3", "carol")
        answer = s3.put_object(Bucket=BUCKET, Key="new.txt", Body=b"hello", ChecksumAlgorithm="SHA256")
        self.assertEqual(answer["ChecksumSHA256"], base64.b64encode(hashlib.sha256(b"hello").digest()).decode())

    def test_wrong_checksum(self):
        put = self.client("s3", "carol").put_object
        self.refused("BadDigest", put, Bucket=BUCKET, Key="k", Body=b"hello", ChecksumCRC32=crc32(b"x"), status=400)

    def test_content_md5(self):
        put = self.client("s3", "carol").put_object
        md5 = base64.b64encode(hashlib.md5(b"hello").digest()).decode()
        put(Bucket=BUCKET, Key="k", Body=b"hello", ContentMD5=md5)
        self.refused("BadDigest", put, Bucket=BUCKET, Key="k", Body=b"other", ContentMD5=md5)

    def test_file_object(self):
        s3 = self.client("s3", "carol")
        s3.upload_fileobj(io.BytesIO(b"z" * 100_000), BUCKET, "file", ExtraArgs={"CacheControl": "no-store"})
        head = s3.head_object(Bucket=BUCKET, Key="file")
        self.assertEqual((head["ContentLength"], head["CacheControl"]), (100_000, "no-store"))
        target = io.BytesIO()
        s3.download_fileobj(BUCKET, "file", target)
        self.assertEqual(len(target.getvalue()), 100_000)

    def test_odd_keys(self):
        s3 = self.client("s3", "carol")
        for key in ("a b+c", "é/ü", "a//b", "../up", "%41", "q?x=1&y#z", "~*'()!", "日本語"):
            s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
            self.assertEqual(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read(), key.encode(), key)
        listed = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
        self.assertIn("q?x=1&y#z", [item["Key"] for item in listed])

    def test_only_if_new(self):
        put = self.client("s3", "carol").put_object
        put(Bucket=BUCKET, Key="once", Body=b"1", IfNoneMatch="*")
        self.refused("PreconditionFailed", put, Bucket=BUCKET, Key="once", Body=b"2", IfNoneMatch="*", status=412)

    def test_acl(self):
        put = self.client("s3", "carol").put_object
        self.refused("AccessControlListNotSupported", put, Bucket=BUCKET, Key="k", Body=b"", ACL="public-read")

    def test_denied(self):
        self.refused(
            "AccessDenied",
            self.client("s3", "alice").put_object,
            Bucket=BUCKET,
            Key="k",
            Body=b"x",
            message=f"User: arn:aws:iam::{MAIN}:user/alice is not authorized to perform: s3:PutObject on resource: "
            f'"arn:aws:s3:::{BUCKET}/k" because no identity-based policy allows the s3:PutObject action',
        )

    def test_presigned(self):
        s3 = self.client("s3", "carol", signature_version="s3v4")
        url = s3.generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": "signed"})
        with urllib.request.urlopen(urllib.request.Request(url, b"body", method="PUT"), timeout=20) as response:
            self.assertEqual(response.status, 200)
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="signed")["Body"].read(), b"body")

    def test_ten_megabytes(self):
        s3 = self.client("s3", "carol")
        body = bytes(range(256)) * 40_960
        s3.put_object(Bucket=BUCKET, Key="large", Body=body)
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="large")["Body"].read(), body)


class CopyAndDelete(TestCase):
    def test_copy(self):
        s3 = self.client("s3", "carol")
        source = {"Bucket": BUCKET, "Key": "a b+é(1).txt"}
        answer = s3.copy_object(Bucket="client-public-bucket", Key="copy", CopySource=source)
        self.assertIn("ETag", answer["CopyObjectResult"])
        self.assertEqual(s3.get_object(Bucket="client-public-bucket", Key="copy")["Body"].read(), b"odd\n")

    def test_copy_without_permission(self):
        source = {"Bucket": BUCKET, "Key": "hello.txt"}
        copy = self.client("s3", "alice").copy_object
        response = self.refused("AccessDenied", copy, Bucket=BUCKET, Key="copy", CopySource=source)
        self.assertIn("s3:PutObject", response["Error"]["Message"])

    def test_delete_objects(self):
        s3 = self.client("s3", "carol")
        objects = [{"Key": key} for key in ("hello.txt", "logs/2026-01.csv", "nosuch")]
        answer = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})
        self.assertEqual(len(answer["Deleted"]), 3)
        self.assertNotIn("Errors", answer)
        self.refused("404", s3.head_object, Bucket=BUCKET, Key="hello.txt")

    def test_delete_objects_denied(self):
        objects = [{"Key": "hello.txt"}]
        answer = self.client("s3", "alice").delete_objects(Bucket=BUCKET, Delete={"Objects": objects})
        self.assertEqual([error["Code"] for error in answer["Errors"]], ["AccessDenied"])

    def test_list_objects(self):
        paginator = self.client("s3", "alice").get_paginator("list_objects")
        pages = list(paginator.paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 10}))
        self.assertEqual([len(page["Contents"]) for page in pages], [10, 10, 9])
        pages = list(paginator.paginate(Bucket=BUCKET, Delimiter="/", PaginationConfig={"PageSize": 1}))
        self.assertEqual(len(pages), 4)


class Buckets(TestCase):
    def test_made_used_and_gone(self):
        s3 = self.client("s3", "carol")
        s3.create_bucket(Bucket="client-made-bucket")
        s3.get_waiter("bucket_exists").wait(Bucket="client-made-bucket", WaiterConfig={"MaxAttempts": 1})
        s3.put_object(Bucket="client-made-bucket", Key="k", Body=b"x")
        self.refused("BucketNotEmpty", s3.delete_bucket, Bucket="client-made-bucket", status=409)
        s3.delete_object(Bucket="client-made-bucket", Key="k")
        s3.delete_bucket(Bucket="client-made-bucket")
        self.refused("404", s3.head_bucket, Bucket="client-made-bucket")

    def test_in_another_region(self):
        s3 = self.client("s3", "carol", region="eu-west-1")
        self.refused("IllegalLocationConstraintException", s3.create_bucket, Bucket="client-made-bucket")
        where = {"LocationConstraint": "eu-west-1"}
        s3.create_bucket(Bucket="client-made-bucket", CreateBucketConfiguration=where)
        self.assertEqual(s3.get_bucket_location(Bucket="client-made-bucket")["LocationConstraint"], "eu-west-1")
        self.assertIsNone(s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"])

    def test_names_that_are_taken(self):
        s3 = self.client("s3", "carol")
        self.refused("BucketAlreadyExists", s3.create_bucket, Bucket="client-seoul-bucket", status=409)
        s3.create_bucket(Bucket=BUCKET)

    def test_denied(self):
        self.refused("AccessDenied", self.client("s3", "alice").create_bucket, Bucket="client-made-bucket")


class BucketPolicies(TestCase):
    def policy(self, principal):
        statement = {
            "Effect": "Allow",
            "Principal": principal,
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    def test_put_get_delete(self):
        s3 = self.client("s3", "carol")
        self.refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=BUCKET, status=404)
        text = self.policy({"AWS": f"arn:aws:iam::{MAIN}:user/bob"})
        s3.put_bucket_policy(Bucket=BUCKET, Policy=text)
        self.assertEqual(s3.get_bucket_policy(Bucket=BUCKET)["Policy"], text)
        self.assertFalse(s3.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"]["IsPublic"])
        self.client("s3", "bob").get_object(Bucket=BUCKET, Key="a b+é(1).txt")
        s3.delete_bucket_policy(Bucket=BUCKET)
        self.refused(
            "AccessDenied", self.client("s3", "bob").get_object, Bucket=BUCKET, Key="a b+é(1).txt"
        )

    def test_of_the_scenario(self):
        text = self.client("s3", "carol").get_bucket_policy(Bucket="client-public-bucket")["Policy"]
        self.assertEqual(json.loads(text)["Statement"][0]["Principal"], "*")

    def test_public_access_block(self):
        s3 = self.client("s3", "carol")
        self.refused(
            "AccessDenied",
            s3.put_bucket_policy,
            Bucket=BUCKET,
            Policy=self.policy("*"),
            message=f"User: arn:aws:iam::{MAIN}:user/carol is not authorized to perform: s3:PutBucketPolicy on "
            f'resource: "arn:aws:s3:::{BUCKET}" because public policies are prevented by the BlockPublicPolicy '
            "setting in S3 Block Public Access.",
        )
        s3.delete_public_access_block(Bucket=BUCKET)
        self.refused("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=BUCKET)
        s3.put_bucket_policy(Bucket=BUCKET, Policy=self.policy("*"))
        self.client("s3", None).get_object(Bucket=BUCKET, Key="hello.txt")
        s3.put_public_access_block(
            Bucket=BUCKET, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True}
        )
        found = s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]
        self.assertEqual((found["RestrictPublicBuckets"], found["BlockPublicAcls"]), (True, False))
        self.refused("AccessDenied", self.client("s3", None).get_object, Bucket=BUCKET, Key="hello.txt")

    def test_malformed(self):
        put = self.client("s3", "carol").put_bucket_policy
        self.refused("MalformedPolicy", put, Bucket=BUCKET, Policy="x", status=400)
        self.refused("MalformedPolicy", put, Bucket=BUCKET, Policy=self.policy("*").replace(BUCKET, "other"))
        nobody = self.policy({"AWS": f"arn:aws:iam::{MAIN}:user/nosuch"})
        self.refused("MalformedPolicy", put, Bucket=BUCKET, Policy=nobody, message="Invalid principal in policy")
