"""Runs every test here against `iam-sandbox endpoint` and ends with `N passed, N failed`.

Usage: python run.py PROGRAM, the built iam-sandbox. Needs the packages of requirements.txt.
"""

import pathlib
import sys
import unittest

import sandbox

HERE = pathlib.Path(__file__).parent


def main(program, names):
    sandbox.isolate()
    sandbox.PROGRAM = program
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(names) if names else loader.discover(str(HERE))
    total = suite.countTestCases()
    try:
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=1).run(suite)
    finally:
        sandbox.stop_all()
    # Skipped tests count as failed: whatever they need belongs to the suite.
    failed = len(result.failures) + len(result.errors) + len(result.skipped)
    print(f"{max(total - failed, 0)} passed, {failed} failed")
    return 0 if failed == 0 and total > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
