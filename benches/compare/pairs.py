#!/usr/bin/env python3
"""Compares real pairs of versions: benches/compare/pairs.py FOLDER [NAME …]

FOLDER holds the corpora (asvs, sscsp, meta-review, bpf-2024, standard-for-public-code.bundle); a pair whose files are not there is left out.
SHOW=1 prints the changes of each pair as text. BENCH names the built benchmark; else it is built.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TAGS = ["0.4.0", "0.4.1", "0.5.0", "0.6.0", "0.7.0"]


def tags(bundle: Path, into: Path) -> list[tuple[Path, Path]]:
    """The trees of a bundle's tags, each with the next."""
    subprocess.run(["git", "clone", "-q", "--bare", bundle, into / "git"], check=True)
    trees = []
    for tag in TAGS:
        tree = into / tag
        tree.mkdir()
        archive = subprocess.run(["git", "-C", into / "git", "archive", tag], check=True, capture_output=True).stdout
        subprocess.run(["tar", "x", "-C", tree], input=archive, check=True)
        # Their own changelog is no part of the report.
        (tree / "CHANGELOG.md").unlink(missing_ok=True)
        trees.append(tree)
    return list(zip(trees, trees[1:]))


def pairs(folder: Path, scratch: Path) -> list[tuple[Path, Path]]:
    found = [
        (folder / "asvs/en-4.0.2", folder / "asvs/en-4.0.3"),
        (folder / "sscsp/sscsp-8bfa3943.md", folder / "sscsp/sscsp-b7881bb1.md"),
        (folder / "meta-review/v1.0", folder / "meta-review/v2.0"),
        (folder / "bpf-2024/draft-1", folder / "bpf-2024/draft-2"),
    ]
    bundle = folder / "standard-for-public-code.bundle"
    return [pair for pair in found if pair[0].exists()] + (tags(bundle, scratch) if bundle.exists() else [])


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as scratch:
        chosen = [pair for pair in pairs(folder, Path(scratch)) if not names or any(name in str(pair[1]) for name in names)]
        arguments = [str(path) for pair in chosen for path in pair]
        bench = os.environ.get("BENCH")
        command = [bench] if bench else ["cargo", "bench", "--bench", "compare", "--"]
        sys.exit(subprocess.run([*command, *arguments]).returncode)


main()
