#!/usr/bin/env python3
"""check.py BINARY PATH...: builds the drafts of each path (a folder or a file) and holds each output against what
an independent parser counts in the source (count.py): headings, tables, notes, images, and every word. Also lists
the build's warnings, for someone to look at. Prints one line a check; exit 1 if one failed."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zipfile

import pdfplumber
from lxml import etree, html
from pdfplumber.structure import PDFStructTree

from count import KINDS, count, drafts, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def of_html(path, _):
    """Counts and text of a page's <main>."""
    main = html.parse(str(path)).getroot().find(".//main")
    images = main.xpath('.//img|.//svg[@role="img"]|.//*[contains(concat(" ", @class, " "), " placeholder ")]')
    headings = main.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")
    numbers = {
        "headings": len([h for h in headings if not h.xpath('ancestor-or-self::*[contains(@class, "title") or contains(@class, "notes")]')]),
        "tables": len(main.xpath(".//table")),
        "notes": len(main.xpath('.//li[starts-with(@id, "note-")]')),
        "images": len(images),
    }
    for element in main.xpath(".//svg|.//script|.//style"):
        element.drop_tree()
    blocks = [" ".join(part.split("\n")) for part in main.itertext()]
    return numbers, "\n".join(blocks), "".join(blocks)


def astray(path):
    """Links within a page that lead to no place in it."""
    tree = html.parse(str(path)).getroot()
    places = set(tree.xpath("//@id"))
    targets = {href[1:] for href in tree.xpath('//a/@href[starts-with(., "#")]')}
    return [f"nothing is called #{name}" for name in sorted(targets - places) if name]


def of_docx(path, absent):
    """Counts and text of document and notes, the contents left out; `absent` begins what stands for a missing image."""
    package = zipfile.ZipFile(path)
    read = lambda part: etree.fromstring(package.read(part))
    styles = {s.get(W + "styleId"): s for s in read("word/styles.xml").iter(W + "style")}
    document, notes = read("word/document.xml"), read("word/footnotes.xml")

    def level(paragraph):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        style = styles.get(style.get(W + "val")) if style is not None else None
        while style is not None:
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return int(outline.get(W + "val"))
            based = style.find(W + "basedOn")
            style = styles.get(based.get(W + "val")) if based is not None else None
        return 9

    def name(paragraph):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found = styles[style.get(W + "val")].find(W + "name").get(W + "val") if style is not None else ""
        return found.lower()

    numbered = [n for n in notes.iter(W + "footnote") if n.get(W + "type") in (None, "normal")]
    paragraphs = [p for story in (document, notes) for p in story.iter(W + "p") if not name(p).startswith("toc")]
    own = [[t.text or "" for t in p.iter(W + "t", W + "br", W + "tab")] for p in paragraphs]
    text = "\n".join("".join(parts) for parts in own)
    numbers = {
        "headings": sum(1 for p in document.iter(W + "p")
                        if level(p) < 9 and not name(p).startswith("toc") and "".join(p.itertext(W + "t")).strip()),
        "tables": len(list(document.iter(W + "tbl"))) + len(list(notes.iter(W + "tbl"))),
        "notes": len(numbered),
        "images": len(list(document.iter(DRAWING + "docPr"))) + (text.count(absent) if absent else 0),
    }
    return numbers, text, text


def of_pdf(path, absent):
    """Counts of its structure tree, text of its pages; `absent` begins what stands for a missing image."""
    with pdfplumber.open(path) as document:
        tags, frames = collections.Counter(), 0
        pending = list(PDFStructTree(document))
        while pending:
            element = pending.pop()
            if element.type in ("TOC", "TOCI"):
                tags["TOC"] += element.type == "TOC"
                continue
            tags[element.type] += 1
            frames += bool(absent) and element.type == "Figure" and (element.alt_text or "").startswith(absent)
            pending.extend(element.children)
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    numbers = {
        # The contents have a heading that no draft has.
        "headings": sum(tags[f"H{level}"] for level in range(1, 7)) - bool(tags["TOC"]),
        "tables": tags["Table"],
        "notes": tags["Note"] + tags["FENote"],
        # What stands for an image within a line is no figure.
        "images": tags["Figure"] + (max(text.count(absent) - frames, 0) if absent else 0),
    }
    return numbers, text, text


def as_extracted(word):
    """A word as pdftotext gives it: it turns the two letters of the ligature lam-alef around."""
    return re.sub("ل([اأإآ])", r"\1ل", word)


def missing_words(source, text, squeezed):
    """Words of the source that the output has too few of. A word that a line's end cuts is found without spaces."""
    found = collections.Counter(words(text))
    stream = re.sub(r"[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", squeezed)
    short = {word: times for word, times in source.items() if found[word] < times}
    return [word for word, times in short.items() if stream.count(word) < times]


def check(binary, path, found):
    """Lines of one path: name of the check, faults. `found` is given the messages and the time of the build."""
    source = count(path)
    with tempfile.TemporaryDirectory(prefix="rapporteur-corpora-") as folder:
        start = time.monotonic()
        done = subprocess.run([binary, "build", str(path), "--output", folder, "--message-format", "json"],
                              capture_output=True, text=True)
        messages = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
        found.update(messages=messages, seconds=time.monotonic() - start)
        yield "builds", [] if done.returncode == 0 else done.stderr.splitlines()[-10:]
        if done.returncode:
            return
        for format, read in (("html", of_html), ("docx", of_docx), ("pdf", of_pdf)):
            output = next(pathlib.Path(folder).glob(f"*.{format}"))
            if format == "html":
                labels = html.parse(str(output)).xpath('//*[@class="placeholder-label"]/text()')
                absent = labels[0].split(":")[0] + ":" if labels else ""
            numbers, text, squeezed = read(output, absent)
            for kind in KINDS:
                same = numbers[kind] == source.numbers[kind]
                yield f"{format}: {kind}", [] if same else [f"{numbers[kind]}, in the source {source.numbers[kind]}"]
            wanted = source.words
            if format == "pdf":
                whole = {word: times for word, times in wanted.items() if word not in source.marked}
                wanted = collections.Counter({as_extracted(word): times for word, times in whole.items()})
            lost = missing_words(wanted, text, squeezed)
            if format == "html":
                yield "html: links", astray(output)
            if format == "pdf":
                # What no font can show has no text in a PDF; the build has to have said so.
                told = {m["message"].split("“")[1][0] for m in messages if m["code"] == "missing-glyph"}
                lost = [word for word in lost if not told & set(word)]
            yield f"{format}: words", [f"{len(lost)} words lost: {' '.join(sorted(lost)[:20])}"] if lost else []


def main(binary, paths):
    passed = failed = 0
    for path in paths:
        counted = count(path)
        total = ", ".join(f"{counted.numbers[kind]} {kind}" for kind in KINDS)
        print(f"{pathlib.Path(path).name}: {len(drafts(path))} files, {total}, {counted.words.total()} words", flush=True)
        found = {}
        for name, faults in check(binary, path, found):
            if name == "builds":
                for message in found["messages"]:
                    print(f"      {message.get('file')}:{message.get('line')}: {message['code']}: {message['message']}")
            passed, failed = passed + (not faults), failed + bool(faults)
            print(f"{'FAIL' if faults else 'ok  '}  {name}", *faults, sep="\n      " if faults else "", flush=True)
    print(f"corpora: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
