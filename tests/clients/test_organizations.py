"""Organizations with boto3: the organization, its units, accounts and policies, and what these bind."""

import json

import botocore.exceptions

from sandbox import BUCKET, MAIN, OTHER, TestCase, session_keys

SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
FULL = "p-FullAWSAccess"


def document(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Resource": "*", **statement}]})


class OrganizationCase(TestCase):
    def setUp(self):
        super().setUp()
        self.organizations = self.client("organizations", "root")

    def create(self):
        organization = self.organizations.create_organization(FeatureSet="ALL")["Organization"]
        self.root_id = self.organizations.list_roots()["Roots"][0]["Id"]
        return organization

    def unit(self, name, parent=None):
        answer = self.organizations.create_organizational_unit(ParentId=parent or self.root_id, Name=name)
        return answer["OrganizationalUnit"]

    def member(self, name="application"):
        status = self.organizations.create_account(Email=f"{name}@example.com", AccountName=name)
        request = status["CreateAccountStatus"]["Id"]
        done = self.organizations.describe_create_account_status(CreateAccountRequestId=request)
        return done["CreateAccountStatus"]["AccountId"]

    def policy(self, name="guard", kind=SCP, content=None):
        content = content or document(Action="s3:DeleteBucket")
        answer = self.organizations.create_policy(Name=name, Description="", Type=kind, Content=content)
        return answer["Policy"]["PolicySummary"]["Id"]

    def names(self, target, kind=SCP):
        answer = self.organizations.list_policies_for_target(TargetId=target, Filter=kind)
        return sorted(policy["Name"] for policy in answer["Policies"])


class Organization(OrganizationCase):
    def test_is_created_with_scps_enabled(self):
        made = self.create()
        self.assertRegex(made["Id"], "^o-[a-z0-9]{10,32}$")
        self.assertEqual((made["FeatureSet"], made["MasterAccountId"]), ("ALL", MAIN))
        self.assertEqual(made["Arn"], f"arn:aws:organizations::{MAIN}:organization/{made['Id']}")
        root = self.organizations.list_roots()["Roots"][0]
        self.assertEqual((root["Name"], root["PolicyTypes"]), ("Root", [{"Type": SCP, "Status": "ENABLED"}]))
        self.assertEqual(root["Arn"], f"arn:aws:organizations::{MAIN}:root/{made['Id']}/{root['Id']}")

    def test_is_described_as_created(self):
        made = self.create()
        self.assertEqual(self.organizations.describe_organization()["Organization"], made)

    def test_is_created_once(self):
        self.create()
        self.refused("AlreadyInOrganizationException", self.organizations.create_organization, status=400)

    def test_without_all_features_has_no_policies(self):
        made = self.organizations.create_organization(FeatureSet="CONSOLIDATED_BILLING")["Organization"]
        self.assertEqual((made["FeatureSet"], made["AvailablePolicyTypes"]), ("CONSOLIDATED_BILLING", []))
        self.assertEqual(self.organizations.list_roots()["Roots"][0]["PolicyTypes"], [])
        create = self.organizations.create_policy
        self.refused("PolicyTypeNotAvailableForOrganizationException", create,
                     Name="a", Description="", Type=SCP, Content=document(Action="*"))

    def test_is_deleted_when_empty(self):
        self.create()
        unit = self.unit("a")["Id"]
        self.refused("OrganizationNotEmptyException", self.organizations.delete_organization)
        self.organizations.delete_organizational_unit(OrganizationalUnitId=unit)
        self.organizations.delete_organization()
        self.refused("AWSOrganizationsNotInUseException", self.organizations.describe_organization)

    def test_doesnt_exist_at_first(self):
        for call in (self.organizations.list_roots, self.organizations.list_accounts):
            self.refused("AWSOrganizationsNotInUseException", call,
                         message="Your account is not a member of an organization.")

    def test_an_unsigned_request_is_refused(self):
        self.refused("MissingAuthenticationTokenException", self.client("organizations", None).list_roots)

    def test_a_wrong_key_is_refused(self):
        keys = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x" * 40}
        self.refused("UnrecognizedClientException", self.client("organizations", keys).list_roots)

    def test_a_wrong_secret_is_refused(self):
        keys = {**self.root(), "aws_secret_access_key": "x" * 40}
        self.refused("InvalidSignatureException", self.client("organizations", keys).list_roots)

    def test_needs_permission(self):
        self.create()
        response = self.refused("AccessDeniedException", self.client("organizations", "alice").list_accounts)
        self.assertEqual(
            response["Error"]["Message"],
            f"User: arn:aws:iam::{MAIN}:user/alice is not authorized to perform: organizations:ListAccounts "
            "on resource: * because no identity-based policy allows the organizations:ListAccounts action",
        )

    def test_an_operation_that_isnt_modelled_says_so(self):
        self.create()
        self.refused("UnknownOperationException", self.organizations.list_handshakes_for_organization)


class Units(OrganizationCase):
    def setUp(self):
        super().setUp()
        self.organization = self.create()

    def test_nest(self):
        outer = self.unit("outer")
        inner = self.unit("inner", outer["Id"])
        self.assertRegex(inner["Id"], f"^ou-{self.root_id[2:]}-[a-z0-9]{{8,32}}$")
        self.assertEqual(inner["Arn"], f"arn:aws:organizations::{MAIN}:ou/{self.organization['Id']}/{inner['Id']}")
        described = self.organizations.describe_organizational_unit(OrganizationalUnitId=inner["Id"])
        self.assertEqual(described["OrganizationalUnit"], inner)
        parents = self.organizations.list_parents(ChildId=inner["Id"])["Parents"]
        self.assertEqual(parents, [{"Id": outer["Id"], "Type": "ORGANIZATIONAL_UNIT"}])
        parents = self.organizations.list_parents(ChildId=outer["Id"])["Parents"]
        self.assertEqual(parents, [{"Id": self.root_id, "Type": "ROOT"}])
        children = self.organizations.list_children(ParentId=outer["Id"], ChildType="ORGANIZATIONAL_UNIT")
        self.assertEqual(children["Children"], [{"Id": inner["Id"], "Type": "ORGANIZATIONAL_UNIT"}])
        units = self.organizations.list_organizational_units_for_parent(ParentId=self.root_id)
        self.assertEqual([unit["Name"] for unit in units["OrganizationalUnits"]], ["outer"])

    def test_nest_five_deep(self):
        parent = self.root_id
        for depth in range(5):
            parent = self.unit(f"level {depth}", parent)["Id"]
        response = self.refused("ConstraintViolationException", self.organizations.create_organizational_unit,
                                ParentId=parent, Name="too deep")
        self.assertEqual(response["Reason"], "OU_DEPTH_LIMIT_EXCEEDED")

    def test_names_are_unique_in_their_parent(self):
        outer = self.unit("a")["Id"]
        self.refused("DuplicateOrganizationalUnitException", self.organizations.create_organizational_unit,
                     ParentId=self.root_id, Name="a")
        self.assertEqual(self.unit("a", outer)["Name"], "a")

    def test_are_renamed(self):
        unit = self.unit("a")["Id"]
        self.unit("b")
        update = self.organizations.update_organizational_unit
        self.refused("DuplicateOrganizationalUnitException", update, OrganizationalUnitId=unit, Name="b")
        self.assertEqual(update(OrganizationalUnitId=unit, Name="c")["OrganizationalUnit"]["Name"], "c")

    def test_are_deleted_when_empty(self):
        outer = self.unit("outer")["Id"]
        inner = self.unit("inner", outer)["Id"]
        delete = self.organizations.delete_organizational_unit
        self.refused("OrganizationalUnitNotEmptyException", delete, OrganizationalUnitId=outer)
        delete(OrganizationalUnitId=inner)
        delete(OrganizationalUnitId=outer)
        self.refused("OrganizationalUnitNotFoundException", delete, OrganizationalUnitId=outer)

    def test_need_a_parent_that_exists(self):
        self.refused("ParentNotFoundException", self.organizations.create_organizational_unit,
                     ParentId="r-none", Name="a")

    def test_are_listed_in_pages(self):
        for number in range(5):
            self.unit(f"unit {number}")
        paginator = self.organizations.get_paginator("list_organizational_units_for_parent")
        pages = list(paginator.paginate(ParentId=self.root_id, PaginationConfig={"PageSize": 2}))
        self.assertEqual([len(page["OrganizationalUnits"]) for page in pages], [2, 2, 1])


class Accounts(OrganizationCase):
    def setUp(self):
        super().setUp()
        self.organization = self.create()

    def test_are_created(self):
        status = self.organizations.create_account(Email="a@example.com", AccountName="a")["CreateAccountStatus"]
        self.assertEqual(status["State"], "IN_PROGRESS")
        self.assertRegex(status["Id"], "^car-[a-z0-9]{8,32}$")
        done = self.organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])
        done = done["CreateAccountStatus"]
        self.assertEqual((done["State"], done["AccountName"]), ("SUCCEEDED", "a"))
        account = self.organizations.describe_account(AccountId=done["AccountId"])["Account"]
        self.assertEqual((account["Name"], account["Email"]), ("a", "a@example.com"))
        self.assertEqual((account["Status"], account["JoinedMethod"]), ("ACTIVE", "CREATED"))
        arn = f"arn:aws:organizations::{MAIN}:account/{self.organization['Id']}/{done['AccountId']}"
        self.assertEqual(account["Arn"], arn)

    def test_are_listed_with_the_management_account(self):
        member = self.member()
        accounts = self.organizations.list_accounts()["Accounts"]
        self.assertEqual({account["Id"] for account in accounts}, {MAIN, member})

    def test_move(self):
        member, unit = self.member(), self.unit("a")["Id"]
        move = self.organizations.move_account
        move(AccountId=member, SourceParentId=self.root_id, DestinationParentId=unit)
        accounts = self.organizations.list_accounts_for_parent(ParentId=unit)["Accounts"]
        self.assertEqual([account["Id"] for account in accounts], [member])
        self.refused("SourceParentNotFoundException", move,
                     AccountId=member, SourceParentId=self.root_id, DestinationParentId=unit)
        self.refused("DestinationParentNotFoundException", move,
                     AccountId=member, SourceParentId=unit, DestinationParentId="ou-none-00000000")
        self.refused("DuplicateAccountException", move,
                     AccountId=member, SourceParentId=unit, DestinationParentId=unit)

    def test_that_dont_exist(self):
        self.refused("AccountNotFoundException", self.organizations.describe_account, AccountId=OTHER)
        self.refused("ChildNotFoundException", self.organizations.list_parents, ChildId=OTHER)
        self.refused("CreateAccountStatusNotFoundException",
                     self.organizations.describe_create_account_status, CreateAccountRequestId="car-00000000")

    def test_need_an_address(self):
        response = self.refused("InvalidInputException", self.organizations.create_account,
                                Email="nobody", AccountName="a")
        self.assertEqual(response["Reason"], "INVALID_PATTERN")


    def test_let_the_management_account_in(self):
        member = self.member()
        iam = self.client("iam", "root")
        iam.create_user(UserName="admin")
        allow = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        iam.put_user_policy(UserName="admin", PolicyName="assume", PolicyDocument=document)
        key = iam.create_access_key(UserName="admin")["AccessKey"]
        keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        arn = f"arn:aws:iam::{member}:role/OrganizationAccountAccessRole"
        assumed = self.client("sts", keys).assume_role(RoleArn=arn, RoleSessionName="admin")
        inside = self.client("iam", session_keys(assumed["Credentials"]))
        self.assertEqual(inside.list_users()["Users"], [])


class Policies(OrganizationCase):
    def setUp(self):
        super().setUp()
        self.organization = self.create()

    def test_are_created_and_described(self):
        content = document(Action="s3:*")
        made = self.organizations.create_policy(Name="a", Description="b", Type=SCP, Content=content)["Policy"]
        summary = made["PolicySummary"]
        self.assertRegex(summary["Id"], "^p-[0-9a-zA-Z_]{8,128}$")
        self.assertEqual(
            summary["Arn"],
            f"arn:aws:organizations::{MAIN}:policy/{self.organization['Id']}/service_control_policy/{summary['Id']}",
        )
        self.assertEqual((summary["Name"], summary["Description"], summary["Type"]), ("a", "b", SCP))
        self.assertEqual((summary["AwsManaged"], made["Content"]), (False, content))
        described = self.organizations.describe_policy(PolicyId=summary["Id"])["Policy"]
        self.assertEqual(described, made)

    def test_of_aws_are_listed_first(self):
        self.policy("mine")
        policies = self.organizations.list_policies(Filter=SCP)["Policies"]
        self.assertEqual({policy["Name"]: policy["AwsManaged"] for policy in policies},
                         {"FullAWSAccess": True, "mine": False})

    def test_are_attached_and_detached(self):
        unit, policy = self.unit("a")["Id"], self.policy()
        self.assertEqual(self.names(unit), ["FullAWSAccess"])
        self.organizations.attach_policy(PolicyId=policy, TargetId=unit)
        self.assertEqual(self.names(unit), ["FullAWSAccess", "guard"])
        targets = self.organizations.list_targets_for_policy(PolicyId=policy)["Targets"]
        self.assertEqual([(target["TargetId"], target["Name"], target["Type"]) for target in targets],
                         [(unit, "a", "ORGANIZATIONAL_UNIT")])
        self.refused("DuplicatePolicyAttachmentException", self.organizations.attach_policy,
                     PolicyId=policy, TargetId=unit)
        self.refused("PolicyInUseException", self.organizations.delete_policy, PolicyId=policy)
        self.organizations.detach_policy(PolicyId=policy, TargetId=unit)
        self.refused("PolicyNotAttachedException", self.organizations.detach_policy,
                     PolicyId=policy, TargetId=unit)
        self.organizations.delete_policy(PolicyId=policy)
        self.refused("PolicyNotFoundException", self.organizations.describe_policy, PolicyId=policy)

    def test_one_stays_on_every_target(self):
        unit = self.unit("a")["Id"]
        response = self.refused("ConstraintViolationException", self.organizations.detach_policy,
                                PolicyId=FULL, TargetId=unit)
        self.assertEqual(response["Reason"], "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")

    def test_ten_scps_at_most_on_a_target(self):
        unit = self.unit("a")["Id"]
        for number in range(9):
            self.organizations.attach_policy(PolicyId=self.policy(f"p{number}"), TargetId=unit)
        response = self.refused("ConstraintViolationException", self.organizations.attach_policy,
                                PolicyId=self.policy("last"), TargetId=unit)
        self.assertEqual(response["Reason"], "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED")

    def test_need_a_target_that_exists(self):
        self.refused("TargetNotFoundException", self.organizations.attach_policy,
                     PolicyId=self.policy(), TargetId=OTHER)

    def test_names_are_unique(self):
        self.policy("a")
        self.refused("DuplicatePolicyException", self.organizations.create_policy,
                     Name="a", Description="", Type=SCP, Content=document(Action="*"))

    def test_are_updated(self):
        policy = self.policy("a")
        content = document(Action="ec2:*")
        changed = self.organizations.update_policy(PolicyId=policy, Description="new", Content=content)["Policy"]
        self.assertEqual((changed["PolicySummary"]["Name"], changed["PolicySummary"]["Description"]), ("a", "new"))
        self.assertEqual(changed["Content"], content)

    def test_of_aws_stay(self):
        for call in (self.organizations.update_policy, self.organizations.delete_policy):
            self.refused("InvalidInputException", call, PolicyId=FULL)

    def test_follow_the_grammar_of_their_type(self):
        wrong = [
            (SCP, "{"),
            (SCP, document(Principal="*", Action="*")),
            (SCP, json.dumps({"Version": "2012-10-17"})),
            (RCP, document(Action="s3:*")),
            (RCP, json.dumps({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]})),
        ]
        for kind, content in wrong:
            self.refused("MalformedPolicyDocumentException", self.organizations.create_policy,
                         Name="a", Description="", Type=kind, Content=content)

    def test_have_a_size(self):
        content = document(Action=[f"s3:Action{number}" for number in range(1000)])
        self.refused("ConstraintViolationException", self.organizations.create_policy,
                     Name="a", Description="", Type=SCP, Content=content)

    def test_of_a_type_that_isnt_enabled_cant_be_attached(self):
        policy = self.policy("rcp", RCP, document(Principal="*", Action="s3:*"))
        attach = self.organizations.attach_policy
        self.refused("PolicyTypeNotEnabledException", attach, PolicyId=policy, TargetId=self.root_id)
        self.organizations.enable_policy_type(RootId=self.root_id, PolicyType=RCP)
        self.assertEqual(self.names(self.root_id, RCP), ["RCPFullAWSAccess"])
        attach(PolicyId=policy, TargetId=self.root_id)
        self.refused("ConstraintViolationException", self.organizations.detach_policy,
                     PolicyId="p-RCPFullAWSAccess", TargetId=self.root_id)

    def test_types_are_enabled_and_disabled_once(self):
        enable, disable = self.organizations.enable_policy_type, self.organizations.disable_policy_type
        self.refused("PolicyTypeAlreadyEnabledException", enable, RootId=self.root_id, PolicyType=SCP)
        root = disable(RootId=self.root_id, PolicyType=SCP)["Root"]
        self.assertEqual(root["PolicyTypes"], [])
        self.assertEqual(self.names(self.root_id), [])
        self.refused("PolicyTypeNotEnabledException", disable, RootId=self.root_id, PolicyType=SCP)
        self.refused("RootNotFoundException", enable, RootId="r-none", PolicyType=SCP)

    def test_of_other_types_arent_modelled(self):
        self.refused("InvalidInputException", self.organizations.list_policies, Filter="TAG_POLICY")


class Binding(OrganizationCase):
    """The management account is free; a member account is bound as soon as a policy is attached."""

    def test_the_management_account_is_exempt(self):
        self.create()
        policy = self.policy(content=document(Action="s3:*"))
        self.organizations.attach_policy(PolicyId=policy, TargetId=self.root_id)
        s3 = self.client("s3", "root")
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="hello.txt")["Body"].read(), b"Hello from S3\n")
        self.assertEqual(self.step("authorize")["evidence"]["gates"]["scp"], "not-applicable")

    def test_keys_of_the_organization_are_in_the_context(self):
        made = self.create()
        self.client("s3", "root").head_bucket(Bucket=BUCKET)
        context = self.step("authorize")["evidence"]["context"]
        self.assertEqual(context["aws:PrincipalOrgID"]["values"], [made["Id"]])
        self.assertEqual(context["aws:PrincipalOrgPaths"]["values"], [f"{made['Id']}/{self.root_id}/"])
        self.assertEqual(context["aws:ResourceOrgID"]["values"], [made["Id"]])

    def test_a_stranger_has_no_organization(self):
        self.create()
        client = self.client("organizations", self.root(OTHER))
        with self.assertRaises(botocore.exceptions.ClientError):
            client.describe_organization()
        context = self.step("authorize")["evidence"]["context"]
        self.assertIsNone(context["aws:PrincipalOrgID"]["values"])
