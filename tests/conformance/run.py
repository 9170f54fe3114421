#!/usr/bin/env python3
"""run.py BINARY: builds the sample and a report with every construct of the drafts' language, and lets independent
programs judge what came out, as many side by side as the machine has cores. A checker that cannot run has failed: nothing is
skipped. Prints one line a check; exit 1 if one failed."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import judges
from judges import HERE, PYTHON, Document, run

ROOT = HERE.parent.parent
CORES = os.cpu_count() or 1
# Short reports in each language, built in each style. The slow programs (LibreOffice, Chromium) look at the first style.
LANGUAGES = sorted(path for path in (ROOT / "tests/languages").iterdir() if path.is_dir())
STYLES = ["report"] + sorted(path.name for path in (ROOT / "styles").iterdir() if path.is_dir() and path.name != "report")
# Warnings that a build has to give, by code: all others are faults of the drafts or of the program.
PROJECTS = {
    "sample": (ROOT, []),
    "constructs": (HERE / "constructs", ["foreign-front-matter"] + ["foreign-syntax"] * 3 + ["missing-image", "unknown-citation",
                                         "unknown-citation", "unknown-class"]),
    "decimal": (HERE / "decimal", []),
}
# Two versions each, of which every construct has changed, as a redline in each style.
REDLINES = sorted(path for path in (HERE / "redline").iterdir() if path.is_dir())


class Report:
    """Checks in the order in which they are told."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, status, output=""):
        if status == 0:
            self.passed += 1
            print(f"ok    {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {name} (status {status})\n" + "\n".join("      " + line for line in output.splitlines()), flush=True)


def made(name, output, stem="", **looks):
    """The document in an output folder; a file that is not there is found missing by whoever opens it."""
    def file(ending):
        return next(output.glob(f"*{stem}.{ending}"), output / f"missing.{ending}")
    return Document(name, file("pdf"), file("docx"), file("html"), **looks)


def built(binary, name, project, codes, output, **looks):
    """Builds a project, and holds its warnings against those expected. Gives verdicts and the document, as all that makes one."""
    done = subprocess.run([binary, "build", str(project), "--output", str(output), "--message-format", "json"],
                          capture_output=True, text=True)
    given = sorted(json.loads(line)["code"] for line in done.stderr.splitlines() if line.startswith("{"))
    verdicts = [(f"{name}: builds", done.returncode, done.stdout + done.stderr),
                (f"{name}: warns of {codes or 'nothing'}", int(given != sorted(codes)), done.stderr)]
    return verdicts, made(name, output, **looks)


def in_style(project, style, folder):
    """A copy of a project that is in another style."""
    copy = folder / f"{project.name}-{style}"
    shutil.copytree(project, copy)
    configuration = copy / "rapporteur.toml"
    configuration.write_text(configuration.read_text().replace("[style]\n", f'[style]\nname = "{style}"\n'))
    return copy


def in_language(binary, project, style, folder):
    name = f"{project.name} in {style}"
    first = style == STYLES[0]
    return built(binary, name, in_style(project, style, folder), [], folder / f"output-{project.name}-{style}", chromium=first, office=first)


def redlined(binary, pair, style, folder):
    """Two versions, in a style."""
    name, output = f"redline {pair.name} in {style}", folder / f"redline-{pair.name}-{style}"
    old, new = (in_style(pair / version, style, folder / f"{pair.name}-drafts") for version in ("old", "new"))
    return [(f"{name}: builds", *run(binary, "diff", old, new, "--output", output))], made(name, output, stem=".redline", panel=True)


def released(binary, folder):
    """A draft with its label behind the text and its sources in the PDF; its sums and its bill of materials."""
    project = folder / "release"
    shutil.copytree(HERE / "decimal", project)
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(project), *command], check=True, env={**os.environ, **identity})
    output = project / "output/1.0-draft.1"
    options = ("--draft", "Draft I", "--watermark", "--attach-sources")
    verdicts = [
        ("release: is made", *run(binary, "release", "1.0-draft.1", project, *options)),
        ("release: sha256sum", *run("env", "-C", output, "sha256sum", "--strict", "-c", "SHA256SUMS")),
        ("release: CycloneDX", *run(PYTHON, HERE / "sbom.py", output / "sbom.cdx.json")),
        ("release: is made again", *run(binary, "verify", output, "--require-rebuild")),
    ]
    return verdicts, made("release", output, archive="3a")


def makings(binary, folder):
    """All that is to be built."""
    for name, (project, codes) in PROJECTS.items():
        yield partial(built, binary, name, project, codes, folder / name, office=True)
    for style in STYLES:
        yield from (partial(redlined, binary, pair, style, folder) for pair in REDLINES)
        yield from (partial(in_language, binary, project, style, folder) for project in LANGUAGES)
    yield partial(released, binary, folder)


def shares(documents):
    """As many parts as there are cores, no two neighbours in one: they are alike, and take as long."""
    return [part for part in (documents[at::CORES] for at in range(CORES)) if part]


def judgements(documents):
    """Every judge with what it looks at: what takes longest first, and a share for each core of what takes longest of all."""
    seen = [document for document in documents if document.chromium]
    redlines = [document for document in documents if document.panel]
    words = [document for document in documents if document.office]
    for part in shares(seen):
        yield partial(judges.chromium, part)
    for part in shares(redlines):
        yield partial(judges.panel, part)
    for flavour in ("ua1", "2a", "3a"):
        asked = [document for document in documents if flavour in ("ua1", document.archive)]
        yield partial(judges.verapdf, flavour, asked)
    yield partial(judges.libreoffice, words)
    yield partial(judges.nu_checker, documents)
    for judge in (judges.open_xml_sdk, judges.openxml_audit):
        yield from (partial(judge, [document]) for document in documents)
    for judge in (judges.docx_integrity, judges.docx_structure, judges.qpdf):
        yield partial(judge, documents)
    constructs = next(document for document in documents if document.name == "constructs")
    yield partial(looks, constructs)


def looks(document):
    """Roles look as the tokens say."""
    style = ROOT / "styles/report/style.toml"
    files = (document.pdf, document.docx, document.page)
    yield f"{document.name}: roles look as the tokens say", *run(PYTHON, HERE / "looks.py", style, *files)


def main(binary):
    report, documents = Report(), []
    with tempfile.TemporaryDirectory(prefix="rapporteur-conformance-") as folder, ThreadPoolExecutor(CORES) as cores:
        for verdicts, document in cores.map(lambda making: making(), makings(binary, pathlib.Path(folder))):
            documents.append(document)
            for verdict in verdicts:
                report.check(*verdict)
        for verdicts in cores.map(lambda judgement: list(judgement()), judgements(documents)):
            for verdict in verdicts:
                report.check(*verdict)
    print(f"conformance: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
