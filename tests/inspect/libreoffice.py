#!/usr/bin/python3
"""Lets LibreOffice accept and reject redlines: libreoffice.py FOLDER

FOLDER holds NAME.old.docx, NAME.new.docx and NAME.red.docx. What is left of NAME.red when every change is accepted must be what NAME.new
is, and when every one is rejected what NAME.old is: paragraphs with their styles, text, its formats and their level in lists, rows and columns of tables, notes. Computed text is not
compared, nor are empty paragraphs. Runs with the system's Python (its module uno). The exit code says whether anything differs.
"""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from libreoffice import hidden, items, office  # noqa: E402


def shape(part):
    """How a run looks, as far as a writer chose it."""
    looks = {"bold": part.CharWeight > 100, "italic": part.CharPosture.value != "NONE", "struck": part.CharStrikeout != 0,
             "high": part.CharEscapement > 0, "low": part.CharEscapement < 0, "filled": part.CharBackColor != -1,
             f"<{part.HyperLinkURL}>": part.HyperLinkURL.startswith("http")}
    return " ".join(name for name, on in looks.items() if on)


def text(paragraph):
    """Its typed text, with the formats of its words."""
    plain, marked, last = "", "", ""
    for part in items(paragraph):
        if part.TextPortionType != "Text" or not part.String:
            continue
        # Where space has a format or none is seen by nobody.
        now = shape(part) if part.String.strip() else last
        plain += part.String
        marked += "".join(part.String.split()) if now == last else f"[{now}]" + "".join(part.String.split())
        last = now
    plain = " ".join(plain.split())
    level = f"{paragraph.NumberingLevel} " if plain and paragraph.ParaStyleName.startswith("List") else ""
    return level + plain + (f" ({marked})" if "[" in marked else "")


def read(flow):
    """Paragraphs and tables of a story."""
    found = []
    for item in items(flow):
        if item.supportsService("com.sun.star.text.TextTable"):
            found.append(f"table of {item.Rows.Count} rows")
            for name in item.CellNames:
                found.extend(["cell", *read(item.getCellByName(name))])
        elif text(item):
            found.append(f"{item.ParaStyleName}: {text(item)}")
    return found


def describe(document):
    """What a document says."""
    found = read(document.Text)
    for index in range(document.Footnotes.Count):
        found.extend(["note", *read(document.Footnotes.getByIndex(index))])
    # The rows of a cover stand in frames, but not where a redline says something of one.
    frames = document.TextFrames
    framed = [line for name in frames.ElementNames for line in read(frames.getByName(name)) if line.startswith(ROWS)]
    rows = [line for line in found if line.startswith(ROWS)]
    return [line for line in found if not line.startswith((*APPARATUS, ROWS))] + sorted(rows + framed)


# Contents, and what numbers the neighbours of; the label that says which version a file is.
ROWS = "Cover Meta"
APPARATUS = ("Contents", "TOC", "Index", "Bibliography", "Cover Label")
COMMANDS = {"new": ".uno:AcceptAllTrackedChanges", "old": ".uno:RejectAllTrackedChanges"}


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as profile:
        process, context = office(profile, "redlines")
        try:
            manager = context.ServiceManager
            desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

            def load(file, command=None):
                document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden(),))
                if document is None:
                    return None
                if command:
                    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
                described = describe(document)
                document.close(True)
                return described

            good = bad = 0
            for red in sorted(folder.glob("*.red.docx")):
                name = red.name.removesuffix(".red.docx")
                fault = False
                for side, command in COMMANDS.items():
                    found, wanted = load(red, command), load(folder / f"{name}.{side}.docx")
                    if found is None or wanted is None or found != wanted:
                        fault = True
                        pairs = enumerate(zip((found or []) + ["end"], (wanted or []) + ["end"]))
                        at, pair = next(((at, pair) for at, pair in pairs if pair[0] != pair[1]), (0, (found, wanted)))
                        print(f"{name} {side} {at}: {pair[0]!r} is not {pair[1]!r}", flush=True)
                good, bad = good + (not fault), bad + fault
            print(f"{good} of {good + bad} as they should be")
        finally:
            try:
                desktop.terminate()
                process.wait(20)
            except Exception:  # noqa: BLE001
                process.terminate()
    sys.exit(1 if bad else 0)


main()
