"""IAM with boto3: roles, their policies, instance profiles, in the order of the seeds' walk-through."""

import json

from sandbox import BUCKET, MAIN, OTHER, TestCase, session_keys


def trust(**principal):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(action, resource="*", **more):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


EC2 = trust(Service="ec2.amazonaws.com")
ALICE = f"arn:aws:iam::{MAIN}:user/alice"


class WithRoles(TestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam", "root")

    def make(self, name="s3access", document=EC2, **more):
        return self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document, **more)["Role"]


class Roles(WithRoles):
    def test_created_as_asked(self):
        role = self.make(Path="/app/", Description="reads", MaxSessionDuration=7200, Tags=[{"Key": "Team", "Value": "a"}])
        self.assertEqual(role["Arn"], f"arn:aws:iam::{MAIN}:role/app/s3access")
        self.assertRegex(role["RoleId"], "^AROA[A-Z2-7]{17}$")
        self.assertEqual(role["AssumeRolePolicyDocument"], json.loads(EC2))
        self.assertEqual(role["Description"], "reads")
        again = self.iam.get_role(RoleName="s3access")["Role"]
        self.assertEqual(again, role)
        self.assertEqual(again["Tags"], [{"Key": "Team", "Value": "a"}])

    def test_made_again_is_another(self):
        first = self.make()["RoleId"]
        self.iam.delete_role(RoleName="s3access")
        self.assertNotEqual(self.make()["RoleId"], first)

    def test_of_the_scenario(self):
        role = self.iam.get_role(RoleName="reader")["Role"]
        self.assertEqual(role["MaxSessionDuration"], 7200)
        statement = role["AssumeRolePolicyDocument"]["Statement"][0]
        self.assertEqual(statement["Principal"], {"AWS": [ALICE]})

    def test_exists(self):
        self.make()
        message = "Role with name s3access already exists."
        self.refused("EntityAlreadyExists", self.make, status=409, message=message)
        self.refused("EntityAlreadyExists", self.make, "S3ACCESS")

    def test_missing(self):
        message = "The role with name nosuch cannot be found."
        self.refused("NoSuchEntity", self.iam.get_role, RoleName="nosuch", status=404, message=message)
        self.refused("NoSuchEntity", self.iam.delete_role, RoleName="nosuch", message=message)
        self.refused("NoSuchEntity", self.iam.list_role_policies, RoleName="nosuch", message=message)

    def test_listed_in_pages(self):
        for number in range(5):
            self.make(f"page-{number}", Path="/pages/")
        pages = list(self.iam.get_paginator("list_roles").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 2}))
        names = [[role["RoleName"] for role in page["Roles"]] for page in pages]
        self.assertEqual(names, [["page-0", "page-1"], ["page-2", "page-3"], ["page-4"]])
        self.assertEqual([page["IsTruncated"] for page in pages], [True, True, False])
        self.assertEqual(self.iam.list_roles(PathPrefix="/none/")["Roles"], [])

    def test_a_name_that_cannot_be(self):
        self.refused("ValidationError", self.make, "no spaces", status=400)
        self.refused("ValidationError", self.make, Path="/no-slash-at-the-end")

    def test_trust_policies_that_cannot_be(self):
        no_user = f"arn:aws:iam::{MAIN}:user/nobody"
        with_resource = json.loads(EC2)
        with_resource["Statement"][0]["Resource"] = "*"
        for document, message in [
            ("{", "This policy contains invalid Json"),
            (json.dumps(with_resource), "Has prohibited field Resource"),
            (trust(AWS=no_user), f'Invalid principal in policy: "AWS":"{no_user}"'),
            (EC2.replace("sts:AssumeRole", "s3:GetObject"), "AssumeRole policy may only specify STS AssumeRole actions."),
        ]:
            self.refused("MalformedPolicyDocument", self.make, document=document, status=400, message=message)
        self.refused("NoSuchEntity", self.iam.get_role, RoleName="s3access")

    def test_too_long_a_trust_policy(self):
        condition = {"StringEquals": {"sts:ExternalId": "x" * 2048}}
        document = json.loads(EC2)
        document["Statement"][0]["Condition"] = condition
        message = "Cannot exceed quota for ACLSizePerRole: 2048"
        self.refused("LimitExceeded", self.make, document=json.dumps(document), status=409, message=message)

    def test_a_changed_trust_policy_counts_at_once_and_ends_no_session(self):
        self.make(document=trust(AWS=ALICE))
        session = session_keys(self.assume("s3access")["Credentials"])
        self.iam.update_assume_role_policy(RoleName="s3access", PolicyDocument=EC2)
        self.refused("AccessDenied", self.assume, "s3access")
        self.client("sts", session).get_caller_identity()

    def test_updated(self):
        self.make()
        self.iam.update_role(RoleName="s3access", Description="new", MaxSessionDuration=3700)
        role = self.iam.get_role(RoleName="s3access")["Role"]
        self.assertEqual((role["Description"], role["MaxSessionDuration"]), ("new", 3700))
        told = self.iam.update_role_description(RoleName="s3access", Description="newer")["Role"]
        self.assertEqual(told["Description"], "newer")

    def test_deleted_when_it_holds_nothing(self):
        self.make()
        self.iam.put_role_policy(RoleName="s3access", PolicyName="own", PolicyDocument=allow("s3:GetObject"))
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.iam.create_instance_profile(InstanceProfileName="p")
        self.iam.add_role_to_instance_profile(InstanceProfileName="p", RoleName="s3access")
        refused = lambda what: self.refused(
            "DeleteConflict",
            self.iam.delete_role,
            RoleName="s3access",
            status=409,
            message=f"Cannot delete entity, must {what} first.",
        )
        refused("delete policies")
        self.iam.delete_role_policy(RoleName="s3access", PolicyName="own")
        refused("detach all policies")
        self.iam.detach_role_policy(RoleName="s3access", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        refused("remove roles from instance profile")
        self.iam.remove_role_from_instance_profile(InstanceProfileName="p", RoleName="s3access")
        self.iam.delete_role(RoleName="s3access")
        self.refused("NoSuchEntity", self.iam.get_role, RoleName="s3access")

    def test_a_deleted_roles_session_is_nobody(self):
        self.make(document=trust(AWS=ALICE))
        session = session_keys(self.assume("s3access")["Credentials"])
        self.iam.delete_role(RoleName="s3access")
        self.make(document=trust(AWS=ALICE))
        self.refused("InvalidClientTokenId", self.client("sts", session).get_caller_identity)

    def test_a_deleted_principal_is_nobody(self):
        dan = self.iam.create_user(UserName="dan")["User"]
        self.make(document=trust(AWS=dan["Arn"]))
        self.iam.delete_user(UserName="dan")
        statement = self.iam.get_role(RoleName="s3access")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]
        self.assertEqual(statement["Principal"], {"AWS": dan["UserId"]})
        # Another user of that name isn't meant.
        self.iam.create_user(UserName="dan")
        key = self.iam.create_access_key(UserName="dan")["AccessKey"]
        who = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        self.refused("AccessDenied", self.assume, "s3access", who)
        self.iam.update_assume_role_policy(RoleName="s3access", PolicyDocument=trust(AWS=dan["Arn"]))
        self.assume("s3access", who)

    def test_service_linked(self):
        role = self.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x")["Role"]
        name = "AWSServiceRoleForAutoScaling_x"
        path = "/aws-service-role/autoscaling.amazonaws.com/"
        self.assertEqual((role["RoleName"], role["Path"]), (name, path))
        self.refused("UnmodifiableEntity", self.iam.delete_role, RoleName=name, status=400)
        self.refused(
            "UnmodifiableEntity", self.iam.put_role_policy, RoleName=name, PolicyName="p", PolicyDocument=allow("s3:*")
        )
        arn = f"arn:aws:iam::{MAIN}:role/aws-service-role/*"
        self.iam.put_user_policy(UserName="bob", PolicyName="slr", PolicyDocument=allow("iam:*ServiceLinkedRole*", arn))
        bob = self.client("iam", "bob")
        self.refused("NoSuchEntity", bob.get_service_linked_role_deletion_status, DeletionTaskId="task/aws-service-role/x/y")
        task = self.iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
        status = bob.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"]
        self.assertEqual(status, "SUCCEEDED")
        self.refused("NoSuchEntity", self.iam.get_role, RoleName=name)


class Policies(WithRoles):
    def test_inline(self):
        self.make()
        put = lambda name, document: self.iam.put_role_policy(
            RoleName="s3access", PolicyName=name, PolicyDocument=document
        )
        put("b", allow("s3:GetObject"))
        put("a", allow("s3:ListBucket"))
        put("b", allow("s3:PutObject"))
        self.assertEqual(self.iam.list_role_policies(RoleName="s3access")["PolicyNames"], ["b", "a"])
        told = self.iam.get_role_policy(RoleName="s3access", PolicyName="b")
        self.assertEqual(told["PolicyDocument"], json.loads(allow("s3:PutObject")))
        self.iam.delete_role_policy(RoleName="s3access", PolicyName="b")
        self.refused(
            "NoSuchEntity",
            self.iam.get_role_policy,
            RoleName="s3access",
            PolicyName="b",
            message="The role policy with name b cannot be found.",
        )

    def test_inline_of_the_scenario_has_its_references_resolved(self):
        told = self.iam.get_user_policy(UserName="alice", PolicyName="own")
        self.assertEqual(told["PolicyDocument"]["Statement"][1]["Action"], "sts:AssumeRole")

    def test_documents_that_cannot_be(self):
        self.make()
        for document, message in [
            ("not json", "Syntax errors in policy."),
            ('{"Version":"2012-10-17"}', "Syntax errors in policy."),
            (allow("GetObject"), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            (allow("s3:GetObject", "bucket/key"), 'Resource bucket/key must be in ARN format or "*".'),
            (allow("s3:GetObject", Principal="*"), "Policy document should not specify a principal."),
            (allow("s3:GetObject").replace("Resource", "NotAResource"), "Syntax errors in policy."),
            (
                '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}',
                "Policy statement must contain resources.",
            ),
            (
                '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}',
                "Policy statement must contain actions.",
            ),
        ]:
            self.refused(
                "MalformedPolicyDocument",
                self.iam.put_role_policy,
                RoleName="s3access",
                PolicyName="p",
                PolicyDocument=document,
                message=message,
            )

    def test_inline_size(self):
        self.make()
        document = allow("s3:GetObject", ["arn:aws:s3:::" + "x" * 1000] * 11)
        message = "Maximum policy size of 10240 bytes exceeded for role s3access"
        self.refused(
            "LimitExceeded",
            self.iam.put_role_policy,
            RoleName="s3access",
            PolicyName="p",
            PolicyDocument=document,
            message=message,
        )

    def test_managed(self):
        self.make()
        policy = self.iam.create_policy(PolicyName="read", PolicyDocument=allow("s3:GetObject"), Description="d")["Policy"]
        arn = f"arn:aws:iam::{MAIN}:policy/read"
        self.assertEqual((policy["Arn"], policy["DefaultVersionId"], policy["AttachmentCount"]), (arn, "v1", 0))
        self.assertRegex(policy["PolicyId"], "^ANPA[A-Z2-7]{17}$")
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn=arn)
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn=arn)
        attached = self.iam.list_attached_role_policies(RoleName="s3access")["AttachedPolicies"]
        self.assertEqual(attached, [{"PolicyName": "read", "PolicyArn": arn}])
        self.assertEqual(self.iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"], 1)
        roles = self.iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]
        self.assertEqual([role["RoleName"] for role in roles], ["s3access"])
        message = "Cannot delete a policy attached to entities."
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=arn, status=409, message=message)
        self.iam.detach_role_policy(RoleName="s3access", PolicyArn=arn)
        self.refused(
            "NoSuchEntity",
            self.iam.detach_role_policy,
            RoleName="s3access",
            PolicyArn=arn,
            message=f"Policy {arn} was not found.",
        )
        self.iam.delete_policy(PolicyArn=arn)
        self.refused("NoSuchEntity", self.iam.get_policy, PolicyArn=arn, message=f"Policy {arn} was not found.")

    def test_managed_twice(self):
        create = lambda: self.iam.create_policy(PolicyName="read", PolicyDocument=allow("s3:GetObject"))
        create()
        message = "A policy called read already exists. Duplicate names are not allowed."
        self.refused("EntityAlreadyExists", create, status=409, message=message)

    def test_aws_managed(self):
        arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
        policy = self.iam.get_policy(PolicyArn=arn)["Policy"]
        version = self.iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
        self.assertIn("s3:Get*", version["Document"]["Statement"][0]["Action"])
        self.refused("AccessDenied", self.iam.delete_policy, PolicyArn=arn)
        self.refused("NoSuchEntity", self.iam.get_policy, PolicyArn="arn:aws:iam::aws:policy/NoSuchPolicyAtAll")

    def test_listed(self):
        self.iam.create_policy(PolicyName="read", PolicyDocument=allow("s3:GetObject"), Path="/a/")
        local = self.iam.list_policies(Scope="Local")["Policies"]
        self.assertEqual([policy["PolicyName"] for policy in local], ["read"])
        every = [policy["PolicyName"] for policy in self.iam.list_policies()["Policies"]]
        self.assertIn("AdministratorAccess", every)
        self.assertIn("read", every)
        self.assertEqual(self.iam.list_policies(Scope="Local", OnlyAttached=True)["Policies"], [])
        self.assertEqual(len(self.iam.list_policies(PathPrefix="/a/")["Policies"]), 1)

    def test_attaching_what_does_not_exist(self):
        self.make()
        arn = f"arn:aws:iam::{MAIN}:policy/nosuch"
        message = f"Policy {arn} does not exist or is not attachable."
        self.refused(
            "NoSuchEntity", self.iam.attach_role_policy, RoleName="s3access", PolicyArn=arn, message=message
        )
        other = f"arn:aws:iam::{OTHER}:policy/x"
        self.refused("AccessDenied", self.iam.attach_role_policy, RoleName="s3access", PolicyArn=other)

    def test_twenty_one_are_too_many(self):
        self.make()
        attach = lambda number: self.iam.attach_role_policy(
            RoleName="s3access", PolicyArn=f"arn:aws:iam::{MAIN}:policy/p{number}"
        )
        for number in range(21):
            self.iam.create_policy(PolicyName=f"p{number}", PolicyDocument=allow("s3:GetObject"))
        for number in range(20):
            attach(number)
        message = "Cannot exceed quota for PoliciesPerRole: 20"
        self.refused("LimitExceeded", attach, 20, status=409, message=message)

    def test_they_decide_and_are_cited(self):
        self.make(document=trust(AWS=ALICE))
        s3 = self.client("s3", session_keys(self.assume("s3access")["Credentials"]))
        read = lambda: s3.get_object(Bucket=BUCKET, Key="hello.txt")
        self.refused("AccessDenied", read)
        self.iam.put_role_policy(RoleName="s3access", PolicyName="own", PolicyDocument=allow("s3:GetObject"))
        read()
        cited = self.step("authorize")["evidence"]["decidedBy"]
        self.assertEqual([citation["policy"] for citation in cited], ["role/s3access/own"])
        deny = allow("s3:GetObject").replace("Allow", "Deny")
        arn = self.iam.create_policy(PolicyName="no", PolicyDocument=deny)["Policy"]["Arn"]
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn=arn)
        response = self.refused("AccessDenied", read)
        self.assertTrue(response["Error"]["Message"].endswith(f"in an identity-based policy: {arn}"))
        self.iam.detach_role_policy(RoleName="s3access", PolicyArn=arn)
        read()

    def test_aws_managed_ones_decide(self):
        self.make(document=trust(AWS=ALICE))
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        s3 = self.client("s3", session_keys(self.assume("s3access")["Credentials"]))
        s3.list_buckets()
        self.refused("AccessDenied", s3.delete_object, Bucket=BUCKET, Key="hello.txt")

    def test_versions(self):
        arn = self.iam.create_policy(PolicyName="v", PolicyDocument=allow("s3:GetObject"))["Policy"]["Arn"]
        make = lambda **more: self.iam.create_policy_version(
            PolicyArn=arn, PolicyDocument=allow("s3:PutObject"), **more
        )["PolicyVersion"]
        self.assertEqual(make()["VersionId"], "v2")
        self.assertTrue(make(SetAsDefault=True)["IsDefaultVersion"])
        self.assertEqual(self.iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"], "v3")
        make(), make()
        message = (
            "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing "
            "version."
        )
        self.refused("LimitExceeded", make, status=409, message=message)
        self.refused(
            "DeleteConflict",
            self.iam.delete_policy_version,
            PolicyArn=arn,
            VersionId="v3",
            message="Cannot delete the default version of a policy.",
        )
        self.iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        self.iam.delete_policy_version(PolicyArn=arn, VersionId="v3")
        self.assertEqual(make()["VersionId"], "v6")
        versions = self.iam.list_policy_versions(PolicyArn=arn)["Versions"]
        self.assertEqual([version["VersionId"] for version in versions], ["v6", "v5", "v4", "v2", "v1"])
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=arn)
        self.refused("NoSuchEntity", self.iam.get_policy_version, PolicyArn=arn, VersionId="v3")

    def test_the_default_version_counts(self):
        self.make(document=trust(AWS=ALICE))
        arn = self.iam.create_policy(PolicyName="v", PolicyDocument=allow("s3:ListAllMyBuckets"))["Policy"]["Arn"]
        self.iam.attach_role_policy(RoleName="s3access", PolicyArn=arn)
        s3 = self.client("s3", session_keys(self.assume("s3access")["Credentials"]))
        s3.list_buckets()
        self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("s3:GetObject"))
        s3.list_buckets()
        self.iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
        self.refused("AccessDenied", s3.list_buckets)

    def test_boundary(self):
        arn = self.iam.create_policy(PolicyName="b", PolicyDocument=allow("s3:ListAllMyBuckets"))["Policy"]["Arn"]
        role = self.make(document=trust(AWS=ALICE), PermissionsBoundary=arn)
        self.assertEqual(
            role["PermissionsBoundary"], {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
        )
        self.iam.put_role_policy(RoleName="s3access", PolicyName="own", PolicyDocument=allow("s3:*"))
        s3 = self.client("s3", session_keys(self.assume("s3access")["Credentials"]))
        s3.list_buckets()
        response = self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="hello.txt")
        self.assertIn("because no permissions boundary allows the s3:GetObject action", response["Error"]["Message"])
        self.iam.delete_role_permissions_boundary(RoleName="s3access")
        s3.get_object(Bucket=BUCKET, Key="hello.txt")
        self.refused("NoSuchEntity", self.iam.delete_role_permissions_boundary, RoleName="s3access")
        self.iam.put_role_permissions_boundary(RoleName="s3access", PermissionsBoundary=arn)
        self.refused("AccessDenied", s3.get_object, Bucket=BUCKET, Key="hello.txt")
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=arn)

    def test_tags(self):
        self.make(Tags=[{"Key": "a", "Value": "1"}])
        self.iam.tag_role(RoleName="s3access", Tags=[{"Key": "A", "Value": "2"}, {"Key": "b", "Value": ""}])
        tags = self.iam.list_role_tags(RoleName="s3access")["Tags"]
        self.assertEqual(tags, [{"Key": "A", "Value": "2"}, {"Key": "b", "Value": ""}])
        self.iam.untag_role(RoleName="s3access", TagKeys=["a", "nosuch"])
        self.assertEqual(self.iam.list_role_tags(RoleName="s3access")["Tags"], [{"Key": "b", "Value": ""}])
        twice = [{"Key": "x", "Value": "1"}, {"Key": "X", "Value": "2"}]
        self.refused("InvalidInput", self.iam.tag_role, RoleName="s3access", Tags=twice)
        many = [{"Key": f"k{number}", "Value": "v"} for number in range(50)]
        self.refused("LimitExceeded", self.iam.tag_role, RoleName="s3access", Tags=many, status=409)


class InstanceProfiles(WithRoles):
    def setUp(self):
        super().setUp()
        self.profile = self.iam.create_instance_profile(InstanceProfileName="s3access-profile")["InstanceProfile"]
        self.make("one")
        self.make("two")

    def add(self, role):
        self.iam.add_role_to_instance_profile(InstanceProfileName="s3access-profile", RoleName=role)

    def test_created(self):
        self.assertRegex(self.profile["InstanceProfileId"], "^AIPA[A-Z2-7]{17}$")
        self.assertEqual(self.profile["Roles"], [])
        message = "Instance Profile s3access-profile already exists."
        self.refused(
            "EntityAlreadyExists",
            self.iam.create_instance_profile,
            InstanceProfileName="s3access-profile",
            message=message,
        )

    def test_holds_one_role(self):
        self.add("one")
        told = self.iam.get_instance_profile(InstanceProfileName="s3access-profile")["InstanceProfile"]
        self.assertEqual([role["RoleName"] for role in told["Roles"]], ["one"])
        message = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
        self.refused("LimitExceeded", self.add, "two", status=409, message=message)
        of = self.iam.list_instance_profiles_for_role(RoleName="one")["InstanceProfiles"]
        self.assertEqual([profile["InstanceProfileName"] for profile in of], ["s3access-profile"])

    def test_deleted_when_empty(self):
        self.add("one")
        delete = lambda: self.iam.delete_instance_profile(InstanceProfileName="s3access-profile")
        self.refused("DeleteConflict", delete, status=409)
        self.iam.remove_role_from_instance_profile(InstanceProfileName="s3access-profile", RoleName="one")
        delete()
        message = "Instance Profile s3access-profile cannot be found."
        self.refused("NoSuchEntity", delete, status=404, message=message)

    def test_missing(self):
        self.refused("NoSuchEntity", self.add, "nosuch")
        self.refused(
            "NoSuchEntity",
            self.iam.remove_role_from_instance_profile,
            InstanceProfileName="s3access-profile",
            RoleName="two",
        )

    def test_listed(self):
        names = [each["InstanceProfileName"] for each in self.iam.list_instance_profiles()["InstanceProfiles"]]
        self.assertEqual(names, ["app", "s3access-profile"])

    def test_whoever_adds_a_role_must_be_allowed_to_pass_it(self):
        self.iam.put_user_policy(
            UserName="bob", PolicyName="iam", PolicyDocument=allow("iam:AddRoleToInstanceProfile")
        )
        bob = self.client("iam", "bob")
        add = lambda: bob.add_role_to_instance_profile(InstanceProfileName="s3access-profile", RoleName="one")
        response = self.refused("AccessDenied", add)
        self.assertIn(f"iam:PassRole on resource: arn:aws:iam::{MAIN}:role/one", response["Error"]["Message"])
        passing = allow(
            "iam:PassRole", Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
        )
        self.iam.put_user_policy(UserName="bob", PolicyName="pass", PolicyDocument=passing)
        add()
