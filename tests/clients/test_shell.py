"""The shell's `aws` against the real one's library: requests, formats, queries, and the order of credentials.

botocore, jmespath and awscli stand in the same environment as the tests; the shell runs natively.
"""

import contextlib
import datetime
import io
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import urllib.parse

import awscli.formatter
import awscli.table
import awscli.text
import botocore.exceptions
import botocore.handlers
import botocore.loaders
import botocore.model
import botocore.serialize
import botocore.session
import jmespath
import jmespath.functions

import sandbox

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent.parent / "src/data/models"
ACCOUNT = "111122223333"
NAMES = {"s3api": "s3"}
RESOURCES = {
    "Alice": {"Type": "AWS::IAM::User", "Properties": {"UserName": "alice"}},
    "Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": {"Ref": "Alice"}}},
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "RoleName": "r",
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"AWS": {"Fn::GetAtt": ["Alice", "Arn"]}}, "Action": "sts:AssumeRole"}
                ],
            },
        },
    },
}
ID, SECRET = {"Ref": "Key"}, {"Fn::GetAtt": ["Key", "SecretAccessKey"]}
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": ID, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}


def ran(hosts, commands):
    """What (host, command) pairs gave, in one scenario."""
    document = {
        "version": 1,
        "title": "shell",
        "accounts": {ACCOUNT: {"template": {"Resources": RESOURCES}}},
        "hosts": hosts,
        "run": [{"on": host, "command": command} for host, command in commands],
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(document, file)
        file.flush()
        done = subprocess.run([sandbox.PROGRAM, "run", file.name, "--format", "json"], capture_output=True, text=True)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(commands), done.stderr
    return results


def operations():
    """Every operation that has a table: the CLI's service, botocore's model."""
    service = None
    for line in (MODELS / "operations.txt").read_text().splitlines():
        if line.startswith("["):
            service = line.strip("[]")
            name = NAMES.get(service, service)
            model = botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model(name, "service-2"), name)
        elif line and not line.startswith("#"):
            for name in line.split():
                yield service, model.operation_model(name)


def example(shape, name="", depth=0):
    """A value for each parameter, with characters that must be escaped."""
    if shape.type_name == "structure":
        if depth > 4:
            return {}
        return {name: example(member, name, depth + 1) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return [example(shape.member, name, depth + 1)] * 2
    if shape.type_name == "map":
        return {"k": example(shape.value, name, depth + 1)}
    if shape.type_name == "timestamp":
        return "2026-01-02T03:04:05Z"
    if name in ("AccountId", "Bucket"):
        return ACCOUNT
    if name == "ChecksumAlgorithm":
        return "CRC32"
    least = shape.metadata.get("min", 0)
    if shape.type_name == "string":
        text = f"{name} 1&<2>/3+é" if shape.serialization.get("location") != "header" else name
        return text + "x" * max(0, least - len(text))
    values = {"integer": max(7, least), "long": 8, "boolean": True, "blob": "YWJj", "double": 1.5, "float": 1.5}
    return values[shape.type_name]


def as_botocore(shape, value):
    """The same value as botocore takes it: bytes, times."""
    if shape.type_name == "structure":
        return {name: as_botocore(shape.members[name], item) for name, item in value.items()}
    if shape.type_name == "list":
        return [as_botocore(shape.member, item) for item in value]
    if shape.type_name == "map":
        return {key: as_botocore(shape.value, item) for key, item in value.items()}
    if shape.type_name == "timestamp":
        return datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    return b"abc" if shape.type_name == "blob" else value


def kebab(name):
    return botocore.xform_name(name, "-")


class Requests(unittest.TestCase):
    """Every operation with all its parameters: the bytes that botocore makes of them."""

    def test_tables_are_fresh(self):
        done = subprocess.run([sys.executable, MODELS / "make.py", "--check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_requests(self):
        cases, files, commands = [], {}, []
        for service, operation in operations():
            value = example(operation.input_shape) if operation.input_shape else {}
            # A body comes from a file, and what the CLI adds to a listing isn't asked for twice.
            body = operation.input_shape and operation.input_shape.serialization.get("payload")
            streams = body and operation.input_shape.members[body].type_name == "blob"
            if streams:
                del value[body]
            path = f"{service}-{operation.name}.json"
            files[path] = json.dumps(value)
            command = f"aws {service} {kebab(operation.name)} --cli-input-json file://{path} --no-paginate"
            if operation.name == "GetObject":
                command += " out"
            if operation.name == "CreateVirtualMFADevice":
                command += " --outfile out --bootstrap-method Base32StringSeed"
            cases.append((service, operation, value))
            commands.append(("h", command))
        results = ran({"h": {"internet": "198.51.100.7", "env": ENVIRONMENT, "files": files}}, commands)
        for (service, operation, value), result in zip(cases, results):
            with self.subTest(service=service, operation=operation.name):
                self.compare(operation, value, result)

    def compare(self, operation, value, result):
        sent = [step for step in result["trace"]["steps"] if step["kind"] == "respond"]
        self.assertTrue(sent, result["stderr"])
        sent = sent[0]["evidence"]["request"]
        protocol = operation.service_model.metadata["protocol"]
        serializer = botocore.serialize.create_serializer(protocol, include_validation=False)
        parameters = as_botocore(operation.input_shape, value) if value else {}
        if operation.name == "RunInstances":
            botocore.handlers.base64_encode_user_data(parameters)
        made = serializer.serialize_to_request(parameters, operation)
        self.assertEqual(sent["method"], made["method"])
        url = urllib.parse.urlsplit(sent["url"])
        path, _, query = made["url_path"].partition("?")
        if operation.service_model.service_name == "s3":
            path = path.removeprefix(f"/{ACCOUNT}") or "/"
        self.assertEqual(urllib.parse.unquote(url.path), urllib.parse.unquote(path))
        pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
        for name, item in (made["query_string"] or {}).items():
            for one in item if isinstance(item, list) else [item]:
                pairs.append((name, {True: "true", False: "false"}.get(one, str(one)) if isinstance(one, bool) else str(one)))
        self.assertEqual(sorted(urllib.parse.parse_qsl(url.query, keep_blank_values=True)), sorted(pairs))
        headers = {name.lower(): text for name, text in sent["headers"]}
        for name, text in made["headers"].items():
            if name.lower() != "content-type" or protocol != "rest-xml":
                self.assertEqual(headers.get(name.lower()), text, name)
        body = sent["body"].get("text", "")
        expected = made["body"]
        if isinstance(expected, dict):
            self.assertEqual(
                urllib.parse.parse_qsl(body, keep_blank_values=True), [(k, str(v)) for k, v in expected.items()]
            )
        elif protocol in ("json", "rest-json"):
            self.assertEqual(json.loads(body or "{}"), json.loads(expected or b"{}"))
        else:
            self.assertEqual(body, expected.decode() if isinstance(expected, bytes) else expected)


DOCUMENT = {
    "Reservations": [
        {
            "Id": "r-1",
            "Instances": [
                {"InstanceId": "i-1", "State": {"Code": 16, "Name": "running"}, "Tags": [{"Key": "Name", "Value": "웹"}]},
                {"InstanceId": "i-2", "State": {"Code": 80, "Name": "stopped"}, "Public": True, "Notes": []},
            ],
        },
        {"Id": "r-2", "Instances": [{"InstanceId": "i-3", "State": {"Code": 16, "Name": "running"}, "Size": -2}]},
    ],
    "Owner": None,
    "Names": ["b", "a", "c"],
    "Numbers": [3, 1, 2],
    "Long": "arn:aws:iam::111122223333:role/service-role/a-role-with-a-long-name-that-makes-tables-turn",
}
QUERIES = """
@
Owner
Names
Names[0]
Names[-1]
Names[1:]
Names[::-1]
Names[:2]
Names[5]
Nope
Nope.deep
Reservations[].Instances[].InstanceId
Reservations[*].Instances[*].InstanceId
Reservations[0].Instances[*].State.Name
Reservations[].Instances[?State.Name=='running']
Reservations[].Instances[?State.Code>`16`].InstanceId
Reservations[].Instances[].[InstanceId,State.Name]
Reservations[].Instances[].{Id:InstanceId,Tag:Tags[0].Value}
Reservations[].Instances[].Tags[]
Reservations[].Instances[?Public]
Reservations[].Instances[?!Public].InstanceId
length(Reservations)
length(Long)
sort(Names)
sort(Numbers)
max(Numbers)
min(Names)
sum(Numbers)
reverse(Names)
sort_by(Reservations[].Instances[], &InstanceId)[-1].InstanceId
max_by(Reservations[].Instances[], &State.Code).InstanceId
join('-', Names)
contains(Names, 'a')
contains(Long, 'role')
starts_with(Long, 'arn')
ends_with(Long, 'x')
keys(Reservations[0].Instances[0].State)
values(Reservations[0].Instances[0].State)
type(Names)
to_string(Numbers)
to_number('12')
to_array(Long)
not_null(Owner, Long)
map(&Id, Reservations)
Owner || Names
Names && Numbers
Reservations[0].Instances[0].State.*
*.Id
Reservations[?Id=='r-2'].Instances[].Size
(Names)[0]
Reservations[].Id
Numbers[?@ > `1`]
[Names[0], Numbers[0]]
{a: Names, b: `{"x": 1}`}
"Names"[0]
Reservations[].Instances[].Notes
Numbers == `[3, 1, 2]`
Names != Numbers
Reservations[].Instances[] | [0].InstanceId
`"text"`
Numbers[?@ >= `2` && @ < `3`]
"""
WRONG = ["Names[", "a b", "[?a", "a.", "{a}", "&", "a..b", "]", "a ||", "length(", "@@"]


class Formats(unittest.TestCase):
    """Queries and formats on one document, which the query itself brings."""

    def run_queries(self, texts, extra=""):
        files = {f"q{place}": text for place, text in enumerate(texts)}
        host = {"internet": "198.51.100.7", "env": ENVIRONMENT, "files": files}
        lines = [("h", f'aws sts get-caller-identity --query "$(cat q{place})"{extra}') for place in range(len(texts))]
        return ran({"h": host}, lines)

    def test_queries(self):
        asked = QUERIES.strip().splitlines()
        self.assertGreater(len(asked), 60)
        document = "`" + json.dumps(DOCUMENT) + "`"
        for query, result in zip(asked, self.run_queries([f"{document} | {query}" for query in asked])):
            with self.subTest(query=query):
                self.assertEqual(result["exitCode"], 0, result["stderr"])
                expected = jmespath.search(query, DOCUMENT)
                self.assertEqual(json.loads(result["stdout"] or "{}"), expected)

    def test_functions(self):
        """Every function with arguments of every type, right and wrong."""
        values = ["`null`", "`true`", "`-7`", "'ab'", "`[]`", "`[3, 1, 2]`", "`[\"b\", \"a\"]`", "`[1, \"a\"]`", "`[null]`"]
        values += ["`{\"a\": 1, \"b\": {\"c\": \"it's\"}}`", "`[{\"a\": 2}, {\"a\": 1}]`", "`[{\"a\": 2}, {\"a\": \"x\"}]`", "&a", "&@"]
        names = [name for name in jmespath.functions.Functions.FUNCTION_TABLE] + ["nothing"]
        asked = [f"{name}({value})" for name in names for value in [""] + values]
        asked += [f"{name}({one}, {other})" for name in names for one in values for other in values]
        asked += [f"{name}({one}, `1`, `2`)" for name in names for one in values]
        results = self.run_queries(asked, " --output json")
        compared = 0
        for query, result in zip(asked, results):
            with self.subTest(query=query):
                # A list that was sorted stays so in what was parsed before.
                jmespath.parser.Parser.purge()
                try:
                    expected = jmespath.search(query, None)
                except (ValueError, TypeError) as error:
                    expected = error
                # Python would show an expression as an object of its own, and reads dictionaries from lists.
                whole = "_Expression" in repr(expected) or "dictionary update" in str(expected)
                if whole or ("&" in query and query[:4] in ("type", "cont", "not_", "to_a")):
                    continue
                if isinstance(expected, Exception):
                    self.assertEqual(result["stderr"], f"\naws: [ERROR]: {expected}\n")
                    self.assertEqual(result["exitCode"], 255)
                else:
                    self.assertEqual(json.loads(result["stdout"] or "{}"), expected, result["stderr"])
                compared += 1
        self.assertGreater(compared, 4000)

    def test_wrong_queries(self):
        # Every query cut short, and with each of its characters doubled or taken away.
        broken = set(WRONG)
        for query in QUERIES.strip().splitlines():
            for place in range(1, len(query)):
                broken |= {query[:place], query[:place] + query[place - 1 :], query[: place - 1] + query[place:]}
        faults = {}
        for query in sorted(broken):
            try:
                jmespath.compile(query)
            except jmespath.exceptions.JMESPathError as error:
                faults[query] = str(error)
        self.assertGreater(len(faults), 1000)
        self.assertLessEqual(set(WRONG), set(faults))
        # A substitution takes the line ends away.
        asked = [query for query in faults if not query.endswith("\n")]
        for query, result in zip(asked, self.run_queries(asked)):
            with self.subTest(query=query):
                self.assertEqual(result["exitCode"], 252)
                text = f"An error occurred (ParamValidation): Bad value for --query {query}: {faults[query]}\n"
                self.assertEqual(result["stderr"], f"\naws: [ERROR]: {text}")

    def test_formats(self):
        asked = ["@", "Reservations", "Reservations[0]", "Names", "Reservations[].Instances[].[InstanceId,State.Code]"]
        asked += ["Reservations[].Instances[].State", "Owner", "Long", "{a: Long, b: Long}", "Reservations[].Instances[]"]
        document = "`" + json.dumps(DOCUMENT) + "`"
        texts = [f"{document} | {query}" for query in asked]
        for form, expected in (("text", self.text), ("table", self.table)):
            for query, result in zip(asked, self.run_queries(texts, f" --output {form}")):
                with self.subTest(query=query, form=form):
                    self.assertEqual(result["stdout"], expected(jmespath.search(query, DOCUMENT)))

    def text(self, data):
        out = io.StringIO()
        awscli.text.format_text(data, out)
        return out.getvalue()

    def table(self, data):
        formatter = awscli.formatter.TableFormatter(type("Arguments", (), {"color": "off", "query": None}))
        formatter.table._terminal_width = 80
        out = io.StringIO()
        if formatter._build_table("GetCallerIdentity", data):
            formatter.table.render(out)
        return out.getvalue()


REFUSED = r"""
s3 cp
s3 cp f.txt
s3 cp f.txt g.txt
s3 cp nofile s3://b/
s3 cp s3://b/k
s3 cp - s3://b/k --recursive
s3 mv f.txt f.txt
s3 mv s3://b/k s3://b/k
s3 rm f.txt
s3 rm
s3 mb b
s3 mb s3://b/k
s3 mb s3://
s3 mb
s3 rb b
s3 rb s3://b/k
s3 presign
s3 presign f.txt
s3 presign s3://b
s3 presign s3://b/k --expires-in x
s3 sync nodir s3://b
s3 sync dir dir2
s3 sync s3://b
s3 ls b c d
s3 cp f.txt s3://b --exclude
s3 cp f.txt s3://b --dryrun=yes
ec2 describe-instances --filters Name=x
ec2 describe-instances --filters Name
ec2 describe-instances --filters Name=x,Values=a,Values=b
ec2 describe-instances --filters 'Name=x,Values=[a'
ec2 describe-instances --filters '{'
ec2 describe-instances --filters 'Foo=x'
ec2 describe-instances --max-results 2 --instance-ids
ec2 describe-instances --max-results x
ec2 describe-instances --instance-ids --dry-run --no-dry-run
ec2 run-instances
ec2 run-instances --image-id a --count 1:2:3
ec2 run-instances --image-id a --count 2:1
ec2 authorize-security-group-ingress --group-id g --port 22
ec2 authorize-security-group-ingress --group-id g --protocol tcp --port 22-x
ec2 authorize-security-group-ingress --group-id g --protocol 300
ec2 create-tags --resources a --tags Key=a
ec2 create-tags --resources a
ec2 wait instance-running --foo
iam create-role --role-name r
iam create-role --role-name r --assume-role-policy-document file://no.json
iam create-role --role-name r --assume-role-policy-document
iam create-role --role-name '' --assume-role-policy-document file://t.json
iam create-role --role-name r --assume-role-policy-document file://t.json --max-session-duration x
iam create-role --role-name r --assume-role-policy-document file://t.json --max-session-duration 1
iam create-role --role-name r --assume-role-policy-document file://t.json --tags a b
iam create-role --role-name r --assume-role-policy-document file://t.json --tags Key=a,Value=b,Key=c
iam create-role --role-name r --assume-role-policy-document file://t.json --tags '[{"Key":1}]'
iam create-role --role-name r --assume-role-policy-document file://t.json --tags 'Key=a,Value'
iam create-role --role-name r --assume-role-policy-document file://t.json --tags 'Key==a'
iam create-role --role-name r --assume-role-policy-document file://t.json --tags ',Key=a'
iam create-role --role-name r --assume-role-policy-document file://t.json --tags 'Key="a'
iam list-roles --foo=1 --bar
iam list-roles --page-size 0
iam list-roles --starting-token
iam list-roles --query
iam simulate-principal-policy --policy-source-arn x
iam simulate-custom-policy --policy-input-list a --action-names b --context-entries ContextKeyName=a,ContextKeyValues=b,ContextKeyType=x
sts assume-role --role-arn x
sts assume-role --role-arn x --role-session-name y
sts assume-role --role-arn arn:aws:iam::123456789012:role/r --role-session-name y
sts get-caller-identity --cli-input-json '{"A":1}'
sts get-session-token --duration-seconds 1
s3api get-object --bucket b
s3api get-object --bucket b --key k
s3api put-object --bucket b --key k --body no
s3api put-object --bucket b --key k --metadata a
s3api put-object --bucket 'b b' --key k
s3api put-object --bucket b --key ''
s3api put-bucket-policy --bucket b
s3api create-bucket --bucket b --create-bucket-configuration x
s3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=yes
s3api put-public-access-block --bucket b --public-access-block-configuration Block=true
s3api delete-objects --bucket b --delete Objects=[{Key=a},{Key=b}]
s3api delete-objects --bucket b --delete 'Objects=[{Key=a'
s3api list-objects-v2 --bucket b --max-keys x
s3api list-objects-v2 --bucket
organizations list-accounts --max-items x
cloudtrail lookup-events --lookup-attributes AttributeKey=x
cloudtrail lookup-events --start-time
configure get
configure get a b
configure set
configure set a
configure set a b c
configure list x
"""


class Refusals(unittest.TestCase):
    """Lines that the real CLI refuses before it sends anything: the same words, but for the frame that version 2 gives."""

    FILES = {"f.txt": "x\n", "t.json": '{"a":1}', "dir/g": "y"}

    def real(self, line):
        """Exit and words of awscli in this process, which asks nobody."""
        # It brings an older botocore of its own, which mustn't come first.
        import awscli.clidriver

        out, driver = io.StringIO(), awscli.clidriver.create_clidriver()
        with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
            try:
                code = driver.main(shlex.split(line))
            except SystemExit as exit:
                code = exit.code
        return code, out.getvalue()

    def words(self, text):
        text = re.sub(r"Note: AWS CLI version 2.*?install-cliv2.html", "", text.replace("\r", ""), flags=re.S)
        text = re.sub(r"usage: aws \[options\].*?aws <command> <subcommand> help\n?", "", text, flags=re.S).strip()
        text = re.sub(r"^usage: *\n+", "", text)
        text = re.sub(r"^\S+: (error|\[ERROR\]): ", "", text.strip())
        return re.sub(r"^An error occurred \(ParamValidation\): ", "", text).strip()

    def test_refusals(self):
        lines = REFUSED.strip().splitlines()
        address = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
        host = {"internet": "198.51.100.7", "env": ENVIRONMENT | address, "files": self.FILES}
        results = ran({"h": host}, [("h", "aws " + line) for line in lines])
        keys = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
        keys |= address | {"AWS_MAX_ATTEMPTS": "1"}
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch.dict(os.environ, keys):
            for name, text in self.FILES.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
            os.chdir(folder)
            try:
                expected = [self.real(line) for line in lines]
            finally:
                os.chdir(before)
        for line, (code, text), result in zip(lines, expected, results):
            with self.subTest(line=line):
                self.assertEqual(self.words(result["stderr"]), self.words(text))
                # Version 2 has a status of its own for arguments.
                self.assertIn((code, result["exitCode"]), {(2, 252), (255, 252), (255, 255), (252, 252), (1, 1), (0, 0)})


class CredentialOrder(unittest.TestCase):
    """Which provider wins, for every mix of variables, files, profiles and options."""

    KEYS = "aws_access_key_id = {}\naws_secret_access_key = {}\n"

    def mixes(self):
        for env, credentials, config, role, named in itertools.product([0, 1], [0, 1, 2], [0, 1], [0, 1, 2], [0, 1, 2]):
            # named: no profile, AWS_PROFILE, --profile.
            yield env, credentials, config, role, named

    def files(self, credentials, config, role, keys):
        """The two files; `keys` stand where keys stand."""
        half = "aws_access_key_id = AKIAHALF\n"
        one = {0: "", 1: f"[default]\n{keys}[p]\n{keys}", 2: f"[p]\n{half}"}[credentials]
        two = "[default]\n" + (keys if config else "region = us-east-1\n") + "[profile p]\nregion = us-east-1\n"
        if role:
            two += f"role_arn = arn:aws:iam::{ACCOUNT}:role/r\nsource_profile = base\n"
            two += "[profile base]\n" + (keys if role == 1 else "")
        return one, two

    def test_order(self):
        mixes = list(self.mixes())
        hosts, commands = {}, []
        for place, (env, credentials, config, role, named) in enumerate(mixes):
            one, two = self.files(credentials, config, role, "KEYS")
            variables = dict(ENVIRONMENT) if env else {"AWS_REGION": "us-east-1"}
            if named == 1:
                variables["AWS_PROFILE"] = "p"
            filled = {"Fn::Join": ["", ["aws_access_key_id = ", ID, "\naws_secret_access_key = ", SECRET, "\n"]]}
            parts = lambda text: {"Fn::Join": ["", self.between(text.split("KEYS"), filled)]}
            files = {"~/.aws/credentials": parts(one), "~/.aws/config": parts(two)}
            hosts[f"h{place}"] = {"internet": "198.51.100.7", "env": variables, "files": files}
            commands.append((f"h{place}", "aws sts get-caller-identity" + (" --profile p" if named == 2 else "")))
        for mix, result in zip(mixes, ran(hosts, commands)):
            with self.subTest(mix=mix):
                self.assertEqual(self.chosen(result), self.botocore(*mix), result["stderr"])

    def between(self, parts, middle):
        joined = [parts[0]]
        for part in parts[1:]:
            joined += [middle, part]
        return joined

    def chosen(self, result):
        if "Partial credentials found in" in result["stderr"]:
            return "PartialCredentialsError"
        if "must have credentials" in result["stderr"]:
            return "InvalidConfigError"
        found = [step for step in result["trace"]["steps"] if step["kind"] == "credentials" and step["outcome"] == "ok"]
        tops = [step for step in found if step["parent"] is None]
        return tops[-1]["evidence"]["provider"] if tops else None

    def botocore(self, env, credentials, config, role, named):
        one, two = self.files(credentials, config, role, self.KEYS.format("AKIA", "secret"))
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder, name) for name in ("credentials", "config")]
            paths[0].write_text(one)
            paths[1].write_text(two)
            variables = {"AWS_SHARED_CREDENTIALS_FILE": str(paths[0]), "AWS_CONFIG_FILE": str(paths[1])}
            variables["AWS_EC2_METADATA_DISABLED"] = "true"
            if env:
                variables.update(AWS_ACCESS_KEY_ID="AKIAENV", AWS_SECRET_ACCESS_KEY="secret")
            if named == 1:
                variables["AWS_PROFILE"] = "p"
            with unittest.mock.patch.dict(os.environ, variables):
                session = botocore.session.Session(profile="p" if named == 2 else None)
                try:
                    found = session.get_credentials()
                except botocore.exceptions.BotoCoreError as error:
                    return type(error).__name__
        return found and found.method
