#!/usr/bin/env python3
"""all.py BINARY CORPORA [NAME...]: checks (check.py) every corpus of a folder and prints a table: what each holds, how many of
its links lead somewhere, what the build warned of, and how long it took. Corpora are not part of this repository; a
corpus is a folder or a file beneath CORPORA, and every tag of each git bundle there. Exit 1 if a check failed."""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

from check import check
from count import count, drafts

# Read first, where a corpus has no order of its own; the rest follows by name.
FIRST = ["index.md", "foreword.md", "introduction.md", "readers-guide.md", "glossary.md"]


def corpora(folder, scratch):
    """Name and path of each corpus; bundles are cloned into `scratch`, a folder for each tag."""
    for bundle in sorted(folder.glob("*.bundle")):
        tags = subprocess.run(["git", "ls-remote", "--tags", bundle], capture_output=True, text=True, check=True).stdout
        for tag in sorted({line.rsplit("/", 1)[1].removesuffix("^{}") for line in tags.splitlines()}):
            clone = scratch / f"{bundle.stem}-{tag}"
            subprocess.run(["git", "clone", "-q", "-c", "advice.detachedHead=false", "-b", tag, bundle, clone], check=True)
            order(clone)
            yield clone.name, clone
    for path in sorted(folder.rglob("*.md")):
        siblings = sorted(path.parent.glob("*.md"))
        if path.name in ("README.md", "LICENSE.md") or path != next(s for s in siblings if s.name != "LICENSE.md"):
            continue
        # Files numbered in one sequence are one report; others are reports of their own.
        if all(sibling.name[0].isdigit() for sibling in siblings if sibling.name != "LICENSE.md"):
            yield str(path.parent.relative_to(folder)), path.parent
        else:
            yield from ((str(s.relative_to(folder)), s) for s in siblings if s.name != "LICENSE.md")


def order(project):
    """A configuration that lists every draft, whatever folder it lies in."""
    first = [name for name in FIRST if (project / name).exists()]
    folders = sorted({str(path.parent.relative_to(project)) for path in project.rglob("*.md")} - {"."})
    globs = [entry for folder in folders for entry in (f"{folder}/index.md", f"{folder}/*.md") if list(project.glob(entry))]
    (project / "rapporteur.toml").write_text(f'[drafts]\nfolder = "."\norder = {json.dumps(first + globs + ["*.md"])}\n')


def main(binary, folder, names):
    rows, failed = [], 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-corpora-") as scratch:
        for name, path in corpora(pathlib.Path(folder).resolve(), pathlib.Path(scratch)):
            if names and not any(wanted in name for wanted in names):
                continue
            counted, found = count(path), {}
            faults = [(check_name, fault) for check_name, faults in check(binary, path, found) for fault in faults]
            failed += bool(faults)
            codes = collections.Counter(message["code"] for message in found.get("messages", []))
            dead = codes["dead-link"] + codes["unsafe-link"]
            numbers = counted.numbers
            rows.append([name, len(drafts(path)), counted.words.total(), numbers["headings"], numbers["tables"], numbers["notes"],
                         numbers["images"], f"{max(counted.links - dead, 0)}/{counted.links}", f"{found.get('seconds', 0):.1f}",
                         "ok" if not faults else "FAIL", ", ".join(f"{code} {times}" for code, times in sorted(codes.items()))])
            print(" | ".join(map(str, rows[-1])), flush=True)
            for check_name, fault in faults:
                print(f"    {check_name}: {fault}")
    head = ["corpus", "files", "words", "headings", "tables", "notes", "images", "links", "seconds", "counts", "warnings"]
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head) - 1)]
    print()
    for row in [head, *rows]:
        print("  ".join([str(cell).ljust(width) for cell, width in zip(row, widths)] + [row[-1]]))
    print(f"corpora: {len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
