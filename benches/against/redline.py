#!/usr/bin/env python3
"""redline.py OLD NEW [--runs N]: one redline of two versions by rapporteur and by what compares Word documents, in turns.

OLD and NEW are folders of drafts (or projects). rapporteur works from the drafts; the others get the two Word documents
that it builds from them. Printed of each: seconds and memory (medians, peaks), marks of revision, words inserted and deleted, and
whether accepting gives the new document and rejecting the old one, by a resolver of this script's own that knows nothing of
rapporteur: paragraphs with their style, bold and italic text, cells, and notes. Docxodus and docx-trackdiff come from PyPI;
LibreOffice is the system's."""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

import run as bench

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = pathlib.Path(os.environ.get("RAPPORTEUR_TOOLS", pathlib.Path.home() / ".cache/rapporteur-tools"))
PACKAGES = ["python-redlines[docxodus]==2.0.0", "docx-trackdiff==1.0.0"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What a report's program sets: its contents and its cover are no changes.
COMPUTED = ("Toc", "TOC", "Title", "Subtitle", "Contents")

DOCXODUS = """
import sys
from python_redlines import DocxodusEngine
old, new, out = sys.argv[1:]
result = DocxodusEngine().run_redline("A", original=open(old, "rb").read(), modified=open(new, "rb").read())
open(out, "wb").write(result[0])
"""

# Runs with the system's Python, which has LibreOffice's module.
OFFICE = """
import os, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
old, new, out, home = sys.argv[1:]
office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
    f"-env:UserInstallation=file://{home}", "--accept=pipe,name=redline;urp"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(600):
    try:
        context = resolver.resolve("uno:pipe,name=redline;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.05)
value = lambda name, of: PropertyValue(name, 0, of, 0)
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(new), "_blank", 0, (value("Hidden", True),))
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:CompareDocuments", "", 0,
    (value("URL", uno.systemPathToFileUrl(old)), value("NoAcceptDialog", True)))
document.storeToURL(uno.systemPathToFileUrl(out), (value("FilterName", "MS Word 2007 XML"),))
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
office.wait(60)
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("old", type=pathlib.Path)
    arguments.add_argument("new", type=pathlib.Path)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--binary", type=pathlib.Path)
    options = arguments.parse_args()
    python = install()
    if options.binary is None:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    ours = str(options.binary or target / "rapporteur")
    with tempfile.TemporaryDirectory() as work:
        compare(ours, str(python), (options.old.resolve(), options.new.resolve()), pathlib.Path(work), options.runs)


def install():
    """The two from PyPI, in an environment of their own."""
    environment = TOOLS / "redlines"
    python = environment / "bin/python"
    if not (environment / "bin/docx-trackdiff").exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES], check=True)
    return python


def compare(ours, python, versions, work, runs):
    documents = [build(ours, version, work / name) for version, name in zip(versions, ["old", "new"])]
    (work / "docxodus.py").write_text(DOCXODUS, encoding="utf-8")
    (work / "office.py").write_text(OFFICE, encoding="utf-8")
    out = lambda name: work / f"{name}.docx"
    files = [str(path) for path in documents]
    diff = lambda formats: [ours, "diff", *map(str, versions), "--output", str(work / formats), "--format", formats]
    plain = [ours, "build", str(versions[1]), "--output", str(work / "plain")]
    jobs = {
        "rapporteur: PDF, DOCX, HTML": [diff("pdf,docx,html")],
        "rapporteur: DOCX": [diff("docx")],
        "rapporteur: a report, PDF, DOCX, HTML": [plain],
        "Docxodus": [[python, str(work / "docxodus.py"), *files, str(out("docxodus"))]],
        "docx-trackdiff": [[str(pathlib.Path(python).with_name("docx-trackdiff")), *files, str(out("trackdiff"))]],
        "LibreOffice": [["/usr/bin/python3", str(work / "office.py"), *files, str(out("office")), str(work / "home")]],
    }
    made = {
        "rapporteur: DOCX": lambda: next((work / "docx").glob("*.redline.docx")),
        "Docxodus": lambda: out("docxodus"),
        "docx-trackdiff": lambda: out("trackdiff"),
        "LibreOffice": lambda: out("office"),
    }
    seconds, memory = {name: [] for name in jobs}, {name: 0 for name in jobs}
    for turn in range(runs + 1):
        for name, commands in jobs.items():
            took, peak, _ = bench.run(commands)
            if turn > 0:
                seconds[name].append(took)
            memory[name] = max(memory[name], peak)
    show(jobs, seconds, memory, made, documents)


def build(ours, version, folder):
    subprocess.run([ours, "build", str(version), "--output", str(folder), "--format", "docx"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return next(folder.glob("*.docx"))


def show(jobs, seconds, memory, made, documents):
    old, new = (projection(path, "new") for path in documents)
    print(f"medians of {len(next(iter(seconds.values())))}; accept, reject: what is equal of paragraphs / formats / cells / notes")
    for name in jobs:
        line = f"{name:38} {statistics.median(seconds[name]):7.2f} s {memory[name]:6.0f} MB"
        if name in made:
            path = made[name]()
            marks, words = marked(path)
            accepted, rejected = equal(projection(path, "new"), new), equal(projection(path, "old"), old)
            line += f"  {marks:6,} marks {words:7,} words  accept {accepted}  reject {rejected}"
        print(line)
    whole, plain = "rapporteur: PDF, DOCX, HTML", "rapporteur: a report, PDF, DOCX, HTML"
    ratio = statistics.median(a / b for a, b in zip(seconds[whole], seconds[plain]))
    print(f"three redlines to three plain builds: {ratio:.2f} ×")


def equal(one, other):
    return " ".join("yes" if a == b else "no" for a, b in zip(one, other))


def projection(path, side):
    """Paragraphs (style and text), formatted text, cells of tables, notes: of one side of a redline. White space is collapsed."""
    with zipfile.ZipFile(path) as package:
        body = ET.fromstring(package.read("word/document.xml")).find(f"{W}body")
        names = set(package.namelist())
        notes = ET.fromstring(package.read("word/footnotes.xml")) if "word/footnotes.xml" in names else []
    paragraphs, formats, cells = [], [], []
    for text, style, shaped in read(body, side):
        paragraphs.append((style, text))
        formats.extend(shaped)
    for row in body.iter(f"{W}tr"):
        if not gone(row.find(f"{W}trPr"), side):
            texts = [" ".join(text for text, _, _ in read(cell, side)) for cell in row.iter(f"{W}tc")]
            cells.append([" ".join(text.split()) for text in texts])
    referred = [r.get(f"{W}id") for r, there in runs_of(body, side) if there and r.tag == f"{W}footnoteReference"]
    by_id = {note.get(f"{W}id"): [text for text, _, _ in read(note, side)] for note in notes}
    said = [(style, " ".join(text.split())) for style, text in paragraphs if not style.startswith(COMPUTED)]
    return [p for p in said if p[1]], formats, cells, [by_id.get(note) for note in referred]


def gone(properties, side):
    """Whether what has these properties does not stand in a version."""
    marks = (f"{W}del", f"{W}moveFrom") if side == "new" else (f"{W}ins", f"{W}moveTo")
    return properties is not None and any(properties.find(mark) is not None for mark in marks)


def read(container, side):
    """Each paragraph in a container: text, style, bold and italic text. A removed mark joins it with the next."""
    held = None
    for element in paragraphs_of(container, side):
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        if side == "old" and properties is not None and properties.find(f"{W}pPrChange/{W}pPr") is not None:
            style = properties.find(f"{W}pPrChange/{W}pPr/{W}pStyle")
        style = style.get(f"{W}val") if style is not None else ""
        text, shaped = "", []
        for node, there in runs_of(element, side):
            if there and node.tag in (f"{W}t", f"{W}delText"):
                text += node.text or ""
        for run in element.iter(f"{W}r"):
            shape = run.find(f"{W}rPr")
            if side == "old" and shape is not None and shape.find(f"{W}rPrChange/{W}rPr") is not None:
                shape = shape.find(f"{W}rPrChange/{W}rPr")
            on = [name for name in ("b", "i") if shape is not None and shape.find(f"{W}{name}") is not None]
            words = "".join(n.text or "" for n, there in runs_of(run, side, element) if there and n.tag in (f"{W}t", f"{W}delText"))
            if on and words:
                shaped.append((tuple(on), words))
        if held is not None:
            # The properties are those of the paragraph that the joined one ends with.
            text, shaped = held[0] + text, held[2] + shaped
            held = None
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if gone(mark, side):
            held = (text, style, shaped)
        else:
            yield text, style, joined(shaped)
    if held is not None and held[0]:
        yield held[0], held[1], joined(held[2])


def joined(shaped):
    """Neighbouring text of one format as one, white space aside."""
    out = []
    for on, words in shaped:
        if out and out[-1][0] == on:
            out[-1] = (on, out[-1][1] + words)
        else:
            out.append((on, words))
    return [(on, words.strip()) for on, words in out if words.strip()]


def paragraphs_of(container, side):
    for child in container:
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tr" and gone(child.find(f"{W}trPr"), side):
            continue
        elif child.tag not in (f"{W}sectPr", f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tcPr"):
            yield from paragraphs_of(child, side)


def runs_of(element, side, within=None):
    """Every element beneath one, and whether it stands in a version."""
    parents = {id(child): parent for parent in (within if within is not None else element).iter() for child in parent}
    away = ("del", "moveFrom") if side == "new" else ("ins", "moveTo")
    away = {W + name for name in away}
    for node in element.iter():
        walk, there = node, True
        while walk is not None:
            if walk.tag in away and walk.tag not in (f"{W}rPr",):
                there = False
                break
            walk = parents.get(id(walk))
        yield node, there


def marked(path):
    """Marks of revision in a document, and the words inserted or deleted."""
    marks, words = 0, 0
    with zipfile.ZipFile(path) as package:
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part not in package.namelist():
                continue
            for node in ET.fromstring(package.read(part)).iter():
                if node.tag in {W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")}:
                    marks += 1
                    words += sum(len((t.text or "").split()) for t in node.iter() if t.tag in (f"{W}t", f"{W}delText"))
    return marks, words


if __name__ == "__main__":
    main()
