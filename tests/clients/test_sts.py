"""STS with boto3: GetCallerIdentity and AssumeRole."""

import datetime
import json

from sandbox import BUCKET, MAIN, OTHER, TestCase, session_keys

READER = f"arn:aws:iam::{MAIN}:role/reader"


class GetCallerIdentity(TestCase):
    def test_of_the_root_user(self):
        answer = self.client("sts", "root").get_caller_identity()
        self.assertEqual((answer["Arn"], answer["UserId"]), (f"arn:aws:iam::{MAIN}:root", MAIN))

    def test_of_the_root_user_of_another_account(self):
        answer = self.client("sts", self.root(OTHER)).get_caller_identity()
        self.assertEqual(answer["Account"], OTHER)

    def test_of_a_user(self):
        answer = self.client("sts", "alice").get_caller_identity()
        self.assertEqual(answer["Arn"], f"arn:aws:iam::{MAIN}:user/alice")
        self.assertRegex(answer["UserId"], "^AIDA[A-Z2-7]{17}$")

    def test_of_a_session(self):
        assumed = self.assume("reader")
        answer = self.client("sts", session_keys(assumed["Credentials"])).get_caller_identity()
        self.assertEqual(answer["Arn"], f"arn:aws:sts::{MAIN}:assumed-role/reader/test")
        self.assertEqual(answer["UserId"], assumed["AssumedRoleUser"]["AssumedRoleId"])

    def test_in_whatever_region(self):
        answer = self.client("sts", "alice", region="eu-central-1").get_caller_identity()
        self.assertEqual(answer["Account"], MAIN)

    def test_has_a_request_id(self):
        answer = self.client("sts", "alice").get_caller_identity()
        self.assertRegex(answer["ResponseMetadata"]["RequestId"], "^[0-9a-f]{8}-[0-9a-f-]{27}$")


class AssumeRole(TestCase):
    def test_user_to_role_and_on_to_s3(self):
        assumed = self.assume("reader")
        self.assertRegex(assumed["Credentials"]["AccessKeyId"], "^ASIA")
        self.assertEqual(assumed["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{MAIN}:assumed-role/reader/test")
        s3 = self.client("s3", session_keys(assumed["Credentials"]))
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="hello.txt")["Body"].read(), b"Hello from S3\n")

    def test_lasts_an_hour_by_default(self):
        expires = self.assume("reader")["Credentials"]["Expiration"]
        left = expires - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(left.total_seconds(), 3600, delta=30)

    def test_lasts_as_long_as_asked(self):
        expires = self.assume("reader", DurationSeconds=7200)["Credentials"]["Expiration"]
        left = expires - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(left.total_seconds(), 7200, delta=30)

    def test_the_trust_policy_names_another(self):
        self.refused(
            "AccessDenied",
            self.assume,
            "reader",
            "carol",
            status=403,
            message=f"User: arn:aws:iam::{MAIN}:user/carol is not authorized to perform: "
            f"sts:AssumeRole on resource: {READER}",
        )

    def test_a_role_that_does_not_exist(self):
        self.refused("AccessDenied", self.assume, "nosuch", status=403)

    def test_a_root_user(self):
        self.refused(
            "AccessDenied", self.assume, "reader", "root", message="Roles may not be assumed by root accounts."
        )

    def test_external_id(self):
        assumed = self.assume("partners/partner", ExternalId="partner-42")
        self.client("s3", session_keys(assumed["Credentials"])).list_buckets()

    def test_external_id_missing_or_wrong(self):
        self.refused("AccessDenied", self.assume, "partners/partner")
        self.refused("AccessDenied", self.assume, "partners/partner", ExternalId="partner-43")

    def test_session_policy_narrows(self):
        statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/logs/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        s3 = self.client("s3", session_keys(self.assume("reader", Policy=policy)["Credentials"]))
        s3.get_object(Bucket=BUCKET, Key="logs/2026-01.csv")
        self.refused(
            "AccessDenied",
            s3.get_object,
            Bucket=BUCKET,
            Key="hello.txt",
            message=f"User: arn:aws:sts::{MAIN}:assumed-role/reader/test is not authorized to perform: "
            f's3:GetObject on resource: "arn:aws:s3:::{BUCKET}/hello.txt" because no session policy allows '
            "the s3:GetObject action",
        )

    def test_malformed_session_policy(self):
        self.refused("MalformedPolicyDocument", self.assume, "reader", Policy="{}}", status=400)

    def test_duration_above_the_roles_maximum(self):
        self.refused(
            "ValidationError",
            self.assume,
            "reader",
            DurationSeconds=7201,
            status=400,
            message="The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        )

    def test_duration_above_the_range(self):
        self.refused("ValidationError", self.assume, "reader", DurationSeconds=43201, status=400)

    def test_chaining_is_limited_to_an_hour(self):
        reader = session_keys(self.assume("reader")["Credentials"])
        self.assume("next", reader, DurationSeconds=3600)
        self.refused(
            "ValidationError",
            self.assume,
            "next",
            reader,
            DurationSeconds=3601,
            message="The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
            "chaining.",
        )

    def test_across_accounts(self):
        assumed = self.assume(f"arn:aws:iam::{OTHER}:role/visitors")
        identity = self.client("sts", session_keys(assumed["Credentials"])).get_caller_identity()
        self.assertEqual(identity["Account"], OTHER)

    def test_across_accounts_without_own_permission(self):
        self.refused("AccessDenied", self.assume, f"arn:aws:iam::{OTHER}:role/visitors", "bob")

    def test_operations_that_are_not_modelled(self):
        sts = self.client("sts", "alice")
        self.refused(
            "InvalidAction",
            sts.assume_role_with_web_identity,
            RoleArn=READER,
            RoleSessionName="test",
            WebIdentityToken="token",
            status=400,
        )
        self.refused(
            "InvalidAction",
            sts.assume_role_with_saml,
            RoleArn=READER,
            PrincipalArn=f"arn:aws:iam::{MAIN}:saml-provider/x",
            SAMLAssertion="text",
        )
