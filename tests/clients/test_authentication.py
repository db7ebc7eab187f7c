"""Who a request is from: signatures that botocore makes, as they are and tampered with."""

import datetime
import http.client
import unittest.mock
import urllib.error
import urllib.parse
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions

from sandbox import BUCKET, MAIN, TestCase, keys, session_keys


def fetch(url, **headers):
    """Status and text of a plain GET."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Presigned(TestCase):
    def url(self, who="alice", **more):
        s3 = self.client("s3", who, signature_version="s3v4")
        parameters = {"Bucket": BUCKET, "Key": "hello.txt"}
        return s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=600, **more)

    def test_get(self):
        self.assertEqual(fetch(self.url()), (200, "Hello from S3\n"))

    def test_get_with_a_session(self):
        who = session_keys(self.assume("reader")["Credentials"])
        self.assertEqual(fetch(self.url(who)), (200, "Hello from S3\n"))

    def test_get_with_a_range(self):
        self.assertEqual(fetch(self.url(), Range="bytes=0-4"), (206, "Hello"))

    def test_of_an_odd_key(self):
        s3 = self.client("s3", "alice", signature_version="s3v4")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a b+é(1).txt"})
        self.assertEqual(fetch(url), (200, "odd\n"))

    def test_expired(self):
        url = self.url()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 601})
        status, text = fetch(url)
        self.assertEqual(status, 403)
        self.assertIn("<Message>Request has expired</Message>", text)

    def test_for_another_method(self):
        status, text = fetch(self.url(HttpMethod="DELETE"))
        self.assertEqual(status, 403)
        self.assertIn("SignatureDoesNotMatch", text)

    def test_tampered(self):
        status, text = fetch(self.url().replace("hello.txt", "logs/2026-01.csv"))
        self.assertEqual(status, 403)
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", text)
        self.assertIn("<CanonicalRequest>GET", text)

    def test_extended(self):
        status, text = fetch(self.url().replace("X-Amz-Expires=600", "X-Amz-Expires=6000"))
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", text)

    def test_denied(self):
        s3 = self.client("s3", "bob", signature_version="s3v4")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "logs/2026-01.csv"})
        status, text = fetch(url)
        self.assertEqual(status, 403)
        self.assertIn("with an explicit deny in an identity-based policy", text)

    def test_version_2_is_told_apart(self):
        s3 = self.client("s3", "alice", signature_version="s3")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "hello.txt"})
        status, text = fetch(url)
        self.assertEqual(status, 400)
        self.assertIn("Please use AWS4-HMAC-SHA256.", text)


class Keys(TestCase):
    def with_key(self, service="s3", **changed):
        return self.client(service, {**keys("alice"), **changed})

    def test_wrong_secret(self):
        response = self.refused(
            "SignatureDoesNotMatch",
            self.with_key(aws_secret_access_key="wrong" * 8).list_buckets,
            status=403,
            message="The request signature we calculated does not match the signature you provided. Check your "
            "key and signing method.",
        )
        self.assertIn("CanonicalRequest", response["Error"])

    def test_wrong_secret_at_sts(self):
        sts = self.with_key("sts", aws_secret_access_key="wrong" * 8)
        self.refused("SignatureDoesNotMatch", sts.get_caller_identity, status=403)

    def test_unknown_key(self):
        self.refused(
            "InvalidAccessKeyId",
            self.with_key(aws_access_key_id="AKIAIOSFODNN7EXAMPLE").list_buckets,
            status=403,
            message="The AWS Access Key Id you provided does not exist in our records.",
        )

    def test_unknown_key_at_sts(self):
        self.refused(
            "InvalidClientTokenId",
            self.with_key("sts", aws_access_key_id="AKIAIOSFODNN7EXAMPLE").get_caller_identity,
            status=403,
            message="The security token included in the request is invalid.",
        )

    def test_inactive_key(self):
        self.refused("InvalidAccessKeyId", self.client("s3", "old").list_buckets)

    def test_token_of_another_key(self):
        token = session_keys(self.assume("reader")["Credentials"])["aws_session_token"]
        self.refused("InvalidToken", self.with_key(aws_session_token=token).list_buckets)


class Tokens(TestCase):
    def session(self):
        return session_keys(self.assume("reader")["Credentials"])

    def test_expired(self):
        who = self.session()
        self.client("s3", who).list_objects_v2(Bucket=BUCKET)
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 3601})
        self.refused(
            "ExpiredToken",
            self.client("s3", who).list_objects_v2,
            Bucket=BUCKET,
            status=400,
            message="The provided token has expired.",
        )

    def test_expired_at_sts(self):
        who = self.session()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 3601})
        self.refused(
            "ExpiredToken",
            self.client("sts", who).get_caller_identity,
            status=403,
            message="The security token included in the request is expired",
        )

    def test_long_term_keys_never_expire(self):
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 10 * 366 * 86400})
        self.client("s3", "alice").list_buckets()

    def test_tampered(self):
        who = self.session()
        who["aws_session_token"] = "A" + who["aws_session_token"][1:]
        self.refused("InvalidAccessKeyId", self.client("s3", who).list_objects_v2, Bucket=BUCKET)
        self.refused("InvalidClientTokenId", self.client("sts", who).get_caller_identity)

    def test_missing(self):
        who = self.session()
        del who["aws_session_token"]
        self.refused("InvalidAccessKeyId", self.client("s3", who).list_objects_v2, Bucket=BUCKET)

    def test_of_another_session(self):
        one, other = self.session(), self.session()
        self.assertNotEqual(one, other)
        one["aws_session_token"] = other["aws_session_token"]
        self.refused("InvalidClientTokenId", self.client("sts", one).get_caller_identity)


class Clocks(TestCase):
    """A client whose clock is off signs with the wrong time."""

    def at(self, seconds):
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)

        def current(remove_tzinfo=True):
            return now.replace(tzinfo=None) if remove_tzinfo else now

        patch = unittest.mock.patch.object(botocore.auth, "get_current_datetime", current)
        patch.start()
        self.addCleanup(patch.stop)

    def test_ten_minutes_are_accepted(self):
        for seconds in (-600, 600):
            self.at(seconds)
            self.client("s3", "alice").list_buckets()

    def test_s3_after_skew(self):
        self.at(-960)
        response = self.refused("RequestTimeTooSkewed", self.client("s3", "alice").list_buckets, status=403)
        self.assertEqual(response["Error"]["MaxAllowedSkewMilliseconds"], "900000")

    def test_s3_before_skew(self):
        self.at(960)
        self.refused("RequestTimeTooSkewed", self.client("s3", "alice").list_buckets)

    def test_sts_after_skew(self):
        self.at(-960)
        response = self.refused("SignatureDoesNotMatch", self.client("sts", "alice").get_caller_identity)
        self.assertRegex(response["Error"]["Message"], r"^Signature expired: \d{8}T\d{6}Z is now earlier than ")

    def test_sts_before_skew(self):
        self.at(960)
        response = self.refused("SignatureDoesNotMatch", self.client("sts", "alice").get_caller_identity)
        self.assertRegex(response["Error"]["Message"], "^Signature not yet current: ")

    def test_either_clock_is_right(self):
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 7200})
        self.client("s3", "alice").list_buckets()
        self.at(7200)
        self.client("s3", "alice").list_buckets()
        self.at(3600)
        self.refused("RequestTimeTooSkewed", self.client("s3", "alice").list_buckets)


class Signatures(TestCase):
    """Requests that botocore's own signer makes, sent byte by byte."""

    def signed(self, service="s3", method="GET", path=f"/{BUCKET}/hello.txt", body=b"", headers=None):
        key = keys("alice")
        credentials = botocore.credentials.Credentials(key["aws_access_key_id"], key["aws_secret_access_key"])
        request = botocore.awsrequest.AWSRequest(method, self.endpoint.url + path, headers or {}, body)
        signer = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
        signer(credentials, service, "us-east-1").add_auth(request)
        return request

    def send(self, request, method=None, path=None, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.endpoint.port, timeout=20)
        self.addCleanup(connection.close)
        sent = {**dict(request.headers.items()), **headers}
        parts = urllib.parse.urlsplit(request.url)
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method or request.method, path or target, body or request.body, sent)
        response = connection.getresponse()
        return response.status, response.read().decode()

    def test_as_signed(self):
        self.assertEqual(self.send(self.signed()), (200, "Hello from S3\n"))

    def test_changed_path(self):
        status, text = self.send(self.signed(), path=f"/{BUCKET}/logs/2026-01.csv")
        self.assertEqual(status, 403)
        self.assertIn("SignatureDoesNotMatch", text)

    def test_changed_method(self):
        status, text = self.send(self.signed(), method="DELETE")
        self.assertIn("SignatureDoesNotMatch", text)

    def test_added_query(self):
        status, text = self.send(self.signed(), path=f"/{BUCKET}/hello.txt?x-id=GetObject")
        self.assertIn("SignatureDoesNotMatch", text)

    def test_header_left_out_of_the_signature(self):
        status, text = self.send(self.signed(), **{"x-amz-meta-a": "1"})
        self.assertEqual(status, 403)
        self.assertIn("There were headers present in the request which were not signed", text)

    def test_unsigned_headers_may_change(self):
        self.assertEqual(self.send(self.signed(), Range="bytes=0-4"), (206, "Hello"))

    def test_query_is_sorted_whatever_its_order(self):
        path = f"/{BUCKET}?prefix=logs%2F&list-type=2&delimiter=%2F"
        status, text = self.send(self.signed(path=path))
        self.assertEqual(status, 200, text)

    def test_form(self):
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        request = self.signed("sts", "POST", "/", body, headers)
        status, text = self.send(request)
        self.assertEqual(status, 200)
        self.assertIn(f"arn:aws:iam::{MAIN}:user/alice", text)

    def test_changed_form(self):
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        request = self.signed("sts", "POST", "/", body, headers)
        status, text = self.send(request, body=body + b"&X=1")
        self.assertEqual(status, 403)
        self.assertIn("SignatureDoesNotMatch", text)

    def test_payload_that_is_not_the_signed_one(self):
        request = self.signed(method="GET", body=b"one")
        status, text = self.send(request, body=b"two")
        self.assertEqual(status, 400)
        self.assertIn("<Code>XAmzContentSHA256Mismatch</Code>", text)

    def test_unsigned_form(self):
        url = self.endpoint.url + "/?Action=GetCallerIdentity&Version=2011-06-15"
        status, text = fetch(url)
        self.assertEqual(status, 403)
        self.assertIn("<Code>MissingAuthenticationToken</Code>", text)
