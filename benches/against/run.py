#!/usr/bin/env python3
"""run.py [FOLDER] [--runs N] [--copies N]: builds the same drafts with rapporteur and with what people would use
instead, each in a process of its own, in turns, and prints medians and ratios.

FOLDER holds Markdown files (a report in chapters); without one, a report of this repository's own making is used.
Absent images are taken out for all. `--copies N` repeats the report N times, each copy's files and ids suffixed.
Where pandoc's Typst source has text that Typst reads as code (`#emph[x].cloud`), it is mended between the two.
pandoc comes from PyPI (pypandoc_binary), its PDF is made by Typst through `benches/against/typst.rs`, so that no
other program is needed. Ratios are of the same turn, so that a busy machine slows both sides of each."""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = pathlib.Path(os.environ.get("RAPPORTEUR_TOOLS", pathlib.Path.home() / ".cache/rapporteur-tools"))
PANDOC = "pypandoc_binary==1.17"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=pathlib.Path)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--copies", type=int, default=1)
    options = arguments.parse_args()
    pandoc = install_pandoc()
    subprocess.run(["cargo", "build", "--release", "--locked", "--example", "typst"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        drafts = lay(options.folder, options.copies, work / "report")
        compare(target, pandoc, drafts, work, options.runs)


def install_pandoc():
    """The pandoc that PyPI's package carries, in an environment of its own."""
    environment = TOOLS / "against"
    if not list(environment.glob("lib/python3*/site-packages/pypandoc/files/pandoc")):
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([environment / "bin/pip", "install", "-q", "--disable-pip-version-check", PANDOC], check=True)
    return next(environment.glob("lib/python3*/site-packages/pypandoc/files/pandoc"))


def lay(folder, copies, out):
    """The drafts, without images, in `out`; copies have ids and file names of their own."""
    out.mkdir()
    if folder is None:
        folder = out.parent / "made"
        make(folder)
    sources = sorted(folder.glob("*.md"))
    names = {source.name for source in sources}
    for copy in range(copies):
        for source in sources:
            text = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", source.read_text(encoding="utf-8"))
            if copies > 1:
                text = re.sub(r"\{#([\w.-]+)", rf"{{#\1-{copy}", text)
                text = re.sub(r"\]\(#([\w.-]+)\)", rf"](#\1-{copy})", text)
                text = re.sub(r"\[\^([^\]]+)\]", rf"[^\1-{copy}]", text)
                text = re.sub(r"\]\(([\w.-]+\.md)", lambda m: f"]({copy:03}-{m[1]}" if m[1] in names else m[0], text)
                text = re.sub(r"^(# .*?)( \{.*)?$", rf"\1 ({copy})\2", text, count=1, flags=re.M)
            name = f"{copy:03}-{source.name}" if copies > 1 else source.name
            (out / name).write_text(text, encoding="utf-8")
    return out


def make(folder):
    """About a hundred pages: the drafts of this repository's sample, over and over. Without links to boxes, whose
    labels pandoc's Typst source does not have."""
    folder.mkdir()
    sample = [p for p in sorted((ROOT / "drafts").glob("*.md")) if "kind: cover" not in p.read_text(encoding="utf-8")]
    for copy in range(10):
        for source in sample:
            text = re.sub(r"\{#([\w.-]+)", rf"{{#\1-x{copy}", source.read_text(encoding="utf-8"))
            text = re.sub(r"\[([^\]]*)\]\(#[^)]*\)", r"\1", text)
            (folder / f"{copy:02}-{source.name}").write_text(re.sub(r"(?<![\w\\])@(\w)", r"\1", text), encoding="utf-8")


def compare(target, pandoc, drafts, work, runs):
    ours = str(target / "rapporteur")
    files = [str(path) for path in sorted(drafts.glob("*.md"))]
    common = [str(pandoc), "--standalone", "--toc", "-M", "title=Measured"]

    def ours_in(*formats):
        # A folder of its own, so that none finds another's files to replace.
        return [ours, "build", str(drafts), "--output", str(work / "-".join(formats)), "--format", ",".join(formats)]

    jobs = {
        "rapporteur: PDF, DOCX, HTML": [ours_in("pdf", "docx", "html")],
        "rapporteur: HTML": [ours_in("html")],
        "rapporteur: DOCX": [ours_in("docx")],
        "pandoc: HTML": [[*common, "--embed-resources", "-t", "html", "-o", str(work / "p.html"), *files]],
        "pandoc: DOCX": [[*common, "-t", "docx", "-o", str(work / "p.docx"), *files]],
        "pandoc, Typst: PDF": [
            [*common, "-t", "typst", "-o", str(work / "p.typ"), *files],
            [str(target / "examples/typst"), str(work / "p.typ"), str(work / "p.pdf")],
        ],
        "Typst alone, on our source": [[str(target / "examples/typst"), "--of", str(drafts), str(work / "t.pdf")]],
        "rapporteur: start (--version)": [[ours, "--version"]],
    }
    seconds, memory = {name: [] for name in jobs}, {name: 0 for name in jobs}
    for turn in range(runs + 1):
        for name, commands in jobs.items():
            took, peak, said = run(commands)
            if name.startswith("Typst alone"):
                took = float(said) / 1000
            # The first turn warms the file system's cache.
            if turn > 0:
                seconds[name].append(took)
            memory[name] = max(memory[name], peak)
    show(jobs, seconds, memory, drafts, files)


def run(commands):
    """Seconds, megabytes at the peak, and what the last one printed."""
    seconds, peak, said = 0, 0, ""
    for command in commands:
        mend(command[1])
        start = time.perf_counter()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                errors.seek(0)
                sys.exit(f"failed: {' '.join(command[:6])} …\n{errors.read().decode()[-2000:]}")
            output.seek(0)
            said = output.read().decode()
        peak = max(peak, usage.ru_maxrss / 1024)
    return seconds, peak, said


def mend(path):
    if path.endswith(".typ"):
        source = pathlib.Path(path)
        text = re.sub(r"(#\w+\[[^\]\n]*\])(?=[.(]\w)", r"\1;", source.read_text(encoding="utf-8"))
        source.write_text(text, encoding="utf-8")


def show(jobs, seconds, memory, drafts, files):
    words = sum(len(pathlib.Path(path).read_text(encoding="utf-8").split()) for path in files)
    print(f"{len(files)} drafts, {words:,} words; medians of {len(next(iter(seconds.values())))}")
    for name in jobs:
        print(f"{name:32} {statistics.median(seconds[name]):8.3f} s {memory[name]:7.0f} MB")
    whole = "rapporteur: PDF, DOCX, HTML"
    pandoc = [sum(turn) for turn in zip(*(seconds[name] for name in jobs if name.startswith("pandoc")))]
    ratio = lambda above, below: statistics.median(a / b for a, b in zip(above, below))
    print(f"pandoc's three formats to ours:   {ratio(pandoc, seconds[whole]):6.2f} ×")
    print(f"ours to Typst alone:              {ratio(seconds[whole], seconds['Typst alone, on our source']):6.2f} ×")


if __name__ == "__main__":
    main()
