"""STS with boto3: MFA, session tags, source identity, tokens of users, decoding; the posts' scenarios."""

import json

from mfa import Device
from sandbox import BUCKET, MAIN, OTHER, TestCase, session_keys

ALICE = f"arn:aws:iam::{MAIN}:user/alice"
NO_SERIAL = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and "
    "associated with this user."
)


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", condition=None):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def trust(principal, action="sts:AssumeRole", condition=None):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action}
    return document({**statement, "Condition": condition} if condition else statement)


class Sessions(TestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam", "root")

    def role(self, name, *arguments, account=MAIN, policy=None, **more):
        iam = self.iam if account == MAIN else self.client("iam", self.root(account))
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(*arguments), **more)["Role"]
        if policy:
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(policy))
        return role["Arn"]

    def allow(self, user, *statements):
        self.iam.put_user_policy(UserName=user, PolicyName="more", PolicyDocument=document(*statements))


class CrossAccountWithMfa(Sessions):
    """A role of another account trusts this account's root where an MFA device was shown."""

    def setUp(self):
        super().setUp()
        condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        policy = allow("s3:ListAllMyBuckets")
        self.arn = self.role("search", f"arn:aws:iam::{MAIN}:root", "sts:AssumeRole", condition, account=OTHER, policy=policy)
        self.device = Device(self.iam, "alice").enable()

    def test_with_a_code(self):
        assumed = self.assume(self.arn, **self.device.proof())
        context = self.step("authorize")["evidence"]["context"]
        self.assertEqual(context["aws:MultiFactorAuthPresent"]["values"], ["true"])
        self.assertEqual(context["aws:MultiFactorAuthAge"]["values"], ["0"])
        self.client("s3", session_keys(assumed["Credentials"])).list_buckets()
        # The role's session itself doesn't remember the device.
        context = self.step("authorize")["evidence"]["context"]
        self.assertEqual(context["aws:MultiFactorAuthPresent"]["values"], ["false"])

    def test_without_a_code(self):
        self.refused("AccessDenied", self.assume, self.arn, status=403)

    def test_without_own_permission(self):
        device = Device(self.iam, "bob").enable()
        self.refused("AccessDenied", self.assume, self.arn, "bob", **device.proof())
        self.allow("bob", allow("sts:AssumeRole", self.arn))
        device.ahead += 60
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 60})
        self.assume(self.arn, "bob", **device.proof())

    def test_with_a_wrong_code(self):
        message = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
        wrong = {**self.device.proof(), "TokenCode": self.device.code(100)}
        self.refused("AccessDenied", self.assume, self.arn, message=message, **wrong)

    def test_a_code_is_good_once(self):
        proof = self.device.proof()
        self.assume(self.arn, **proof)
        self.refused("AccessDenied", self.assume, self.arn, **proof)

    def test_with_one_of_the_two_alone(self):
        message = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
        self.refused("AccessDenied", self.assume, self.arn, SerialNumber=self.device.serial, message=message)
        self.refused("AccessDenied", self.assume, self.arn, TokenCode="123456", message=message)

    def test_with_anothers_device(self):
        bobs = Device(self.iam, "bob").enable()
        self.refused("AccessDenied", self.assume, self.arn, message=NO_SERIAL, **bobs.proof())
        nobodys = {"SerialNumber": f"arn:aws:iam::{MAIN}:mfa/none", "TokenCode": "123456"}
        self.refused("AccessDenied", self.assume, self.arn, message=NO_SERIAL, **nobodys)

    def test_a_recent_code(self):
        condition = {"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}
        self.role("recent", ALICE, "sts:AssumeRole", condition)
        token = self.client("sts", "alice").get_session_token(**self.device.proof())
        session = session_keys(token["Credentials"])
        self.assume("recent", session)
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 61})
        self.refused("AccessDenied", self.assume, "recent", session)


class ExternalIdAndLength(Sessions):
    """A partner's role: an external id against the confused deputy, and short sessions."""

    def setUp(self):
        super().setUp()
        condition = {"StringEquals": {"sts:ExternalId": "unique-42"}}
        self.arn = self.role("vendor", ALICE, "sts:AssumeRole", condition, policy=allow("s3:ListAllMyBuckets"))

    def test_the_id_must_be_the_one(self):
        self.assume("vendor", ExternalId="unique-42")
        self.refused("AccessDenied", self.assume, "vendor")
        self.refused("AccessDenied", self.assume, "vendor", ExternalId="unique-43")
        self.refused("ValidationError", self.assume, "vendor", ExternalId="no spaces", status=400)

    def test_fifteen_minutes(self):
        session = session_keys(self.assume("vendor", ExternalId="unique-42", DurationSeconds=900)["Credentials"])
        s3 = self.client("s3", session)
        s3.list_buckets()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 901})
        self.refused("ExpiredToken", s3.list_buckets)

    def test_the_roles_maximum(self):
        refused = lambda seconds, **more: self.refused(
            "ValidationError", self.assume, "vendor", ExternalId="unique-42", DurationSeconds=seconds, **more
        )
        refused(3601, message="The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        self.iam.update_role(RoleName="vendor", MaxSessionDuration=7200)
        self.assume("vendor", ExternalId="unique-42", DurationSeconds=7200)
        refused(7201)


class Tags(Sessions):
    TAGS = [{"Key": "Project", "Value": "blue"}, {"Key": "Team", "Value": "a"}]

    def setUp(self):
        super().setUp()
        both = ["sts:AssumeRole", "sts:TagSession"]
        of_project = {"StringEquals": {"aws:PrincipalTag/Project": "blue"}}
        self.role("tagged", ALICE, both, policy=allow(["s3:ListAllMyBuckets", "sts:*"], "*", of_project))
        self.allow("alice", allow("sts:TagSession"))

    def test_count_as_principal_tags(self):
        session = session_keys(self.assume("tagged", Tags=self.TAGS)["Credentials"])
        self.client("s3", session).list_buckets()
        plain = session_keys(self.assume("tagged")["Credentials"])
        self.refused("AccessDenied", self.client("s3", plain).list_buckets)

    def test_are_a_permission_of_their_own(self):
        self.role("untagged", ALICE)
        self.assume("untagged")
        response = self.refused("AccessDenied", self.assume, "untagged", Tags=self.TAGS)
        self.assertIn("sts:TagSession", response["Error"]["Message"])

    def test_are_seen_by_conditions(self):
        condition = {"StringEquals": {"aws:RequestTag/Project": "blue"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["Project", "Team"]}}
        self.role("asked", ALICE, ["sts:AssumeRole", "sts:TagSession"], condition)
        self.assume("asked", Tags=self.TAGS)
        self.refused("AccessDenied", self.assume, "asked", Tags=[{"Key": "Project", "Value": "red"}])
        self.refused("AccessDenied", self.assume, "asked", Tags=self.TAGS + [{"Key": "Other", "Value": ""}])

    def test_transitive_ones_are_handed_on(self):
        first = self.assume("tagged", Tags=self.TAGS, TransitiveTagKeys=["Project"])
        session = session_keys(first["Credentials"])
        tagged = f"arn:aws:iam::{MAIN}:role/tagged"
        self.role("second", tagged, ["sts:AssumeRole", "sts:TagSession"])
        self.iam.put_role_policy(
            RoleName="second",
            PolicyName="own",
            PolicyDocument=document(
                allow("s3:ListAllMyBuckets", "*", {"StringEquals": {"aws:PrincipalTag/Project": "blue"}}),
                allow("s3:GetObject", "*", {"StringEquals": {"aws:PrincipalTag/Team": "a"}}),
            ),
        )
        s3 = self.client("s3", session_keys(self.assume("second", session)["Credentials"]))
        s3.list_buckets()
        self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="hello.txt")
        self.refused(
            "InvalidParameterValue", self.assume, "second", session, Tags=[{"Key": "Project", "Value": "red"}]
        )

    def test_a_transitive_key_must_be_there(self):
        self.refused("InvalidParameterValue", self.assume, "tagged", Tags=self.TAGS, TransitiveTagKeys=["Other"])

    def test_have_a_size(self):
        answer = self.assume("tagged", Tags=self.TAGS)
        self.assertGreater(answer["PackedPolicySize"], 0)
        many = [{"Key": f"{number:03}" + "k" * 100, "Value": "v" * 200} for number in range(50)]
        self.refused("PackedPolicyTooLarge", self.assume, "tagged", Tags=many, status=400)

    def test_twice_the_same_key(self):
        twice = [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]
        self.refused("InvalidParameterValue", self.assume, "tagged", Tags=twice)


class SourceIdentity(Sessions):
    def setUp(self):
        super().setUp()
        both = ["sts:AssumeRole", "sts:SetSourceIdentity"]
        self.role("first", ALICE, both, policy=allow("sts:*"))
        self.role("second", f"arn:aws:iam::{MAIN}:role/first", both)
        self.allow("alice", allow("sts:SetSourceIdentity"))

    def test_is_told_and_kept(self):
        first = self.assume("first", SourceIdentity="alice.kim")
        self.assertEqual(first["SourceIdentity"], "alice.kim")
        session = session_keys(first["Credentials"])
        self.assertEqual(self.assume("second", session)["SourceIdentity"], "alice.kim")
        message = "The source identity is already set for this assume role session"
        self.refused("ValidationError", self.assume, "second", session, SourceIdentity="somebody", message=message)

    def test_is_a_permission_of_its_own(self):
        self.role("plain", ALICE)
        response = self.refused("AccessDenied", self.assume, "plain", SourceIdentity="alice.kim")
        self.assertIn("sts:SetSourceIdentity", response["Error"]["Message"])

    def test_is_seen_by_conditions(self):
        condition = {"StringLike": {"sts:SourceIdentity": "*.kim"}}
        self.role("named", ALICE, ["sts:AssumeRole", "sts:SetSourceIdentity"], condition)
        self.assume("named", SourceIdentity="alice.kim")
        self.refused("AccessDenied", self.assume, "named", SourceIdentity="alice.lee")


class SessionPolicies(Sessions):
    def test_managed_ones_narrow(self):
        arn = self.iam.create_policy(PolicyName="narrow", PolicyDocument=document(allow("s3:ListBucket")))["Policy"]["Arn"]
        s3 = self.client("s3", session_keys(self.assume("reader", PolicyArns=[{"arn": arn}])["Credentials"]))
        s3.list_objects_v2(Bucket=BUCKET)
        self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="hello.txt")

    def test_aws_managed_ones_narrow(self):
        arn = "arn:aws:iam::aws:policy/AWSDenyAll"
        s3 = self.client("s3", session_keys(self.assume("reader", PolicyArns=[{"arn": arn}])["Credentials"]))
        self.refused("AccessDenied", s3.list_objects_v2, Bucket=BUCKET)

    def test_one_that_does_not_exist(self):
        arn = f"arn:aws:iam::{MAIN}:policy/nosuch"
        self.refused("MalformedPolicyDocument", self.assume, "reader", PolicyArns=[{"arn": arn}])

    def test_too_long(self):
        policy = document(allow("s3:GetObject", "arn:aws:s3:::" + "x" * 2048))
        self.refused("ValidationError", self.assume, "reader", Policy=policy)


class SessionToken(Sessions):
    def token(self, **more):
        return session_keys(self.client("sts", "alice").get_session_token(**more)["Credentials"])

    def test_is_the_user(self):
        session = self.token()
        self.assertEqual(self.client("sts", session).get_caller_identity()["Arn"], ALICE)
        self.client("s3", session).list_buckets()

    def test_with_mfa(self):
        deny = {
            "Effect": "Deny",
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        }
        device = Device(self.iam, "alice").enable()
        self.allow("alice", deny)
        self.refused("AccessDenied", self.client("s3", "alice").list_buckets)
        self.refused("AccessDenied", self.client("s3", self.token()).list_buckets)
        self.client("s3", self.token(**device.proof())).list_buckets()

    def test_calls_iam_with_mfa_alone(self):
        self.allow("alice", allow("iam:GetUser"))
        self.client("iam", "alice").get_user()
        self.refused("InvalidClientTokenId", self.client("iam", self.token()).get_user)
        device = Device(self.iam, "alice").enable()
        self.client("iam", self.token(**device.proof())).get_user()

    def test_is_no_key_to_another(self):
        sts = self.client("sts", self.token())
        message = "Cannot call GetSessionToken with session credentials"
        self.refused("AccessDenied", sts.get_session_token, message=message)
        self.refused("AccessDenied", sts.get_federation_token, Name="bob")

    def test_assumes_roles(self):
        self.assume("reader", self.token())

    def test_of_the_root_user_ends_after_an_hour(self):
        session = session_keys(self.client("sts", "root").get_session_token(DurationSeconds=7200)["Credentials"])
        self.client("sts", session).get_caller_identity()
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 3601})
        self.refused("ExpiredToken", self.client("sts", session).get_caller_identity)

    def test_longest(self):
        self.token(DurationSeconds=129600)
        self.refused("ValidationError", self.token, DurationSeconds=129601)

    def test_ends_with_its_user(self):
        self.iam.create_user(UserName="dan")
        key = self.iam.create_access_key(UserName="dan")["AccessKey"]
        long_term = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        session = session_keys(self.client("sts", long_term).get_session_token()["Credentials"])
        self.client("sts", session).get_caller_identity()
        self.iam.delete_access_key(UserName="dan", AccessKeyId=key["AccessKeyId"])
        self.client("sts", session).get_caller_identity()
        self.iam.delete_user(UserName="dan")
        self.refused("InvalidClientTokenId", self.client("sts", session).get_caller_identity)


class FederationToken(Sessions):
    def setUp(self):
        super().setUp()
        self.allow("alice", allow("sts:GetFederationToken"))

    def federate(self, **more):
        return self.client("sts", "alice").get_federation_token(Name="guest", **more)

    def test_is_somebody_else(self):
        answer = self.federate()
        arn = f"arn:aws:sts::{MAIN}:federated-user/guest"
        self.assertEqual(answer["FederatedUser"], {"FederatedUserId": f"{MAIN}:guest", "Arn": arn})
        identity = self.client("sts", session_keys(answer["Credentials"])).get_caller_identity()
        self.assertEqual((identity["Arn"], identity["UserId"]), (arn, f"{MAIN}:guest"))

    def test_has_what_both_allow(self):
        policy = document(allow(["s3:GetObject", "s3:DeleteObject"]))
        s3 = self.client("s3", session_keys(self.federate(Policy=policy)["Credentials"]))
        s3.get_object(Bucket=BUCKET, Key="hello.txt")
        self.refused("AccessDenied", s3.delete_object, Bucket=BUCKET, Key="hello.txt")
        self.refused("AccessDenied", s3.list_buckets)

    def test_without_a_policy_has_nothing(self):
        s3 = self.client("s3", session_keys(self.federate()["Credentials"]))
        self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="hello.txt")

    def test_calls_neither_iam_nor_sts(self):
        session = session_keys(self.federate()["Credentials"])
        self.refused("InvalidClientTokenId", self.client("iam", session).get_user)
        self.refused("AccessDenied", self.assume, "reader", session)

    def test_is_a_permission(self):
        self.refused("AccessDenied", self.client("sts", "bob").get_federation_token, Name="guest")

    def test_by_a_session(self):
        reader = session_keys(self.assume("reader")["Credentials"])
        message = "Cannot call GetFederationToken with session credentials"
        self.refused("AccessDenied", self.client("sts", reader).get_federation_token, Name="guest", message=message)


class Information(Sessions):
    def test_access_key(self):
        self.allow("alice", allow("sts:GetAccessKeyInfo"))
        sts = self.client("sts", "alice")
        other = self.root(OTHER)["aws_access_key_id"]
        self.assertEqual(sts.get_access_key_info(AccessKeyId=other)["Account"], OTHER)
        temporary = self.assume("reader")["Credentials"]["AccessKeyId"]
        self.assertEqual(sts.get_access_key_info(AccessKeyId=temporary)["Account"], MAIN)
        self.refused("AccessDenied", self.client("sts", "bob").get_access_key_info, AccessKeyId=other)

    def test_a_message_that_is_none(self):
        decode = self.client("sts", "root").decode_authorization_message
        self.refused("InvalidAuthorizationMessageException", decode, EncodedMessage="abc", status=400)

    def test_a_refusal_of_ec2(self):
        ec2 = self.client("ec2", "bob")
        response = self.refused("UnauthorizedOperation", ec2.terminate_instances, InstanceIds=["i-0123456789abcdef0"])
        text = response["Error"]["Message"]
        message = text.split("Encoded authorization failure message: ")[1]
        self.refused(
            "AccessDenied", self.client("sts", "bob").decode_authorization_message, EncodedMessage=message
        )
        decoded = self.client("sts", "root").decode_authorization_message(EncodedMessage=message)["DecodedMessage"]
        told = json.loads(decoded)
        self.assertEqual((told["allowed"], told["explicitDeny"]), (False, False))
        self.assertEqual(told["context"]["action"], "ec2:TerminateInstances")
        self.assertEqual(told["context"]["principal"]["arn"], f"arn:aws:iam::{MAIN}:user/bob")
        keys = [item["key"] for item in told["context"]["conditions"]["items"]]
        self.assertIn("aws:SourceIp", keys)
