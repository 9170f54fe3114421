#!/usr/bin/env python3
"""Reads redlines of any origin: redlines.py BINARY FOLDER

FOLDER holds NAME.old.docx, NAME.new.docx and NAME.red.docx. Accepting NAME.red must be what NAME.new is, and rejecting it what
NAME.old is, as `inspect --side` reads them. A redline whose name says that it is invalid must be refused. What differs is printed;
the exit code says whether anything does.
"""

import json
import pathlib
import subprocess
import sys


def blocks(binary, file, side):
    """The blocks of a file on a side, without their keys; None where it is refused."""
    command = [binary, "inspect", "--side", side, "--message-format", "json", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None
    read = json.loads(result.stdout)["blocks"]
    return [{key: value for key, value in block.items() if key != "key"} for block in read]


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    good = bad = 0
    for red in sorted(folder.glob("*.red.docx")):
        name = red.name.removesuffix(".red.docx")
        faults = []
        for side in ("new", "old"):
            found = blocks(binary, red, side)
            if "invalid" in name:
                if found is not None:
                    faults.append(f"{side}: read, and should be refused")
                continue
            wanted = blocks(binary, folder / f"{name}.{side}.docx", "new")
            if found is None or found != wanted:
                faults.append(f"{side}: {found}\n      not {wanted}")
        good, bad = good + (not faults), bad + bool(faults)
        for fault in faults:
            print(f"{name}\n  {fault}")
    print(f"{good} of {good + bad} as they should be")
    sys.exit(1 if bad else 0)


main()
