#!/usr/bin/env python3
"""docx_structure.py FILE...: faults of Word packages that the schema engines were seen to let pass.

Fields and ranges that do not pair, ids given twice, cells that do not end in a paragraph, revisions without
an author, relationships and styles that lead nowhere, text in field instructions that a draft could have
put there. Prints each file's name, and its faults behind it, one a line; exit 1 if there is one."""

import collections
import posixpath
import re
import sys
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STORIES = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml$")
INSTRUCTION = re.compile(r'^\s*(TOC|PAGEREF|REF|NOTEREF|STYLEREF|SEQ|PAGE|NUMPAGES|HYPERLINK)\b[\w\s\\"*.:#/?&=%\-]*$')


def faults(path):
    package = zipfile.ZipFile(path)
    names = package.namelist()
    for name, times in collections.Counter(names).items():
        if times > 1:
            yield f"entry {name} {times} times"
    yield from relationships(package, names)
    styles = etree.fromstring(package.read("word/styles.xml"))
    defined = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    bookmarks = collections.Counter()
    for part in filter(STORIES.match, names):
        tree = etree.fromstring(package.read(part))
        for fault in story(tree, defined):
            yield f"{part}: {fault}"
        bookmarks.update(mark.get(W + "name").lower() for mark in tree.iter(W + "bookmarkStart"))
    for name, times in bookmarks.items():
        if times > 1:
            yield f"bookmark {name} {times} times"
        if len(name) > 40 or not re.match(r"[^\W\d]\w*$", name):
            yield f"bookmark {name} is no name that Word accepts"


def relationships(package, names):
    for part in (name for name in names if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(part))
        for relation in etree.fromstring(package.read(part)).iter(RELATION):
            target = relation.get("Target")
            if relation.get("TargetMode") == "External":
                continue
            if posixpath.normpath(posixpath.join(folder, target)) not in names:
                yield f"{part}: {target} is not in the package"


def story(tree, styles):
    yield from fields(tree)
    for kind in ("bookmark", "commentRange", "moveFromRange", "moveToRange"):
        starts = [e.get(W + "id") for e in tree.iter(W + kind + "Start")]
        ends = [e.get(W + "id") for e in tree.iter(W + kind + "End")]
        if sorted(starts) != sorted(ends):
            yield f"{kind}: starts and ends differ: {sorted(set(starts) ^ set(ends))}"
        if len(set(starts)) < len(starts):
            yield f"{kind}: an id given twice"
    for cell in tree.iter(W + "tc"):
        if len(cell) == 0 or cell[-1].tag not in (W + "p", W + "sdt", W + "customXml"):
            yield "a table cell does not end in a paragraph"
    for element in tree.iter(W + "ins", W + "del", W + "moveFrom", W + "moveTo", W + "comment"):
        if not element.get(W + "author"):
            yield f"{etree.QName(element).localname} without author"
    for text in tree.iter(W + "delText"):
        if not any(a.tag in (W + "del", W + "moveFrom") for a in text.iterancestors()):
            yield "w:delText outside w:del"
    for reference in tree.iter(W + "pStyle", W + "rStyle", W + "tblStyle"):
        if reference.get(W + "val") not in styles:
            yield f"style {reference.get(W + 'val')} is not defined"
    numbers = collections.Counter(e.get("id") for e in tree.iter(DRAWING + "docPr"))
    for number, times in numbers.items():
        if times > 1:
            yield f"drawing id {number} {times} times"
    for drawing in tree.iter(DRAWING + "docPr"):
        decorative = drawing.find(".//{*}decorative")
        if not drawing.get("descr") and (decorative is None or decorative.get("val") not in ("1", "true")):
            yield f"drawing {drawing.get('id')} has no alternative text"


def fields(tree):
    stack = []
    for char in tree.iter(W + "fldChar"):
        kind = char.get(W + "fldCharType")
        if kind == "begin":
            stack.append(False)
        elif not stack:
            yield f"field: {kind} without begin"
        elif kind == "end":
            stack.pop()
        elif stack[-1]:
            yield "field: two separators"
        else:
            stack[-1] = True
    if stack:
        yield f"{len(stack)} fields never end"
    for instruction in tree.iter(W + "instrText"):
        if not INSTRUCTION.match(instruction.text or ""):
            yield f"field instruction {instruction.text!r}"


def main(paths):
    count = 0
    for path in paths:
        try:
            found = list(faults(path))
        except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            found = [f"cannot be read: {error}"]
        count += len(found)
        print(path, *found, sep="\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
