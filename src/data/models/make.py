#!/usr/bin/env python3
"""Makes the tables of the operations that `aws SERVICE OPERATION` knows, from botocore's service models.

    pip install awscli && python src/data/models/make.py [--check]

Reads operations.txt beside it, writes SERVICE.txt, waiters.txt and others.txt. Only facts are taken: names, types, places
on the wire. The formats are described in mod.rs, waiters.rs and others.rs. botocore and awscli are under Apache-2.0; the
first line of each table names the release.
"""

import pathlib
import re
import sys

import botocore
import botocore.exceptions
import botocore.loaders
import botocore.model
from botocore import xform_name

# awscli brings an older botocore of its own, which mustn't come first.
import awscli.clidriver

HERE = pathlib.Path(__file__).parent
MODELS = {"s3api": "s3"}
LETTERS = {"string": "S", "character": "S", "integer": "I", "long": "I", "float": "D", "double": "D", "boolean": "B"}
TIMES = {"iso8601": "T", "unixTimestamp": "U", "rfc822": "R"}


def option(name):
    """The kebab form that the program derives by itself (cli_name in mod.rs)."""
    out = ""
    for place, c in enumerate(name):
        if c.isupper() and place and out[-1] != "-":
            before, after = name[place - 1], name[place + 1 : place + 2]
            if before.islower() or before.isdigit() or after.islower():
                out += "-"
        out += c.lower()
    return out


def base36(number):
    digits = ""
    while True:
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36] + digits
        number //= 36
        if not number:
            return digits


class Table:
    def __init__(self, service, operations):
        loader = botocore.loaders.Loader()
        name = MODELS.get(service, service)
        self.model = botocore.model.ServiceModel(loader.load_service_model(name, "service-2"), name)
        try:
            self.pages = loader.load_service_model(name, "paginators-1")["pagination"]
        except Exception:
            self.pages = {}
        self.protocol = self.model.metadata["protocol"]
        self.operations = operations
        self.places = {}
        self.shapes = []

    def text(self):
        meta = self.model.metadata
        operations = [self.operation(name) for name in sorted(self.operations)]
        head = " ".join(
            [
                self.protocol,
                meta["apiVersion"],
                meta["endpointPrefix"],
                meta.get("signingName", meta["endpointPrefix"]),
                meta.get("targetPrefix", "-"),
                self.namespace() or "-",
            ]
        )
        return "\n".join(
            [f"# botocore {botocore.__version__}, Apache-2.0; see make.py", head, *operations, "", *self.shapes, ""]
        )

    def namespace(self):
        return {
            "s3": "http://s3.amazonaws.com/doc/2006-03-01/",
            "s3control": "http://awss3control.amazonaws.com/doc/2018-08-20/",
        }.get(self.model.service_name)

    def operation(self, name):
        operation = self.model.operation_model(name)
        words = [name, self.shape(operation.input_shape, "in"), self.shape(operation.output_shape, "out")]
        if self.protocol.startswith("rest"):
            words += [operation.http["method"], operation.http["requestUri"]]
        if self.protocol == "query" and operation.output_shape is not None:
            assert operation.output_shape.serialization["resultWrapper"] == name + "Result"
        if operation.http_checksum_required or (operation.http_checksum or {}).get("requestAlgorithmMember"):
            words.append("+checksum")
        page = self.pages.get(name)
        if page:
            many = lambda key: page.get(key, []) if isinstance(page.get(key, []), list) else [page[key]]
            tokens = lambda key: ",".join(token.split(" || ")[0] for token in many(key))
            limit = page.get("limit_key", "")
            words.append(
                ":".join(
                    ["~" + tokens("input_token"), tokens("output_token"), limit, ",".join(many("result_key")), ",".join(many("non_aggregate_keys"))]
                )
            )
        return " ".join(words)

    def shape(self, shape, way):
        if shape is None:
            return "-"
        least = shape.metadata.get("min", 0) if way == "in" else 0
        if shape.type_name == "list":
            return (f"[{least}," if least else "[") + self.shape(shape.member, way)
        if shape.type_name == "map":
            return "{" + self.shape(shape.value, way)
        if shape.type_name == "timestamp":
            default = {"query": "iso8601", "ec2": "iso8601", "rest-xml": "iso8601"}.get(self.protocol, "unixTimestamp")
            return TIMES[shape.serialization.get("timestampFormat", default)]
        if shape.type_name == "blob":
            return f"X{least}" if least else "X"
        if shape.type_name != "structure":
            document = self.model.service_name == "iam" and shape.name == "policyDocumentType" and way == "out"
            return "J" if document else LETTERS[shape.type_name] + (str(least) if least > 0 else "")
        key = (shape.name, way)
        if key not in self.places:
            place = self.places[key] = len(self.shapes)
            self.shapes.append("")
            payload = shape.serialization.get("payload")
            members = (self.member(shape, name, member, way, payload) for name, member in shape.members.items())
            self.shapes[place] = " ".join(members)
        return base36(self.places[key])

    def member(self, shape, name, member, way, payload):
        wire, default = member.serialization.get("name", name), name
        if self.protocol == "ec2":
            if way == "in":
                located = member.serialization.get("name", name)
                wire = member.serialization.get("queryName", located[0].upper() + located[1:])
            else:
                default = name[0].lower() + name[1:]
        place = {"header": "@h", "headers": "@H", "uri": "@u", "querystring": "@q", "statusCode": "@s"}.get(
            member.serialization.get("location"), ""
        )
        if name == payload:
            place = "@p"
        inner = self.shape(member, way)
        if member.type_name == "timestamp" and place == "@h" and "timestampFormat" not in member.serialization:
            inner = "R"
        if member.type_name == "list":
            if member.serialization.get("flattened"):
                place += "*"
            item = member.member.serialization.get("name", "member")
            if self.protocol == "rest-xml" and not member.serialization.get("flattened"):
                place += "/" + item if way == "in" and item != "member" else ""
            elif self.protocol == "rest-xml" and item != "member":
                wire = item
        text = "!" if name in shape.required_members and way == "in" else ""
        text += name
        expected = xform_name(name, "-")
        if option(name) != expected and way == "in":
            text += "|" + expected
        if wire != default:
            text += "=" + wire
        return text + place + ":" + inner


def read_operations():
    services, current = {}, None
    for line in (HERE / "operations.txt").read_text().splitlines():
        if line.startswith("["):
            current = services.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.extend(line.split())
    return services


STATES = {"success": "+", "failure": "-", "retry": "~"}


def acceptor(acceptor):
    expected = acceptor["expected"]
    text = {True: "true", False: "false"}[expected] if isinstance(expected, bool) else str(expected)
    text = STATES[acceptor["state"]] + acceptor["matcher"] + "=" + text
    return text + ("@" + acceptor["argument"].replace(" ", "") if "argument" in acceptor else "")


def waiters(service, operations):
    """The waiters that poll these operations, and the names of the others."""
    try:
        model = botocore.loaders.Loader().load_service_model(MODELS.get(service, service), "waiters-2")["waiters"]
    except botocore.exceptions.UnknownServiceError:
        return [], []
    own = sorted(name for name, waiter in model.items() if waiter["operation"] in operations)
    lines = [
        " ".join(
            [service, name, waiter["operation"], str(waiter["delay"]), str(waiter["maxAttempts"])]
            + [acceptor(one) for one in waiter["acceptors"]]
        )
        for name, waiter in ((name, model[name]) for name in own)
    ]
    return lines, [xform_name(name, "-") for name in sorted(model) if name not in own]


def grouped(names):
    """`volume:create,delete` for create-volume and delete-volume."""
    groups = {}
    for name in sorted(names):
        verb, _, noun = name.partition("-")
        groups.setdefault(noun, []).append(verb)
    return " ".join(f"{noun}:{','.join(verbs)}" for noun, verbs in sorted(groups.items()))


def names_of_others(services):
    """What else the CLI knows: services, operations, waiters."""
    commands = awscli.clidriver.create_clidriver().create_help_command().command_table
    # Version 2 has these beside.
    known = set(commands) | {"cli-dev", "ddb"}
    lines = ["- " + grouped(known - set(services) - {"s3", "configure"})]
    for service, operations in services.items():
        own = {xform_name(name, "-") for name in operations}
        table = commands[service].create_help_command().command_table
        lines.append(service + " " + grouped(set(table) - own - {"wait"}))
        more = waiters(service, operations)[1]
        if more:
            lines.append(service + "/wait " + grouped(more))
    return lines


def tables():
    services = read_operations()
    for service, operations in services.items():
        yield service, Table(service, operations).text()
    first = f"# botocore {botocore.__version__}, Apache-2.0; see make.py"
    lines = [line for service, operations in services.items() for line in waiters(service, operations)[0]]
    yield "waiters", "\n".join([first, *lines, ""])
    first = f"# awscli {awscli.__version__}, Apache-2.0; see make.py"
    yield "others", "\n".join([first, *names_of_others(services), ""])


def main():
    check, stale = "--check" in sys.argv, []
    for name, text in tables():
        path = HERE / f"{name}.txt"
        if check:
            comparable = lambda text: re.sub("^# .*\n", "", text)
            if not path.exists() or comparable(path.read_text()) != comparable(text):
                stale.append(path.name)
        else:
            path.write_text(text)
    if stale:
        sys.exit(f"not what make.py makes: {', '.join(stale)}")


if __name__ == "__main__":
    main()
