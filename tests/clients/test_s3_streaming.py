"""Bodies in aws-chunked coding, signed as botocore signs, and large ones."""

import base64
import binascii
import hashlib
import hmac
import http.client
import pathlib

import botocore.auth
import botocore.awsrequest
import botocore.credentials

from sandbox import BUCKET, Endpoint, TestCase, keys

SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"


class Signer(botocore.auth.S3SigV4Auth):
    """Signs what stands in x-amz-content-sha256, and then chunk after chunk."""

    def __init__(self, person, coding):
        key = keys(person)
        credentials = botocore.credentials.Credentials(key["aws_access_key_id"], key["aws_secret_access_key"])
        super().__init__(credentials, "s3", "us-east-1")
        self.coding = coding

    def payload(self, request):
        return self.coding

    def begin(self, request):
        self.add_auth(request)
        self.previous = request.headers["Authorization"].rsplit("Signature=", 1)[1]
        self.date = request.context["timestamp"]
        self.request = request

    def next(self, algorithm, *hashes):
        scope = self.credential_scope(self.request)
        text = "\n".join([algorithm, self.date, scope, self.previous, *hashes])
        self.previous = self.signature(text, self.request)
        return self.previous

    def chunk(self, data):
        empty = hashlib.sha256(b"").hexdigest()
        signature = self.next("AWS4-HMAC-SHA256-PAYLOAD", empty, hashlib.sha256(data).hexdigest())
        return f"{len(data):x};chunk-signature={signature}\r\n".encode() + data + (b"\r\n" if data else b"")

    def trailer(self, name, value):
        line = f"{name}:{value}\n".encode()
        signature = self.next("AWS4-HMAC-SHA256-TRAILER", hashlib.sha256(line).hexdigest())
        return f"{name}:{value}\r\nx-amz-trailer-signature:{signature}\r\n\r\n".encode()


class Streaming(TestCase):
    def put(self, coding, chunks, checksum=None, spoil=lambda body: body, **headers):
        url = f"{self.endpoint.url}/{BUCKET}/streamed"
        length = sum(len(chunk) for chunk in chunks)
        headers = {"x-amz-decoded-content-length": str(length), "content-encoding": "aws-chunked", **headers}
        if checksum:
            headers["x-amz-trailer"] = checksum[0]
        request = botocore.awsrequest.AWSRequest("PUT", url, headers=headers)
        signer = Signer("carol", coding)
        signer.begin(request)
        if coding.startswith(SIGNED):
            body = b"".join(signer.chunk(chunk) for chunk in [*chunks, b""])
            body += signer.trailer(*checksum) if checksum else b"\r\n"
        else:
            body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n"
            body += f"{checksum[0]}:{checksum[1]}\r\n\r\n".encode() if checksum else b"\r\n"
        connection = http.client.HTTPConnection("127.0.0.1", self.endpoint.port, timeout=60)
        connection.request("PUT", f"/{BUCKET}/streamed", spoil(body), dict(request.headers.items()))
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def stored(self):
        return self.client("s3", "carol").get_object(Bucket=BUCKET, Key="streamed")

    def test_signed_chunks(self):
        chunks = [b"a" * 65536, b"b" * 1000]
        self.assertEqual(self.put(SIGNED, chunks), (200, ""))
        answer = self.stored()
        self.assertEqual(answer["Body"].read(), b"".join(chunks))
        self.assertNotIn("ContentEncoding", answer)

    def test_signed_chunks_with_a_trailer(self):
        crc = base64.b64encode(binascii.crc32(b"abcdef").to_bytes(4, "big")).decode()
        checksum = ("x-amz-checksum-crc32", crc)
        self.assertEqual(self.put(SIGNED + "-TRAILER", [b"abc", b"def"], checksum), (200, ""))

    def test_unsigned_chunks_with_a_trailer(self):
        digest = base64.b64encode(hashlib.sha256(b"abcdef").digest()).decode()
        coding = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        self.assertEqual(self.put(coding, [b"abc", b"def"], ("x-amz-checksum-sha256", digest)), (200, ""))
        status, text = self.put(coding, [b"abc", b"deF"], ("x-amz-checksum-sha256", digest))
        self.assertEqual(status, 400)
        self.assertIn("<Code>BadDigest</Code>", text)

    def test_a_changed_chunk(self):
        for spoil in (
            lambda body: body.replace(b"abc", b"abd"),
            lambda body: body.replace(b"chunk-signature=", b"chunk-signature=0", 1),
            lambda body: body.replace(b";chunk-signature=", b";other=", 1),
        ):
            status, text = self.put(SIGNED, [b"abc", b"def"], spoil=spoil)
            self.assertEqual(status, 403)
            self.assertIn("<Code>SignatureDoesNotMatch</Code>", text)
        self.refused("NoSuchKey", self.stored)

    def test_chunks_in_another_order(self):
        def swap(body):
            one, two = body.find(b"3;"), body.find(b"3;", 5)
            end = body.find(b"0;")
            return body[two:end] + body[one:two] + body[end:]

        self.assertEqual(self.put(SIGNED, [b"abc", b"def"], spoil=swap)[0], 403)

    def test_a_changed_trailer(self):
        crc = base64.b64encode(binascii.crc32(b"abc").to_bytes(4, "big")).decode()
        spoil = lambda body: body.replace(b"x-amz-trailer-signature:", b"x-amz-trailer-signature:0")
        self.assertEqual(self.put(SIGNED + "-TRAILER", [b"abc"], ("x-amz-checksum-crc32", crc), spoil)[0], 403)

    def test_a_body_that_is_cut(self):
        status, text = self.put(SIGNED, [b"abc"], spoil=lambda body: body[: body.find(b"0;")])
        self.assertEqual((status, "<Code>IncompleteBody</Code>" in text), (400, True))
        status, text = self.put(SIGNED, [b"abc"], **{"x-amz-decoded-content-length": "4"})
        self.assertEqual((status, "<Code>IncompleteBody</Code>" in text), (400, True))


class Large(TestCase):
    def test_a_body_is_held_once_or_twice(self):
        """What the program takes at most stays within a small multiple of what is uploaded."""
        size = 24 * 1024 * 1024
        endpoint = Endpoint()
        self.addCleanup(endpoint.stop)
        self.endpoint = endpoint
        key = next(iter(endpoint.accounts.values()))
        root = {"aws_access_key_id": key["accessKeyId"], "aws_secret_access_key": key["secretAccessKey"]}
        s3 = self.client("s3", root, read_timeout=300)
        s3.create_bucket(Bucket="client-made-bucket")
        before = most(endpoint)
        s3.put_object(Bucket="client-made-bucket", Key="large", Body=bytes(size))
        self.assertEqual(s3.get_object(Bucket="client-made-bucket", Key="large")["ContentLength"], size)
        self.assertLess(most(endpoint) - before, 3 * size)


def most(endpoint):
    """The most memory that a program has held, in bytes."""
    lines = pathlib.Path(f"/proc/{endpoint.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024
