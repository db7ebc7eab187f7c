"""Access Analyzer's ValidatePolicy with boto3."""

import json

from sandbox import TestCase

GOOD = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::client-test-bucket/*"}]}


class ValidatePolicy(TestCase):
    def setUp(self):
        super().setUp()
        self.analyzer = self.client("accessanalyzer", "root")

    def findings(self, document, kind="IDENTITY_POLICY", **parameters):
        text = document if isinstance(document, str) else json.dumps(document)
        return self.analyzer.validate_policy(policyDocument=text, policyType=kind, **parameters)["findings"]

    def test_nothing_to_find(self):
        self.assertEqual(self.findings(GOOD), [])

    def test_a_place(self):
        text = '{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]\n}'
        [finding] = [one for one in self.findings(text) if one["issueCode"] == "INVALID_ACTION"]
        self.assertEqual(finding["findingType"], "ERROR")
        self.assertIn("s3:GetObjekt", finding["findingDetails"])
        self.assertTrue(finding["learnMoreLink"].endswith("#access-analyzer-reference-policy-checks-error-invalid-action"))
        location = finding["locations"][0]
        self.assertEqual(location["path"][:3], [{"value": "Statement"}, {"index": 0}, {"value": "Action"}])
        start, end = location["span"]["start"], location["span"]["end"]
        self.assertEqual((start["line"], text[start["offset"]:end["offset"]]), (3, '"s3:GetObjekt"'))
        self.assertEqual(text.split("\n")[2][start["column"]:end["column"]], '"s3:GetObjekt"')

    def test_pass_role_with_a_star(self):
        document = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}
        found = {one["issueCode"]: one["findingType"] for one in self.findings(document)}
        self.assertEqual(found.get("PASS_ROLE_WITH_STAR_IN_RESOURCE"), "SECURITY_WARNING")

    def test_a_trust_policy(self):
        document = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole",
             "Resource": "*"}]}
        found = self.findings(document, "RESOURCE_POLICY",
                              validatePolicyResourceType="AWS::IAM::AssumeRolePolicyDocument")
        self.assertIn("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", [one["issueCode"] for one in found])

    def test_text_that_is_not_json(self):
        [finding] = self.findings("{")
        self.assertEqual(finding["issueCode"], "JSON_SYNTAX_ERROR")

    def test_pages(self):
        document = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": f"s3:No{n}", "Resource": "*"} for n in range(5)]}
        pages = self.analyzer.get_paginator("validate_policy").paginate(
            policyDocument=json.dumps(document), policyType="IDENTITY_POLICY", PaginationConfig={"PageSize": 2})
        self.assertEqual([one["issueCode"] for page in pages for one in page["findings"]].count("INVALID_ACTION"), 5)

    def test_a_type_that_is_not_modelled(self):
        self.refused("ValidationException", self.findings, GOOD, "RESOURCE_POLICY",
                     validatePolicyResourceType="AWS::DynamoDB::Table")

    def test_permission(self):
        response = self.refused("AccessDeniedException", self.client("accessanalyzer", "alice").validate_policy,
                                policyDocument="{}", policyType="IDENTITY_POLICY", status=403)
        self.assertIn("access-analyzer:ValidatePolicy on resource: *", response["Error"]["Message"])
