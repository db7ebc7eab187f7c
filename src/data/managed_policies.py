#!/usr/bin/env python3
"""Makes managed-policies.json: policies that AWS manages, as templates name them by ARN.

    pip install moto==5.2.5 && python3 src/data/managed_policies.py

moto (Apache-2.0) carries AWS's own documents. Only small, common ones are taken: ReadOnlyAccess alone
has 95 KB.
"""

import importlib.metadata
import json
import pathlib

NAMES = [
    "AWSDenyAll",
    "AWSOrganizationsReadOnlyAccess",
    "AdministratorAccess",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "CloudWatchAgentServerPolicy",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMUserChangePassword",
    "PowerUserAccess",
]

# The order in which AWS writes them; moto sorts them.
KEYS = ["Version", "Statement", "Sid", "Effect", "Action", "NotAction", "Resource", "Condition"]


def ordered(value):
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value, key=lambda key: (key not in KEYS, KEYS.index(key) if key in KEYS else 0, key))}
    if isinstance(value, list):
        return [ordered(item) for item in value]
    return value


def main():
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    known = json.loads(aws_managed_policies_data)
    policies = {
        f"arn:aws:iam::aws:policy{known[name]['Path']}{name}": {
            "version": known[name]["DefaultVersionId"],
            "document": ordered(known[name]["Document"]),
        }
        for name in NAMES
    }
    made = {"source": f"PyPI moto {importlib.metadata.version('moto')} (Apache-2.0)", "policies": policies}
    path = pathlib.Path(__file__).with_name("managed-policies.json")
    path.write_text(json.dumps(made, indent=2) + "\n")


if __name__ == "__main__":
    main()
