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

    def test_both_in_header_and_query(self):
        s3 = self.client("s3", "alice", signature_version="s3v4")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "hello.txt"})
        status, text = fetch(url, Authorization=self.signed().headers["Authorization"])
        self.assertEqual(status, 400)
        self.assertIn("<Message>Only one auth mechanism allowed; ", text)

    def test_host_must_be_signed(self):
        key = keys("alice")
        credentials = botocore.credentials.Credentials(key["aws_access_key_id"], key["aws_secret_access_key"])
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        request = botocore.awsrequest.AWSRequest("POST", self.endpoint.url + "/", headers, body)

        class WithoutHost(botocore.auth.SigV4Auth):
            def headers_to_sign(self, request):
                headers = super().headers_to_sign(request)
                del headers["host"]
                return headers

        WithoutHost(credentials, "sts", "us-east-1").add_auth(request)
        status, text = self.send(request)
        self.assertEqual(status, 403)
        self.assertIn("must be a &apos;SignedHeader&apos;".replace("&apos;", "'"), text)

    def test_paths_of_s3_are_taken_as_they_are(self):
        for path in ("//double", "/a/../b", "/a/./b", "/a%20b", "/a%2Bb", "/%E1%88%B4", "/tilde~", "/100%25"):
            status, text = self.send(self.signed(path=f"/{BUCKET}{path}"))
            self.assertNotIn("SignatureDoesNotMatch", text, path)

    def test_paths_of_other_services_are_normalised(self):
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for path in ("/", "//", "/./", "/a/..", "/a/../", "/a%20b/.."):
            status, text = self.send(self.signed("sts", "POST", path, body, dict(headers)))
            self.assertNotIn("SignatureDoesNotMatch", text, path)

    def test_values_with_runs_of_spaces(self):
        request = self.signed(headers={"x-amz-meta-a": "  a   b  "})
        status, text = self.send(request)
        self.assertEqual((status, text), (200, "Hello from S3\n"))

    def test_unsigned_payload(self):
        request = self.signed(headers={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"})
        self.assertEqual(self.send(request), (200, "Hello from S3\n"))

    def test_sts_reads_the_body_itself(self):
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
        request = self.signed("sts", "POST", "/", body, headers)
        status, text = self.send(request, body=body + b"&X=1")
        self.assertIn("SignatureDoesNotMatch", text)


class SignedUrlsOfSts(TestCase):
    """GetCallerIdentity as a URL: what proves an identity to a third party."""

    def url(self, who="alice"):
        return self.client("sts", who).generate_presigned_url("get_caller_identity", ExpiresIn=900, HttpMethod="GET")

    def test_get(self):
        status, text = fetch(self.url())
        self.assertEqual(status, 200)
        self.assertIn(f"arn:aws:iam::{MAIN}:user/alice", text)

    def test_get_with_a_session(self):
        status, text = fetch(self.url(session_keys(self.assume("reader")["Credentials"])))
        self.assertIn(f"arn:aws:sts::{MAIN}:assumed-role/reader/test", text)

    def test_tampered(self):
        status, text = fetch(self.url().replace("GetCallerIdentity", "GetSessionToken"))
        self.assertEqual(status, 403)
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", text)

    def test_expired(self):
        url = self.url()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 901})
        status, text = fetch(url)
        self.assertEqual(status, 403)
        self.assertRegex(text, r"Signature expired: \d{8}T\d{6}Z is now earlier than .* - 15 min\.\)")

    def test_incomplete(self):
        status, text = fetch(self.url().split("&X-Amz-Signature=")[0])
        self.assertEqual(status, 400)
        self.assertIn("AWS query-string parameters must include", text)


class Vectors(TestCase):
    """Requests signed by botocore at test time, as they are and with one byte of each part changed."""

    CASES = [
        ("s3", "GET", "/{bucket}/hello.txt", b"", {}),
        ("s3", "GET", "/{bucket}?list-type=2&prefix=a%20b%2B&delimiter=%2F&start-after=", b"", {}),
        ("s3", "PUT", "/{bucket}/k%C3%A9y", b"body", {"Content-Type": "text/plain", "x-amz-meta-Name": " a  b "}),
        ("s3", "GET", "/{bucket}/a//b/../c", b"", {"Range": "bytes=0-1", "x-amz-meta-b": "z"}),
        ("sts", "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("sts", "GET", "/?Action=GetCallerIdentity&Version=2011-06-15", b"", {}),
        ("iam", "POST", "/", b"Action=ListRoles&Version=2010-05-08", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("ec2", "POST", "/", b"Action=DescribeInstances&Version=2016-11-15", {"Content-Type": "application/x-www-form-urlencoded"}),
    ]
    WRONG = ("SignatureDoesNotMatch", "AuthFailure", "XAmzContentSHA256Mismatch")

    def exchange(self, method, target, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.endpoint.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request(method, target, body, headers)
        return connection.getresponse().read().decode()

    def vectors(self):
        key = keys("alice")
        token = session_keys(self.assume("reader")["Credentials"])
        for service, method, target, body, headers in self.CASES:
            for who in (key, token):
                credentials = botocore.credentials.Credentials(
                    who["aws_access_key_id"], who["aws_secret_access_key"], who.get("aws_session_token")
                )
                target = target.format(bucket=BUCKET)
                request = botocore.awsrequest.AWSRequest(method, self.endpoint.url + target, dict(headers), body)
                signer = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
                signer(credentials, service, "us-east-1").add_auth(request)
                yield service, method, target, body, dict(request.headers.items())

    def refused(self, text):
        return any(f"<Code>{code}</Code>" in text for code in self.WRONG)

    def test_as_they_are(self):
        for service, method, target, body, headers in self.vectors():
            text = self.exchange(method, target, body, headers)
            self.assertFalse(self.refused(text), (service, target, text))

    def test_another_method(self):
        for service, method, target, body, headers in self.vectors():
            # A query that another operation doesn't know is told before the signature.
            if "list-type" not in target:
                text = self.exchange("DELETE" if service == "s3" else "PUT", target, body, headers)
                self.assertTrue(self.refused(text), (service, target, text))

    def test_another_query(self):
        for service, method, target, body, headers in self.vectors():
            if service == "ec2":
                continue  # Tells a parameter that it doesn't know before the signature.
            changed = target + ("&" if "?" in target else "?") + "x-id=x"
            text = self.exchange(method, changed, body, headers)
            self.assertTrue(self.refused(text), (service, target, text))

    def test_another_body(self):
        for service, method, target, body, headers in self.vectors():
            if body and service != "ec2":
                text = self.exchange(method, target, body + b"&X=1", headers)
                self.assertTrue(self.refused(text), (service, target, text))

    def test_another_signature(self):
        for service, method, target, body, headers in self.vectors():
            value = headers["Authorization"]
            changed = {**headers, "Authorization": value[:-1] + ("0" if value[-1] != "0" else "1")}
            self.assertTrue(self.refused(self.exchange(method, target, body, changed)), (service, target))

    def test_another_signed_header(self):
        for service, method, target, body, headers in self.vectors():
            for name in headers:
                if name.lower() in ("x-amz-meta-name", "x-amz-meta-b", "content-type", "x-amz-security-token"):
                    changed = {**headers, name: headers[name] + "x"}
                    text = self.exchange(method, target, body, changed)
                    refused = self.refused(text) or "InvalidClientTokenId" in text or "InvalidAccessKeyId" in text
                    self.assertTrue(refused or "AuthFailure" in text, (service, target, name, text))
