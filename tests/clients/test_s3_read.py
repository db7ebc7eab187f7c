"""S3 with boto3: listing and reading."""

import datetime
import hashlib

import botocore.exceptions

from sandbox import BUCKET, MAIN, TestCase


class ListBuckets(TestCase):
    def test_lists_the_callers_account(self):
        answer = self.client("s3", "alice").list_buckets()
        self.assertEqual(
            [bucket["Name"] for bucket in answer["Buckets"]], ["client-public-bucket", BUCKET]
        )
        self.assertIsInstance(answer["Buckets"][0]["CreationDate"], datetime.datetime)
        self.assertRegex(answer["Owner"]["ID"], "^[0-9a-f]{64}$")

    def test_in_pages(self):
        pages = self.client("s3", "alice").get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual([len(page["Buckets"]) for page in pages], [1, 1])

    def test_denied(self):
        self.refused(
            "AccessDenied",
            self.client("s3", "bob").list_buckets,
            status=403,
            message=f"User: arn:aws:iam::{MAIN}:user/bob is not authorized to perform: s3:ListAllMyBuckets "
            "because no identity-based policy allows the s3:ListAllMyBuckets action",
        )

    def test_anonymous(self):
        self.refused("AccessDenied", self.client("s3", None).list_buckets, message="Access Denied")


class ListObjectsV2(TestCase):
    def test_all_keys_in_order(self):
        answer = self.client("s3", "alice").list_objects_v2(Bucket=BUCKET)
        keys = [item["Key"] for item in answer["Contents"]]
        self.assertEqual((len(keys), keys[0], answer["KeyCount"]), (29, "a b+é(1).txt", 29))
        self.assertEqual(keys, sorted(keys))
        self.assertFalse(answer["IsTruncated"])

    def test_what_is_told_of_an_object(self):
        answer = self.client("s3", "alice").list_objects_v2(Bucket=BUCKET, Prefix="hello")
        item = answer["Contents"][0]
        self.assertEqual((item["Size"], item["StorageClass"]), (14, "STANDARD"))
        self.assertEqual(item["ETag"], '"' + hashlib.md5(b"Hello from S3\n").hexdigest() + '"')

    def test_paginator(self):
        paginator = self.client("s3", "alice").get_paginator("list_objects_v2")
        pages = list(paginator.paginate(Bucket=BUCKET, Prefix="numbers/", PaginationConfig={"PageSize": 10}))
        self.assertEqual([page["KeyCount"] for page in pages], [10, 10, 5])
        keys = [item["Key"] for page in pages for item in page["Contents"]]
        self.assertEqual(keys, [f"numbers/{number:02}" for number in range(25)])

    def test_delimiter(self):
        answer = self.client("s3", "alice").list_objects_v2(Bucket=BUCKET, Delimiter="/")
        self.assertEqual([one["Prefix"] for one in answer["CommonPrefixes"]], ["logs/", "numbers/"])
        self.assertEqual(len(answer["Contents"]), 2)

    def test_delimiter_in_pages(self):
        paginator = self.client("s3", "alice").get_paginator("list_objects_v2")
        pages = list(paginator.paginate(Bucket=BUCKET, Delimiter="/", PaginationConfig={"PageSize": 1}))
        self.assertEqual(len(pages), 4)

    def test_start_after(self):
        answer = self.client("s3", "alice").list_objects_v2(Bucket=BUCKET, StartAfter="numbers/23")
        self.assertEqual([item["Key"] for item in answer["Contents"]], ["numbers/24"])

    def test_fetch_owner(self):
        answer = self.client("s3", "alice").list_objects_v2(Bucket=BUCKET, FetchOwner=True, MaxKeys=1)
        self.assertIn("ID", answer["Contents"][0]["Owner"])

    def test_a_bucket_that_does_not_exist(self):
        self.refused(
            "NoSuchBucket",
            self.client("s3", "alice").list_objects_v2,
            Bucket="no-such-bucket-here",
            status=404,
            message="The specified bucket does not exist",
        )

    def test_denied(self):
        self.refused(
            "AccessDenied",
            self.client("s3", "bob").list_objects_v2,
            Bucket=BUCKET,
            message=f"User: arn:aws:iam::{MAIN}:user/bob is not authorized to perform: s3:ListBucket on "
            f'resource: "arn:aws:s3:::{BUCKET}" because no identity-based policy allows the s3:ListBucket action',
        )


class GetObject(TestCase):
    def test_whole(self):
        answer = self.client("s3", "alice").get_object(Bucket=BUCKET, Key="hello.txt")
        self.assertEqual(answer["Body"].read(), b"Hello from S3\n")
        self.assertEqual(answer["ContentLength"], 14)

    def test_an_odd_key(self):
        answer = self.client("s3", "alice").get_object(Bucket=BUCKET, Key="a b+é(1).txt")
        self.assertEqual(answer["Body"].read(), b"odd\n")

    def test_range(self):
        answer = self.client("s3", "alice").get_object(Bucket=BUCKET, Key="hello.txt", Range="bytes=6-9")
        self.assertEqual(answer["Body"].read(), b"from")
        self.assertEqual(answer["ContentRange"], "bytes 6-9/14")
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 206)

    def test_range_at_the_end(self):
        answer = self.client("s3", "alice").get_object(Bucket=BUCKET, Key="hello.txt", Range="bytes=-3")
        self.assertEqual(answer["Body"].read(), b"S3\n")

    def test_range_that_is_not_there(self):
        s3 = self.client("s3", "alice")
        self.refused("InvalidRange", s3.get_object, Bucket=BUCKET, Key="hello.txt", Range="bytes=14-", status=416)

    def test_conditions(self):
        s3 = self.client("s3", "alice")
        etag = s3.head_object(Bucket=BUCKET, Key="hello.txt")["ETag"]
        s3.get_object(Bucket=BUCKET, Key="hello.txt", IfMatch=etag)
        self.refused("304", s3.get_object, Bucket=BUCKET, Key="hello.txt", IfNoneMatch=etag)
        self.refused("PreconditionFailed", s3.get_object, Bucket=BUCKET, Key="hello.txt", IfMatch='"0"')

    def test_a_key_that_does_not_exist(self):
        s3 = self.client("s3", "alice")
        self.refused("NoSuchKey", s3.get_object, Bucket=BUCKET, Key="nosuch", status=404)
        with self.assertRaises(s3.exceptions.NoSuchKey):
            s3.get_object(Bucket=BUCKET, Key="nosuch")

    def test_a_key_that_does_not_exist_for_who_may_not_list(self):
        s3 = self.client("s3", "bob")
        self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="nosuch", status=403)

    def test_explicit_deny(self):
        self.refused(
            "AccessDenied",
            self.client("s3", "bob").get_object,
            Bucket=BUCKET,
            Key="logs/2026-01.csv",
            message=f"User: arn:aws:iam::{MAIN}:user/bob is not authorized to perform: s3:GetObject on "
            f'resource: "arn:aws:s3:::{BUCKET}/logs/2026-01.csv" with an explicit deny in an identity-based '
            "policy",
        )

    def test_anonymous(self):
        s3 = self.client("s3", None)
        answer = s3.get_object(Bucket="client-public-bucket", Key="open/page.html")
        self.assertEqual(answer["Body"].read(), b"<p>open</p>\n")
        self.refused("AccessDenied", s3.get_object, Bucket="client-public-bucket", Key="closed.txt")

    def test_another_accounts_bucket_in_another_region(self):
        answer = self.client("s3", "alice").get_object(Bucket="client-seoul-bucket", Key="hello.txt")
        self.assertEqual(answer["Body"].read(), b"annyeong\n")
        s3 = self.client("s3", "carol")
        self.refused(
            "AccessDenied", s3.get_object, Bucket="client-seoul-bucket", Key="hello.txt", message="Access Denied"
        )

    def test_request_ids(self):
        metadata = self.client("s3", "alice").get_object(Bucket=BUCKET, Key="hello.txt")["ResponseMetadata"]
        self.assertTrue(metadata["RequestId"] and metadata["HostId"])


class HeadAndDelete(TestCase):
    def test_head_object(self):
        answer = self.client("s3", "alice").head_object(Bucket=BUCKET, Key="hello.txt")
        self.assertEqual((answer["ContentLength"], answer["AcceptRanges"]), (14, "bytes"))
        self.assertIsInstance(answer["LastModified"], datetime.datetime)

    def test_head_object_hides_the_code(self):
        self.refused("403", self.client("s3", "bob").head_object, Bucket=BUCKET, Key="logs/2026-01.csv")
        self.assertEqual(self.step("respond")["params"]["error"], "AccessDenied")
        self.refused("404", self.client("s3", "alice").head_object, Bucket=BUCKET, Key="nosuch")

    def test_head_bucket(self):
        answer = self.client("s3", "alice").head_bucket(Bucket=BUCKET)
        self.assertEqual(answer["BucketRegion"], "us-east-1")
        self.refused("404", self.client("s3", "alice").head_bucket, Bucket="no-such-bucket-here")

    def test_waiter(self):
        waiter = self.client("s3", "alice").get_waiter("object_exists")
        waiter.wait(Bucket=BUCKET, Key="hello.txt", WaiterConfig={"Delay": 1, "MaxAttempts": 1})
        with self.assertRaises(botocore.exceptions.WaiterError):
            waiter.wait(Bucket=BUCKET, Key="nosuch", WaiterConfig={"Delay": 1, "MaxAttempts": 1})

    def test_delete_object(self):
        s3 = self.client("s3", "carol")
        answer = s3.delete_object(Bucket=BUCKET, Key="hello.txt")
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 204)
        self.refused("NoSuchKey", s3.get_object, Bucket=BUCKET, Key="hello.txt")
        s3.delete_object(Bucket=BUCKET, Key="hello.txt")

    def test_delete_object_denied(self):
        self.refused("AccessDenied", self.client("s3", "alice").delete_object, Bucket=BUCKET, Key="hello.txt")
