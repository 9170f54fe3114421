#!/usr/bin/env python3
"""run.py BINARY: runs every script of the action, the workflows and the templates with the real program on real
repositories, and holds the files to schemas and linters; then what shells and readers of manual pages say of what the
program gives them. Prints one line a check; exit 1 if one failed."""

import sys
import tempfile
import traceback

import lint
import packages
import scenes


class Report:
    """Checks in the order in which they ran."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, fault):
        """A fault is what is wrong, as text; nothing if nothing is."""
        if fault:
            self.failed += 1
            print(f"FAIL  {name}\n" + "\n".join("      " + line for line in str(fault).splitlines()), flush=True)
        else:
            self.passed += 1
            print(f"ok    {name}", flush=True)


def main(binary):
    report = Report()
    for name, check in [*lint.CHECKS, *scenes.CHECKS, *packages.CHECKS]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                fault = check(binary, folder)
            except Exception:  # a check that breaks off has failed
                fault = traceback.format_exc()
        report.check(name, fault)
    print(f"ci: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
