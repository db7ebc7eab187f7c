"""CloudTrail's event history with boto3: what other tests' calls would leave behind."""

import json

from sandbox import BUCKET, MAIN, OTHER, TestCase, session_keys


class LookupEvents(TestCase):
    def setUp(self):
        super().setUp()
        self.trail = self.client("cloudtrail", "root")

    def events(self, key=None, value=None, client=None, **parameters):
        if key:
            parameters["LookupAttributes"] = [{"AttributeKey": key, "AttributeValue": value}]
        return (client or self.trail).lookup_events(**parameters)["Events"]

    def record(self, key, value, client=None):
        """The latest record with that attribute."""
        events = self.events(key, value, client)
        self.assertTrue(events)
        return json.loads(events[0]["CloudTrailEvent"])

    def test_a_user(self):
        self.client("sts", "alice").get_caller_identity()
        [event] = self.events("EventName", "GetCallerIdentity")
        self.assertEqual((event["Username"], event["EventSource"], event["ReadOnly"]),
                         ("alice", "sts.amazonaws.com", "true"))
        record = json.loads(event["CloudTrailEvent"])
        self.assertEqual(record["userIdentity"]["type"], "IAMUser")
        self.assertEqual(record["sourceIPAddress"], "198.51.100.10")
        self.assertEqual(record["eventID"], event["EventId"])
        self.assertIn("Boto3", record["userAgent"])

    def test_assume_role_and_the_session(self):
        assumed = self.assume("reader")
        record = self.record("EventName", "AssumeRole")
        self.assertEqual(record["requestParameters"]["roleSessionName"], "test")
        self.assertEqual(record["responseElements"]["credentials"]["accessKeyId"],
                         assumed["Credentials"]["AccessKeyId"])
        self.assertNotIn(assumed["Credentials"]["SecretAccessKey"], json.dumps(record))
        self.client("sts", session_keys(assumed["Credentials"])).get_caller_identity()
        record = self.record("AccessKeyId", assumed["Credentials"]["AccessKeyId"])
        self.assertEqual(record["userIdentity"]["type"], "AssumedRole")
        issuer = record["userIdentity"]["sessionContext"]["sessionIssuer"]
        self.assertEqual((issuer["userName"], issuer["arn"]), ("reader", f"arn:aws:iam::{MAIN}:role/reader"))

    def test_across_accounts_both_have_it(self):
        self.assume(f"arn:aws:iam::{OTHER}:role/visitors")
        own = self.record("EventName", "AssumeRole")
        other = self.record("EventName", "AssumeRole", self.client("cloudtrail", self.root(OTHER)))
        self.assertEqual(own["sharedEventID"], other["sharedEventID"])
        self.assertEqual((own["recipientAccountId"], other["recipientAccountId"]), (MAIN, OTHER))

    def test_a_refusal(self):
        self.refused("AccessDenied", self.client("iam", "bob").create_user, UserName="eve")
        record = self.record("EventName", "CreateUser")
        self.assertEqual(record["errorCode"], "AccessDenied")
        self.assertIn("is not authorized to perform: iam:CreateUser", record["errorMessage"])
        self.assertEqual(record["requestParameters"], {"userName": "eve"})

    def test_a_change_names_its_resource(self):
        self.client("iam", "root").create_user(UserName="dave")
        [event] = self.events("ResourceName", "dave")
        self.assertEqual((event["EventName"], event["ReadOnly"]), ("CreateUser", "false"))
        record = json.loads(event["CloudTrailEvent"])
        self.assertEqual(record["responseElements"]["user"]["userName"], "dave")
        self.assertEqual((record["awsRegion"], record["userIdentity"]["type"]), ("us-east-1", "Root"))

    def test_what_is_missing_in_iam(self):
        self.refused("NoSuchEntity", self.client("iam", "root").get_user, UserName="nobody")
        self.assertEqual(self.record("EventName", "GetUser")["errorCode"], "NoSuchEntityException")

    def test_buckets_but_not_objects(self):
        s3 = self.client("s3", "alice")
        s3.get_object(Bucket=BUCKET, Key="hello.txt")
        s3.list_buckets()
        names = [event["EventName"] for event in self.events("EventSource", "s3.amazonaws.com")]
        self.assertEqual(names, ["ListBuckets"])

    def test_pages(self):
        sts = self.client("sts", "alice")
        for _ in range(5):
            sts.get_caller_identity()
        pages = self.trail.get_paginator("lookup_events").paginate(
            LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": "alice"}],
            PaginationConfig={"PageSize": 2},
        )
        ids = [event["EventId"] for page in pages for event in page["Events"]]
        self.assertEqual((len(ids), len(set(ids))), (5, 5))

    def test_permission(self):
        self.refused("AccessDeniedException", self.client("cloudtrail", "alice").lookup_events)

    def test_what_is_not_modelled(self):
        self.refused("UnknownOperationException", self.trail.describe_trails)

    def test_too_many_attributes(self):
        attribute = {"AttributeKey": "Username", "AttributeValue": "alice"}
        self.refused("InvalidLookupAttributesException", self.trail.lookup_events, LookupAttributes=[attribute] * 2)

    def test_from_behind_an_endpoint(self):
        self.endpoint.ask("POST", "/from", {"host": "Private"})
        self.client("s3", "carol").list_buckets()
        self.endpoint.ask("POST", "/from", {"host": None})
        record = self.record("EventName", "ListBuckets")
        self.assertRegex(record["vpcEndpointId"], "^vpce-0")
        self.assertTrue(record["sourceIPAddress"].startswith("10.0.1."))
