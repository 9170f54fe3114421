#!/usr/bin/python3
"""libreoffice.py FILE.docx...: what a word processor sees, as JSON by file: headings with their numbers, captions, notes,
tables, pictures, title, language; what is at fault where one does not open. Runs with the system's Python (its module uno). Starts an office of its own
with a profile of its own and ends that. Exit 2 if a file does not open."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def office(profile, pipe):
    """The process, and the context to talk to it."""
    process = subprocess.Popen(
        ["soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
         f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(400):
        try:
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if process.poll() is not None:
                break
            time.sleep(0.25)
    process.terminate()
    raise SystemExit("LibreOffice did not start")


def hidden():
    value = PropertyValue()
    value.Name, value.Value = "Hidden", True
    return value


def items(collection):
    enumeration = collection.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def paragraphs(text):
    """Every paragraph in reading order, those of tables included, each with whether it stands in a table."""
    for item in items(text):
        if item.supportsService("com.sun.star.text.TextTable"):
            for name in item.CellNames:
                for paragraph, _ in paragraphs(item.getCellByName(name)):
                    yield paragraph, True
        else:
            yield item, False


def plain(paragraph):
    """Its text without references to notes."""
    text = "".join(part.String for part in items(paragraph) if part.TextPortionType in ("Text", "TextField"))
    return " ".join(text.split())


def describe(document):
    headings, captions = [], []
    for paragraph, _ in paragraphs(document.Text):
        if paragraph.OutlineLevel:
            headings.append([paragraph.OutlineLevel, paragraph.ListLabelString, plain(paragraph)])
        if paragraph.ParaStyleName == "Caption" or paragraph.ParaStyleName.lower() == "caption":
            captions.append(plain(paragraph))
    notes = [document.Footnotes.getByIndex(i) for i in range(document.Footnotes.Count)]
    tables = [document.TextTables.getByIndex(i) for i in range(document.TextTables.Count)]
    return {
        "headings": headings,
        "captions": captions,
        "notes": [" ".join(note.String.split()) for note in notes],
        "tables": [[table.Rows.Count, table.Columns.Count, table.RepeatHeadline] for table in tables],
        "pictures": document.GraphicObjects.Count,
        "indexes": document.DocumentIndexes.Count,
        "title": document.DocumentProperties.Title,
        "language": "-".join(filter(None, (document.CharLocale.Language, document.CharLocale.Country))),
    }


def look(desktop, path):
    """What is seen in a file, or why nothing is."""
    url = uno.systemPathToFileUrl(os.path.abspath(path))
    try:
        document = desktop.loadComponentFromURL(url, "_blank", 0, (hidden(),))
    except Exception as error:
        return {"fault": str(error)}
    if document is None or not document.supportsService("com.sun.star.text.TextDocument"):
        return {"fault": "LibreOffice does not open it as a text document"}
    seen = describe(document)
    document.close(True)
    return seen


def main(paths):
    profile = tempfile.mkdtemp(prefix="rapporteur-office-")
    process, context = office(profile, f"rapporteur{os.getpid()}")
    try:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        seen = {path: look(desktop, path) for path in paths}
        print(json.dumps(seen, ensure_ascii=False, indent=1))
        return 2 if any("fault" in one for one in seen.values()) else 0
    finally:
        try:
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:
            pass
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.terminate()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
