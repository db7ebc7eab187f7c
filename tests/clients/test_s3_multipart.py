"""S3 with boto3: multipart uploads."""

import base64
import binascii
import hashlib
import io

import boto3.s3.transfer

from sandbox import BUCKET, TestCase

PART = 5 * 1024 * 1024


def crc32(body):
    return binascii.crc32(body).to_bytes(4, "big")


class Multipart(TestCase):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3", "carol")

    def begin(self, **more):
        return self.s3.create_multipart_upload(Bucket=BUCKET, Key="big", **more)["UploadId"]

    def part(self, upload, number, body, **more):
        answer = self.s3.upload_part(
            Bucket=BUCKET, Key="big", UploadId=upload, PartNumber=number, Body=body, **more
        )
        return {"PartNumber": number, "ETag": answer["ETag"]}

    def complete(self, upload, parts, **more):
        return self.s3.complete_multipart_upload(
            Bucket=BUCKET, Key="big", UploadId=upload, MultipartUpload={"Parts": parts}, **more
        )

    def test_etag_is_made_of_the_parts(self):
        upload = self.begin(ContentType="text/x-big", Metadata={"color": "green"})
        bodies = [b"a" * PART, b"b" * 10]
        parts = [self.part(upload, number + 1, body) for number, body in enumerate(bodies)]
        answer = self.complete(upload, parts)
        digest = hashlib.md5(b"".join(hashlib.md5(body).digest() for body in bodies)).hexdigest()
        self.assertEqual(answer["ETag"], f'"{digest}-2"')
        head = self.s3.head_object(Bucket=BUCKET, Key="big")
        self.assertEqual((head["ETag"], head["ContentLength"]), (answer["ETag"], PART + 10))
        self.assertEqual((head["ContentType"], head["Metadata"]), ("text/x-big", {"color": "green"}))
        self.assertEqual(self.s3.get_object(Bucket=BUCKET, Key="big")["Body"].read(), b"".join(bodies))

    def test_composite_checksum(self):
        upload = self.begin(ChecksumAlgorithm="CRC32")
        bodies = [b"a" * PART, b"b"]
        parts = []
        for number, body in enumerate(bodies):
            part = self.part(upload, number + 1, body, ChecksumAlgorithm="CRC32")
            parts.append(part | {"ChecksumCRC32": base64.b64encode(crc32(body)).decode()})
        answer = self.complete(upload, parts)
        whole = base64.b64encode(crc32(b"".join(crc32(body) for body in bodies))).decode()
        self.assertEqual((answer["ChecksumCRC32"], answer["ChecksumType"]), (whole + "-2", "COMPOSITE"))
        head = self.s3.head_object(Bucket=BUCKET, Key="big", ChecksumMode="ENABLED")
        self.assertEqual(head["ChecksumCRC32"], whole + "-2")

    def test_checksum_over_the_whole(self):
        upload = self.begin(ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
        parts = [self.part(upload, 1, b"a" * PART, ChecksumAlgorithm="CRC32"), self.part(upload, 2, b"b")]
        whole = base64.b64encode(crc32(b"a" * PART + b"b")).decode()
        told = {"ChecksumCRC32": whole, "ChecksumType": "FULL_OBJECT", "MpuObjectSize": PART + 1}
        answer = self.complete(upload, parts, **told)
        self.assertEqual(answer["ChecksumCRC32"], whole)
        self.assertEqual(answer["ChecksumType"], "FULL_OBJECT")

    def test_a_composite_checksum_needs_those_of_the_parts(self):
        upload = self.begin(ChecksumAlgorithm="SHA256")
        part = self.part(upload, 1, b"a", ChecksumAlgorithm="SHA256")
        self.refused("InvalidRequest", self.complete, upload, [part])

    def test_parts_in_any_order_and_again(self):
        upload = self.begin()
        last = self.part(upload, 7, b"end")
        self.part(upload, 3, b"x" * 10)
        first = self.part(upload, 3, b"y" * PART)
        self.complete(upload, [first, last])
        self.assertEqual(self.s3.get_object(Bucket=BUCKET, Key="big")["Body"].read(), b"y" * PART + b"end")

    def test_order_of_parts(self):
        upload = self.begin()
        parts = [self.part(upload, 1, b"a"), self.part(upload, 2, b"b")]
        self.refused("InvalidPartOrder", self.complete, upload, parts[::-1], status=400)

    def test_parts_that_are_not_there(self):
        upload = self.begin()
        part = self.part(upload, 1, b"a")
        self.refused("InvalidPart", self.complete, upload, [part | {"PartNumber": 2}])
        self.refused("InvalidPart", self.complete, upload, [part | {"ETag": '"0"'}])

    def test_parts_that_are_too_small(self):
        upload = self.begin()
        parts = [self.part(upload, 1, b"a"), self.part(upload, 2, b"b")]
        self.refused("EntityTooSmall", self.complete, upload, parts, status=400)

    def test_part_numbers(self):
        upload = self.begin()
        for number in (0, 10_001):
            self.refused("InvalidArgument", self.part, upload, number, b"a")

    def test_an_upload_that_does_not_exist(self):
        self.refused("NoSuchUpload", self.part, "nosuch", 1, b"a", status=404)
        self.refused("NoSuchUpload", self.complete, "nosuch", [{"PartNumber": 1, "ETag": "0"}])
        upload = self.begin()
        self.complete(upload, [self.part(upload, 1, b"a")])
        self.refused("NoSuchUpload", self.part, upload, 1, b"a")

    def test_abort(self):
        upload = self.begin()
        self.part(upload, 1, b"a")
        abort = self.s3.abort_multipart_upload
        abort(Bucket=BUCKET, Key="big", UploadId=upload)
        self.refused("NoSuchUpload", abort, Bucket=BUCKET, Key="big", UploadId=upload)
        self.refused("404", self.s3.head_object, Bucket=BUCKET, Key="big")

    def test_list_parts(self):
        upload = self.begin()
        for number in (1, 2, 3):
            self.part(upload, number, b"x" * number)
        paginator = self.s3.get_paginator("list_parts")
        pages = list(
            paginator.paginate(Bucket=BUCKET, Key="big", UploadId=upload, PaginationConfig={"PageSize": 2})
        )
        self.assertEqual([[part["Size"] for part in page["Parts"]] for page in pages], [[1, 2], [3]])
        self.assertEqual(pages[0]["Parts"][0]["ETag"], '"' + hashlib.md5(b"x").hexdigest() + '"')

    def test_list_uploads(self):
        self.assertNotIn("Uploads", self.s3.list_multipart_uploads(Bucket=BUCKET))
        ids = [
            self.s3.create_multipart_upload(Bucket=BUCKET, Key=key)["UploadId"] for key in ("a/1", "a/2", "b")
        ]
        paginator = self.s3.get_paginator("list_multipart_uploads")
        pages = list(paginator.paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 2}))
        found = [upload["UploadId"] for page in pages for upload in page["Uploads"]]
        self.assertEqual((found, len(pages)), (ids, 2))
        answer = self.s3.list_multipart_uploads(Bucket=BUCKET, Prefix="a/")
        self.assertEqual([upload["Key"] for upload in answer["Uploads"]], ["a/1", "a/2"])

    def test_copied_parts(self):
        upload = self.begin()
        source = {"Bucket": BUCKET, "Key": "hello.txt"}
        first = self.s3.upload_part_copy(
            Bucket=BUCKET, Key="big", UploadId=upload, PartNumber=1, CopySource=source, CopySourceRange="bytes=0-4"
        )["CopyPartResult"]
        self.complete(upload, [{"PartNumber": 1, "ETag": first["ETag"]}])
        self.assertEqual(self.s3.get_object(Bucket=BUCKET, Key="big")["Body"].read(), b"Hello")

    def test_a_range_that_the_source_does_not_have(self):
        upload = self.begin()
        copy = self.s3.upload_part_copy
        for wrong in ("bytes=0-14", "bytes=20-30", "0-3", "bytes=3-"):
            self.refused(
                "InvalidArgument",
                copy,
                Bucket=BUCKET,
                Key="big",
                UploadId=upload,
                PartNumber=1,
                CopySource={"Bucket": BUCKET, "Key": "hello.txt"},
                CopySourceRange=wrong,
            )

    def test_permissions(self):
        create = self.client("s3", "alice").create_multipart_upload
        response = self.refused("AccessDenied", create, Bucket=BUCKET, Key="big")
        self.assertIn("s3:PutObject", response["Error"]["Message"])
        response = self.refused(
            "AccessDenied", self.client("s3", "alice").list_multipart_uploads, Bucket=BUCKET
        )
        self.assertIn("s3:ListBucketMultipartUploads", response["Error"]["Message"])

    def test_managed_transfer(self):
        config = boto3.s3.transfer.TransferConfig(multipart_threshold=PART, multipart_chunksize=PART)
        body = bytes(range(256)) * 4096 * 12
        self.s3.upload_fileobj(io.BytesIO(body), BUCKET, "big", Config=config)
        self.assertRegex(self.s3.head_object(Bucket=BUCKET, Key="big")["ETag"], '-3"$')
        found = io.BytesIO()
        self.s3.download_fileobj(BUCKET, "big", found, Config=config)
        self.assertEqual(found.getvalue(), body)
        self.s3.copy({"Bucket": BUCKET, "Key": "big"}, BUCKET, "copy", Config=config)
        self.assertRegex(self.s3.head_object(Bucket=BUCKET, Key="copy")["ETag"], '-3"$')
