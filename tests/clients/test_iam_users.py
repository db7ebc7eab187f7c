"""IAM with boto3: users, groups, access keys, MFA devices; and who may do what."""

import json

from mfa import Device
from sandbox import BUCKET, MAIN, TestCase, session_keys


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", condition=None):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


class WithIam(TestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam", "root")

    def key(self, user):
        """A new key of a user, as a client takes it."""
        key = self.iam.create_access_key(UserName=user)["AccessKey"]
        return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    def grant(self, user, *statements):
        self.iam.put_user_policy(UserName=user, PolicyName="more", PolicyDocument=document(*statements))


class Users(WithIam):
    def test_created_as_asked(self):
        user = self.iam.create_user(UserName="dan", Path="/team/", Tags=[{"Key": "Team", "Value": "a"}])["User"]
        self.assertEqual(user["Arn"], f"arn:aws:iam::{MAIN}:user/team/dan")
        self.assertRegex(user["UserId"], "^AIDA[A-Z2-7]{17}$")
        self.assertEqual(self.iam.get_user(UserName="dan")["User"], user)
        message = "User with name dan already exists."
        self.refused("EntityAlreadyExists", self.iam.create_user, UserName="dan", status=409, message=message)

    def test_oneself(self):
        self.grant("alice", allow("iam:GetUser", f"arn:aws:iam::{MAIN}:user/${{aws:username}}"))
        self.assertEqual(self.client("iam", "alice").get_user()["User"]["UserName"], "alice")
        self.assertEqual(self.iam.get_user()["User"]["Arn"], f"arn:aws:iam::{MAIN}:root")

    def test_missing(self):
        message = "The user with name nosuch cannot be found."
        for call in (self.iam.get_user, self.iam.delete_user, self.iam.create_access_key, self.iam.list_user_tags):
            self.refused("NoSuchEntity", call, UserName="nosuch", status=404, message=message)

    def test_listed(self):
        names = [user["UserName"] for user in self.iam.list_users()["Users"]]
        self.assertEqual(names, ["alice", "bob", "carol"])

    def test_deleted_when_it_holds_nothing(self):
        self.iam.create_user(UserName="dan")
        self.iam.create_group(GroupName="g")
        self.iam.add_user_to_group(GroupName="g", UserName="dan")
        key = self.key("dan")
        self.grant("dan", allow("s3:*"))
        device = Device(self.iam, "dan").enable()
        refused = lambda what: self.refused(
            "DeleteConflict", self.iam.delete_user, UserName="dan", message=f"Cannot delete entity, must {what} first."
        )
        refused("delete access keys")
        self.iam.delete_access_key(UserName="dan", AccessKeyId=key["aws_access_key_id"])
        refused("delete policies")
        self.iam.delete_user_policy(UserName="dan", PolicyName="more")
        refused("remove users from group")
        self.iam.remove_user_from_group(GroupName="g", UserName="dan")
        refused("delete MFA device")
        self.iam.deactivate_mfa_device(UserName="dan", SerialNumber=device.serial)
        self.iam.delete_user(UserName="dan")
        self.refused("NoSuchEntity", self.iam.get_user, UserName="dan")

    def test_renamed_it_stays_itself(self):
        before = self.iam.get_user(UserName="alice")["User"]
        self.iam.update_user(UserName="alice", NewUserName="alicia", NewPath="/new/")
        after = self.iam.get_user(UserName="alicia")["User"]
        self.assertEqual(after["UserId"], before["UserId"])
        identity = self.client("sts", "alice").get_caller_identity()
        self.assertEqual(identity["Arn"], f"arn:aws:iam::{MAIN}:user/new/alicia")
        self.refused("NoSuchEntity", self.iam.get_user, UserName="alice")
        self.refused("EntityAlreadyExists", self.iam.update_user, UserName="alicia", NewUserName="bob")

    def test_boundary(self):
        arn = self.iam.create_policy(PolicyName="b", PolicyDocument=document(allow("s3:ListAllMyBuckets")))["Policy"]["Arn"]
        alice = self.client("s3", "alice")
        alice.get_object(Bucket=BUCKET, Key="hello.txt")
        self.iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=arn)
        alice.list_buckets()
        self.refused("AccessDenied", alice.get_object, Bucket=BUCKET, Key="hello.txt")
        self.iam.delete_user_permissions_boundary(UserName="alice")
        alice.get_object(Bucket=BUCKET, Key="hello.txt")

    def test_policies(self):
        self.iam.attach_user_policy(UserName="bob", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.client("s3", "bob").list_buckets()
        attached = self.iam.list_attached_user_policies(UserName="bob")["AttachedPolicies"]
        self.assertEqual([policy["PolicyName"] for policy in attached], ["AmazonS3ReadOnlyAccess"])
        self.assertEqual(self.iam.list_user_policies(UserName="bob")["PolicyNames"], ["own"])
        self.iam.detach_user_policy(UserName="bob", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.refused("AccessDenied", self.client("s3", "bob").list_buckets)

    def test_inline_size(self):
        long = allow("s3:GetObject", "arn:aws:s3:::" + "x" * 2048)
        message = "Maximum policy size of 2048 bytes exceeded for user bob"
        self.refused(
            "LimitExceeded",
            self.iam.put_user_policy,
            UserName="bob",
            PolicyName="long",
            PolicyDocument=document(long),
            message=message,
        )


class Groups(WithIam):
    def setUp(self):
        super().setUp()
        self.iam.create_group(GroupName="readers", Path="/g/")

    def test_give_their_members_rights(self):
        self.iam.put_group_policy(
            GroupName="readers", PolicyName="list", PolicyDocument=document(allow("s3:ListAllMyBuckets"))
        )
        bob = self.client("s3", "bob")
        self.refused("AccessDenied", bob.list_buckets)
        self.iam.add_user_to_group(GroupName="readers", UserName="bob")
        bob.list_buckets()
        cited = self.step("authorize")["evidence"]["decidedBy"]
        self.assertEqual([citation["policy"] for citation in cited], ["group/readers/list"])
        self.iam.remove_user_from_group(GroupName="readers", UserName="bob")
        self.refused("AccessDenied", bob.list_buckets)

    def test_and_attached_policies_too(self):
        self.iam.attach_group_policy(GroupName="readers", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.iam.add_user_to_group(GroupName="readers", UserName="bob")
        self.client("s3", "bob").list_buckets()
        attached = self.iam.list_attached_group_policies(GroupName="readers")["AttachedPolicies"]
        self.assertEqual(len(attached), 1)
        self.iam.detach_group_policy(GroupName="readers", PolicyArn=attached[0]["PolicyArn"])

    def test_tell_their_members(self):
        for name in ("bob", "alice"):
            self.iam.add_user_to_group(GroupName="readers", UserName=name)
        told = self.iam.get_group(GroupName="readers")
        self.assertEqual(told["Group"]["Arn"], f"arn:aws:iam::{MAIN}:group/g/readers")
        self.assertRegex(told["Group"]["GroupId"], "^AGPA[A-Z2-7]{17}$")
        self.assertEqual([user["UserName"] for user in told["Users"]], ["alice", "bob"])
        groups = self.iam.list_groups_for_user(UserName="bob")["Groups"]
        self.assertEqual([group["GroupName"] for group in groups], ["readers"])
        message = "Cannot delete entity, must remove users from group first."
        self.refused("DeleteConflict", self.iam.delete_group, GroupName="readers", message=message)

    def test_renamed(self):
        self.iam.add_user_to_group(GroupName="readers", UserName="bob")
        self.iam.update_group(GroupName="readers", NewGroupName="viewers")
        self.assertEqual(self.iam.list_groups_for_user(UserName="bob")["Groups"][0]["GroupName"], "viewers")
        self.refused("NoSuchEntity", self.iam.get_group, GroupName="readers")

    def test_ten_at_most(self):
        for number in range(11):
            self.iam.create_group(GroupName=f"g{number}")
        join = lambda number: self.iam.add_user_to_group(GroupName=f"g{number}", UserName="bob")
        for number in range(10):
            join(number)
        self.refused("LimitExceeded", join, 10, message="Cannot exceed quota for GroupsPerUser: 10")

    def test_missing(self):
        self.refused("NoSuchEntity", self.iam.add_user_to_group, GroupName="readers", UserName="nosuch")
        self.refused("NoSuchEntity", self.iam.add_user_to_group, GroupName="nosuch", UserName="bob")


class AccessKeys(WithIam):
    def test_sign_until_they_are_gone(self):
        key = self.key("bob")
        sts = self.client("sts", key)
        sts.get_caller_identity()
        of = {"UserName": "bob", "AccessKeyId": key["aws_access_key_id"]}
        self.iam.update_access_key(Status="Inactive", **of)
        self.refused("InvalidClientTokenId", sts.get_caller_identity)
        self.iam.update_access_key(Status="Active", **of)
        sts.get_caller_identity()
        self.iam.delete_access_key(**of)
        self.refused("InvalidClientTokenId", sts.get_caller_identity)
        message = f"The Access Key with id {key['aws_access_key_id']} cannot be found."
        self.refused("NoSuchEntity", self.iam.delete_access_key, message=message, **of)

    def test_two_at_most(self):
        self.key("bob")
        message = "Cannot exceed quota for AccessKeysPerUser: 2"
        self.refused("LimitExceeded", self.key, "bob", status=409, message=message)

    def test_listed(self):
        self.key("bob")
        keys = self.iam.list_access_keys(UserName="bob")["AccessKeyMetadata"]
        self.assertEqual([key["Status"] for key in keys], ["Active", "Active"])

    def test_last_used(self):
        key = self.key("bob")
        told = lambda: self.iam.get_access_key_last_used(AccessKeyId=key["aws_access_key_id"])
        self.assertEqual(told()["AccessKeyLastUsed"]["ServiceName"], "N/A")
        self.client("sts", key).get_caller_identity()
        self.assertEqual(told()["UserName"], "bob")
        self.assertEqual(told()["AccessKeyLastUsed"]["ServiceName"], "sts")

    def test_of_another_user(self):
        key = self.key("bob")["aws_access_key_id"]
        self.refused("NoSuchEntity", self.iam.delete_access_key, UserName="carol", AccessKeyId=key)


class MfaDevices(WithIam):
    def test_life(self):
        device = Device(self.iam, "bob", "phone")
        self.assertEqual(device.serial, f"arn:aws:iam::{MAIN}:mfa/phone")
        unassigned = self.iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
        self.assertEqual([each["SerialNumber"] for each in unassigned], [device.serial])
        device.enable()
        mine = self.iam.list_mfa_devices(UserName="bob")["MFADevices"]
        self.assertEqual([each["SerialNumber"] for each in mine], [device.serial])
        assigned = self.iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
        self.assertEqual(assigned[0]["User"]["UserName"], "bob")
        self.assertEqual(self.iam.get_mfa_device(SerialNumber=device.serial, UserName="bob")["UserName"], "bob")
        message = "MFA VirtualDevice in use. Must deactivate first."
        self.refused(
            "DeleteConflict", self.iam.delete_virtual_mfa_device, SerialNumber=device.serial, message=message
        )
        self.refused("EntityAlreadyExists", device.enable)
        self.iam.deactivate_mfa_device(UserName="bob", SerialNumber=device.serial)
        self.iam.delete_virtual_mfa_device(SerialNumber=device.serial)
        self.assertEqual(self.iam.list_virtual_mfa_devices()["VirtualMFADevices"], [])

    def test_codes_must_follow_each_other(self):
        device = Device(self.iam, "bob")
        wrong = [(device.code(), device.code()), (device.code(1), device.code()), (device.code(-9), device.code(-8))]
        for first, second in wrong:
            self.refused(
                "InvalidAuthenticationCode",
                self.iam.enable_mfa_device,
                UserName="bob",
                SerialNumber=device.serial,
                AuthenticationCode1=first,
                AuthenticationCode2=second,
                status=403,
                message="Authentication code for device is not valid.",
            )

    def test_twice_the_same_name(self):
        Device(self.iam, "bob")
        message = "MFADevice entity at the same path and name already exists."
        self.refused("EntityAlreadyExists", Device, self.iam, "bob", message=message)

    def test_of_another(self):
        device = Device(self.iam, "bob").enable()
        self.refused("NoSuchEntity", self.iam.deactivate_mfa_device, UserName="alice", SerialNumber=device.serial)

    def test_tags(self):
        device = Device(self.iam, "bob")
        self.iam.tag_mfa_device(SerialNumber=device.serial, Tags=[{"Key": "a", "Value": "1"}])
        self.assertEqual(self.iam.list_mfa_device_tags(SerialNumber=device.serial)["Tags"], [{"Key": "a", "Value": "1"}])
        self.iam.untag_mfa_device(SerialNumber=device.serial, TagKeys=["a"])
        self.assertEqual(self.iam.list_mfa_device_tags(SerialNumber=device.serial)["Tags"], [])


class Permissions(WithIam):
    """What bob may do is what his policies say of action, resource and condition keys."""

    def setUp(self):
        super().setUp()
        self.bob = self.client("iam", "bob")

    def denied(self, action, told, call, **parameters):
        message = (
            f"User: arn:aws:iam::{MAIN}:user/bob is not authorized to perform: iam:{action} on resource: {told} because no "
            f"identity-based policy allows the iam:{action} action"
        )
        self.refused("AccessDenied", call, status=403, message=message, **parameters)

    def test_how_a_refusal_names_the_resource(self):
        iam, account = self.bob, f"arn:aws:iam::{MAIN}"
        self.denied("GetRole", "role reader", iam.get_role, RoleName="reader")
        self.denied("GetRole", "role nosuch", iam.get_role, RoleName="nosuch")
        self.denied("ListRoles", f"{account}:role/", iam.list_roles)
        self.denied("ListUsers", f"{account}:user/", iam.list_users)
        self.denied("ListPolicies", "policy path /", iam.list_policies)
        self.denied("GetUser", "user bob", iam.get_user)
        self.denied("CreateUser", f"{account}:user/team/x", iam.create_user, UserName="x", Path="/team/")
        self.denied("CreatePolicy", "policy p", iam.create_policy, PolicyName="p", PolicyDocument=document(allow("s3:*")))
        self.denied("GetInstanceProfile", "instance profile app", iam.get_instance_profile, InstanceProfileName="app")
        self.denied("GetPolicy", "policy arn:aws:iam::aws:policy/X", iam.get_policy, PolicyArn="arn:aws:iam::aws:policy/X")
        self.denied("GetAccountSummary", "*", iam.get_account_summary)
        self.denied("CreateAccessKey", "user bob", iam.create_access_key)

    def test_nothing_has_changed(self):
        before = self.iam.get_account_authorization_details()
        for call, parameters in [
            (self.bob.create_user, {"UserName": "x"}),
            (self.bob.delete_role, {"RoleName": "next"}),
            (self.bob.put_user_policy, {"UserName": "bob", "PolicyName": "p", "PolicyDocument": document(allow("*"))}),
            (self.bob.attach_user_policy, {"UserName": "bob", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        ]:
            self.refused("AccessDenied", call, **parameters)
        after = self.iam.get_account_authorization_details()
        for listed in ("UserDetailList", "RoleDetailList", "Policies"):
            self.assertEqual(before[listed], after[listed])

    def test_policy_arn(self):
        only = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
        self.grant("bob", allow("iam:AttachUserPolicy", "*", {"ArnEquals": {"iam:PolicyARN": only}}))
        self.bob.attach_user_policy(UserName="bob", PolicyArn=only)
        every = "arn:aws:iam::aws:policy/AdministratorAccess"
        self.refused("AccessDenied", self.bob.attach_user_policy, UserName="bob", PolicyArn=every)

    def test_permissions_boundary(self):
        arn = self.iam.create_policy(PolicyName="b", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
        condition = {"StringEquals": {"iam:PermissionsBoundary": arn}}
        self.grant("bob", allow(["iam:CreateUser", "iam:PutUserPolicy"], "*", condition))
        self.refused("AccessDenied", self.bob.create_user, UserName="dan")
        self.bob.create_user(UserName="dan", PermissionsBoundary=arn)
        own = {"PolicyName": "p", "PolicyDocument": document(allow("s3:*"))}
        self.bob.put_user_policy(UserName="dan", **own)
        self.refused("AccessDenied", self.bob.put_user_policy, UserName="carol", **own)

    def test_request_tags(self):
        condition = {
            "StringEquals": {"aws:RequestTag/Team": "blue"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["Team"]},
        }
        self.grant("bob", allow(["iam:CreateUser", "iam:TagUser"], "*", condition))
        tags = lambda **values: [{"Key": key, "Value": value} for key, value in values.items()]
        self.bob.create_user(UserName="dan", Tags=tags(Team="blue"))
        self.refused("AccessDenied", self.bob.create_user, UserName="eve", Tags=tags(Team="red"))
        self.refused("AccessDenied", self.bob.create_user, UserName="eve", Tags=tags(Team="blue", More="x"))
        self.refused("AccessDenied", self.bob.create_user, UserName="eve")

    def test_resource_tags(self):
        self.grant("bob", allow("iam:GetUser", "*", {"StringEquals": {"iam:ResourceTag/Team": "blue"}}))
        self.refused("AccessDenied", self.bob.get_user, UserName="carol")
        self.iam.tag_user(UserName="carol", Tags=[{"Key": "Team", "Value": "blue"}])
        self.bob.get_user(UserName="carol")

    def test_a_path_in_the_resource(self):
        self.grant("bob", allow("iam:*Role", f"arn:aws:iam::{MAIN}:role/partners/*"))
        self.bob.get_role(RoleName="partner")
        self.refused("AccessDenied", self.bob.get_role, RoleName="reader")

    def test_a_session_of_a_role(self):
        self.iam.put_role_policy(
            RoleName="reader", PolicyName="iam", PolicyDocument=document(allow("iam:ListRoles"))
        )
        reader = self.client("iam", session_keys(self.assume("reader")["Credentials"]))
        reader.list_roles()
        self.refused("AccessDenied", reader.list_users)

    def test_an_operation_that_is_not_modelled(self):
        self.refused("InvalidAction", self.iam.create_login_profile, UserName="bob", Password="x" * 20, status=400)


class Account(WithIam):
    def test_summary(self):
        told = self.iam.get_account_summary()["SummaryMap"]
        self.assertEqual((told["Users"], told["Roles"], told["InstanceProfiles"]), (3, 4, 1))
        self.assertEqual(told["VersionsPerPolicyQuota"], 5)

    def test_details(self):
        told = self.iam.get_account_authorization_details()
        users = {user["UserName"]: user for user in told["UserDetailList"]}
        self.assertEqual(users["bob"]["UserPolicyList"][0]["PolicyName"], "own")
        self.assertEqual(users["bob"]["UserPolicyList"][0]["PolicyDocument"]["Version"], "2012-10-17")
        roles = {role["RoleName"]: role for role in told["RoleDetailList"]}
        self.assertEqual(roles["app"]["InstanceProfileList"][0]["InstanceProfileName"], "app")
        self.assertFalse(told["IsTruncated"])

    def test_details_of_some_kinds_in_pages(self):
        pages = self.iam.get_paginator("get_account_authorization_details").paginate(
            Filter=["Role", "User"], PaginationConfig={"PageSize": 3}
        )
        found = [(page["UserDetailList"], page["RoleDetailList"]) for page in pages]
        self.assertEqual([len(users) + len(roles) for users, roles in found], [3, 3, 1])

    def test_the_same_ids_every_time(self):
        make = lambda: self.iam.create_user(UserName="dan")["User"]["UserId"]
        first = make()
        self.assertEqual(self.endpoint.ask("POST", "/reset"), (200, {}))
        self.assertEqual(make(), first)
