"""The policy simulator's API with boto3."""

import json

from sandbox import BUCKET, MAIN, TestCase


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=1)


def statement(effect, action, resource="*", condition=None):
    made = {"Effect": effect, "Action": action, "Resource": resource}
    return {**made, "Condition": condition} if condition else made


READ = document(statement("Allow", "s3:Get*"), statement("Deny", "*", "arn:aws:s3:::b/secret/*"))


class Custom(TestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam", "root")

    def simulate(self, *policies, actions=("s3:GetObject",), **more):
        answer = self.iam.simulate_custom_policy(PolicyInputList=list(policies), ActionNames=list(actions), **more)
        return answer["EvaluationResults"]

    def decisions(self, *arguments, **more):
        return [result["EvalDecision"] for result in self.simulate(*arguments, **more)]

    def test_three_decisions(self):
        results = self.simulate(READ, actions=["s3:GetObject", "s3:PutObject"], ResourceArns=["arn:aws:s3:::b/secret/x", "arn:aws:s3:::b/y"])
        told = [(r["EvalActionName"], r["EvalResourceName"][-2:], r["EvalDecision"]) for r in results]
        self.assertEqual(
            told,
            [
                ("s3:GetObject", "/x", "explicitDeny"),
                ("s3:GetObject", "/y", "allowed"),
                ("s3:PutObject", "/x", "explicitDeny"),
                ("s3:PutObject", "/y", "implicitDeny"),
            ],
        )

    def test_the_statement_that_decides(self):
        matched = self.simulate(READ)[0]["MatchedStatements"]
        self.assertEqual([each["SourcePolicyId"] for each in matched], ["PolicyInputList.1"])
        self.assertEqual(matched[0]["StartPosition"]["Line"], 4)

    def test_context(self):
        condition = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
        policy = document(statement("Allow", "s3:GetObject", "*", condition))
        result = self.simulate(policy)[0]
        self.assertEqual((result["EvalDecision"], result["MissingContextValues"]), ("implicitDeny", ["aws:SourceIp"]))
        entry = {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["203.0.113.9"], "ContextKeyType": "ip"}
        result = self.simulate(policy, ContextEntries=[entry])[0]
        self.assertEqual((result["EvalDecision"], result["MissingContextValues"]), ("allowed", []))

    def test_boundary(self):
        boundary = document(statement("Allow", "s3:ListBucket"))
        result = self.simulate(READ, PermissionsBoundaryPolicyInputList=[boundary])[0]
        self.assertEqual(result["EvalDecision"], "implicitDeny")
        self.assertFalse(result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"])

    def test_resource_policy(self):
        alice = f"arn:aws:iam::{MAIN}:user/alice"
        of_bucket = document({**statement("Allow", "s3:PutObject", "arn:aws:s3:::b/*"), "Principal": {"AWS": alice}})
        more = {"actions": ["s3:PutObject"], "ResourceArns": ["arn:aws:s3:::b/k"], "ResourcePolicy": of_bucket}
        self.assertEqual(self.decisions(READ, CallerArn=alice, **more), ["allowed"])
        self.assertEqual(self.decisions(READ, CallerArn=alice.replace("alice", "bob"), **more), ["implicitDeny"])
        self.refused("InvalidInput", self.simulate, READ, **more)

    def test_in_pages(self):
        pages = self.iam.get_paginator("simulate_custom_policy").paginate(
            PolicyInputList=[READ], ActionNames=["s3:GetObject", "s3:PutObject", "s3:ListBucket"], PaginationConfig={"PageSize": 2}
        )
        self.assertEqual([len(page["EvaluationResults"]) for page in pages], [2, 1])

    def test_what_is_no_policy(self):
        self.refused("InvalidInput", self.simulate, "{", status=400)
        self.refused("InvalidInput", self.simulate, READ, actions=["GetObject"])

    def test_context_keys(self):
        policy = document(statement("Allow", "*", "*", {"StringEquals": {"aws:PrincipalTag/a": "b", "s3:prefix": "x"}}))
        names = self.iam.get_context_keys_for_custom_policy(PolicyInputList=[policy])["ContextKeyNames"]
        self.assertEqual(names, ["aws:PrincipalTag/a", "s3:prefix"])


class OfPrincipals(TestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam", "root")

    def simulate(self, source, *actions, **more):
        arn = f"arn:aws:iam::{MAIN}:{source}"
        return self.iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=actions, **more)["EvaluationResults"]

    def test_user(self):
        results = self.simulate("user/bob", "s3:GetObject", ResourceArns=[f"arn:aws:s3:::{BUCKET}/hello.txt", f"arn:aws:s3:::{BUCKET}/logs/x"])
        self.assertEqual([result["EvalDecision"] for result in results], ["allowed", "explicitDeny"])
        self.assertEqual(results[0]["MatchedStatements"][0]["SourcePolicyId"], "user_bob_own")

    def test_agrees_with_the_request_itself(self):
        resource = f"arn:aws:s3:::{BUCKET}/hello.txt"
        for user, decision in [("alice", "allowed"), ("bob", "allowed")]:
            self.client("s3", user).get_object(Bucket=BUCKET, Key="hello.txt")
            results = self.simulate(f"user/{user}", "s3:GetObject", ResourceArns=[resource])
            self.assertEqual(results[0]["EvalDecision"], decision)

    def test_role(self):
        results = self.simulate("role/partners/partner", "s3:ListAllMyBuckets", "s3:GetObject")
        self.assertEqual([result["EvalDecision"] for result in results], ["allowed", "implicitDeny"])

    def test_group_and_its_members(self):
        self.iam.create_group(GroupName="g")
        self.iam.attach_group_policy(GroupName="g", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.iam.add_user_to_group(GroupName="g", UserName="bob")
        for source in ("group/g", "user/bob"):
            result = self.simulate(source, "s3:ListBucket")[0]
            self.assertEqual(result["EvalDecision"], "allowed")
            self.assertEqual(result["MatchedStatements"][0]["SourcePolicyId"], "AmazonS3ReadOnlyAccess")

    def test_more_policies(self):
        deny = document(statement("Deny", "s3:ListAllMyBuckets"))
        result = self.simulate("role/partners/partner", "s3:ListAllMyBuckets", PolicyInputList=[deny])[0]
        self.assertEqual(result["EvalDecision"], "explicitDeny")

    def test_own_boundary(self):
        arn = self.iam.create_policy(PolicyName="b", PolicyDocument=document(statement("Allow", "ec2:*")))["Policy"]["Arn"]
        self.iam.put_user_permissions_boundary(UserName="carol", PermissionsBoundary=arn)
        result = self.simulate("user/carol", "s3:ListAllMyBuckets")[0]
        self.assertEqual(result["EvalDecision"], "implicitDeny")
        self.assertFalse(result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"])

    def test_missing(self):
        self.refused("NoSuchEntity", self.simulate, "user/nosuch", "s3:GetObject")

    def test_is_a_permission(self):
        bob = self.client("iam", "bob")
        arn = f"arn:aws:iam::{MAIN}:user/bob"
        self.refused("AccessDenied", bob.simulate_principal_policy, PolicySourceArn=arn, ActionNames=["s3:GetObject"])
        self.refused("AccessDenied", bob.simulate_custom_policy, PolicyInputList=[READ], ActionNames=["s3:GetObject"])
