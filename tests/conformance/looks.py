#!/usr/bin/env python3
"""looks.py STYLE.toml PDF DOCX HTML: how text of each role really looks in each file, against the token.

For every role a text that stands in that role alone (and in no other place but the contents) is looked up in each
file, and its family, size, weight, slant and colour are worked out as a reader's program would: in the PDF from
the page's glyphs, in the DOCX through the chain of styles, in the HTML as Chromium computes it. Prints every
difference; exit 1 if there is one, or if a text is not found."""

import collections
import pathlib
import re
import sys
import tomllib
import zipfile

import pdfplumber
from lxml import etree
from playwright.sync_api import sync_playwright

# Role, text. The texts are those of constructs/drafts.
TEXTS = [
    ("title", "Every construct of the drafts’ language"),
    ("subtitle", "For the independent checkers"),
    ("cover-kicker", "rapporteur · conformance"),
    ("cover-reference", "TEST/1 & <2>"),
    ("cover-text", "A paragraph on the cover, with a"),
    ("front-heading", "Foreword"),
    ("lead", "The first paragraph of the first front part"),
    ("body", "A second paragraph follows, then a statement."),
    ("heading-1", "Blocks"),
    ("heading-2", "Not numbered"),
    ("heading-3", "Third level"),
    ("heading-4", "Fourth level"),
    ("heading-5", "Fifth level"),
    ("heading-6", "Sixth level"),
    ("annex", "An annex with a title in its front matter"),
    ("link", "inside"),
    ("code-inline", "code()"),
    ("list", "and a last one."),
    ("term", "Term"),
    ("description", "Its description."),
    ("quote", "A quotation of a paragraph,"),
    ("code", "Code without a language"),
    ("details-summary", "A summary"),
    ("details", "Details that paper shows open."),
    ("box-statement", "What the report states, in"),
    ("box-recommendation", "A recommendation without a title."),
    ("box-note", "An alert: note."),
    ("box-tip", "An alert: tip."),
    ("box-important", "An alert: important."),
    ("box-warning", "An alert: warning."),
    ("box-caution", "An alert: caution."),
    ("box-title", "A title of its own"),
    ("caption", "A raster figure"),
    ("source", "Source: drawn for the checkers."),
    ("table", "Row 7 of a table that runs over several pages"),
    ("table-header", "Centre"),
    ("footnote", "A note in the front part."),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
Look = collections.namedtuple("Look", "family size bold italic color")


def expected(style):
    """Role → look, as the style's own rules have it."""
    roles, colors = style["role"], style["color"]["light"]

    def role(name):
        own = roles[name]
        base = {} if name == "body" else role(own.get("as", "body"))
        return base | {k: own[k] for k in ("size", "weight", "style", "family", "color", "scale") if k in own}

    def look(name):
        tokens = role(name)
        size = tokens["size"] * tokens.get("scale", 1)
        family = style["font"][tokens.get("family", "text")]
        return Look(family, size, tokens.get("weight", 400) == 700, tokens.get("style") == "italic", colors[tokens["color"]])

    return {name: look(name) for name, _ in TEXTS}


def squeeze(text):
    return re.sub(r"\s+", "", text)


# ------------------------------------------------------------------ PDF


def pdf_looks(path):
    """Every glyph outside contents, running heads and feet, in content order."""
    glyphs = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            contents = set()
            collect(page.structure_tree, False, contents)
            for char in page.chars:
                if char.get("mcid") is None or char["mcid"] in contents or not char["text"].strip():
                    continue
                glyphs.append(char)
    # A ligature is one glyph of several letters.
    stream = "".join(char["text"] for char in glyphs)
    starts = []
    for index, char in enumerate(glyphs):
        starts.extend([index] * len(char["text"]))
    for _, text in TEXTS:
        wanted = squeeze(text)
        found = [m.start() for m in re.finditer(re.escape(wanted), stream)]
        yield [majority(glyphs[starts[at] : starts[at + len(wanted) - 1] + 1]) for at in found]


def collect(elements, within, contents):
    """Marked content of the contents (TOC) on a page."""
    for element in elements:
        inside = within or element.get("type") in ("TOC", "TOCI")
        if inside:
            contents.update(element.get("mcids") or [])
        collect(element.get("children") or [], inside, contents)


def majority(chars):
    return collections.Counter(map(glyph_look, chars)).most_common(1)[0][0]


def glyph_look(char):
    name = re.sub(r"^[A-Z]{6}\+", "", char["fontname"])
    family = re.sub(r"-?(Regular|BoldItalic|BoldOblique|Bold|Italic|Oblique|Book)?(-Identity-H)?$", "", name)
    color = char["non_stroking_color"]
    color = (color,) if isinstance(color, (int, float)) else tuple(color or (0,))
    color = color * 3 if len(color) == 1 else color
    shade = "#" + "".join(f"{round(255 * part):02x}" for part in color[:3])
    return Look(family, round(char["size"], 2), "Bold" in name, bool(re.search("Italic|Oblique", name)), shade)


# ------------------------------------------------------------------ DOCX


class Word:
    """Effective run properties (ECMA-376 17.7.2: defaults, table, paragraph, character style, direct; 17.7.3: toggles)."""

    def __init__(self, path):
        package = zipfile.ZipFile(path)
        self.styles = etree.fromstring(package.read("word/styles.xml"))
        self.by_id = {s.get(W + "styleId"): s for s in self.styles.iter(W + "style")}
        self.default = next(s.get(W + "styleId") for s in self.by_id.values()
                            if s.get(W + "type") == "paragraph" and s.get(W + "default") in ("1", "true"))
        self.stories = [etree.fromstring(package.read(part)) for part in ("word/document.xml", "word/footnotes.xml")]

    def chain(self, identifier):
        styles = []
        while identifier in self.by_id and len(styles) < 20:
            styles.insert(0, self.by_id[identifier])
            based = self.by_id[identifier].find(W + "basedOn")
            identifier = based.get(W + "val") if based is not None else None
        return styles

    def look(self, paragraph, run):
        default = self.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        character = run.find(f"{W}rPr/{W}rStyle")
        levels = [[p] for p in [default] if p is not None]
        levels.append(self.table_properties(paragraph))
        levels.append([s.find(W + "rPr") for s in self.chain(style.get(W + "val") if style is not None else self.default)])
        levels.append([s.find(W + "rPr") for s in self.chain(character.get(W + "val"))] if character is not None else [])
        found = {"bold": False, "italic": False}
        for level in levels:
            one = properties(level)
            for toggle in ("bold", "italic"):
                found[toggle] ^= one.pop(toggle, False)
            found |= one
        found |= properties([run.find(W + "rPr")])
        return Look(found.get("family"), found.get("size", 10.0), found["bold"], found["italic"], found.get("color", "#000000"))

    def table_properties(self, paragraph):
        table = next(paragraph.iterancestors(W + "tbl"), None)
        style = table.find(f"{W}tblPr/{W}tblStyle") if table is not None else None
        if style is None:
            return []
        found = []
        first = next(paragraph.iterancestors(W + "tr")) is table.find(W + "tr")
        for one in self.chain(style.get(W + "val")):
            found.append(one.find(W + "rPr"))
            if first:
                found += [c.find(W + "rPr") for c in one.findall(W + "tblStylePr") if c.get(W + "type") == "firstRow"]
        return found

    def name(self, paragraph):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found = self.by_id.get(style.get(W + "val")) if style is not None else None
        return found.find(W + "name").get(W + "val").lower() if found is not None else ""


def properties(elements):
    found = {}
    for element in elements:
        if element is None:
            continue
        fonts, size, color = (element.find(W + tag) for tag in ("rFonts", "sz", "color"))
        if fonts is not None and fonts.get(W + "ascii"):
            found["family"] = fonts.get(W + "ascii")
        if size is not None:
            found["size"] = int(size.get(W + "val")) / 2
        if color is not None and color.get(W + "val") != "auto":
            found["color"] = "#" + color.get(W + "val").lower()
        for key, tag in (("bold", "b"), ("italic", "i")):
            toggle = element.find(W + tag)
            if toggle is not None:
                found[key] = toggle.get(W + "val") not in ("0", "false", "off")
    return found


def docx_looks(path):
    word = Word(path)
    paragraphs = [p for story in word.stories for p in story.iter(W + "p") if not word.name(p).startswith("toc ")]
    for _, text in TEXTS:
        wanted, looks = squeeze(text), []
        for paragraph in paragraphs:
            runs = [r for r in paragraph.iter(W + "r") if next(r.iterancestors(W + "p")) is paragraph]
            letters = [(letter, run) for run in runs for t in run.iter(W + "t") for letter in squeeze(t.text or "")]
            at = "".join(letter for letter, _ in letters).find(wanted)
            if at >= 0:
                counted = collections.Counter(word.look(paragraph, run) for _, run in letters[at : at + len(wanted)])
                looks.append(counted.most_common(1)[0][0])
        yield looks


# ------------------------------------------------------------------ HTML

FIND = """text => {
  const squeeze = s => s.replace(/\\s+/g, '');
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!squeeze(node.data).includes(squeeze(text)) || element.closest('nav, script, style, [hidden]')) continue;
    const style = getComputedStyle(element);
    found.push([style.fontFamily.split(',')[0].replace(/["']/g, ''), parseFloat(style.fontSize) * 0.75,
      parseInt(style.fontWeight) >= 600, style.fontStyle !== 'normal', style.color]);
  }
  return found;
}"""


def html_looks(path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light", offline=True)
        page.goto(pathlib.Path(path).resolve().as_uri())
        for _, text in TEXTS:
            looks = []
            for family, size, bold, italic, color in page.evaluate(FIND, text):
                shade = "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])
                looks.append(Look(family, round(size, 2), bold, italic, shade))
            yield looks
        browser.close()


def differs(look, token):
    same_family = squeeze(look.family or "").lower() == squeeze(token.family).lower()
    # Word has half points only; a size relative to the text around it is rounded there.
    return [name for name, same in [("family", same_family), ("size", abs(look.size - token.size) <= 0.26),
            ("weight", look.bold == token.bold), ("slant", look.italic == token.italic),
            ("colour", look.color == token.color)] if not same]


def main(style, pdf, docx, html):
    tokens = expected(tomllib.loads(pathlib.Path(style).read_text()))
    faults = 0
    for name, looks in (("PDF", pdf_looks(pdf)), ("DOCX", docx_looks(docx)), ("HTML", html_looks(html))):
        for (role, text), found in zip(TEXTS, list(looks), strict=True):
            token = tokens[role]
            if not found:
                faults += 1
                print(f"{name}, {role}: “{text}” is not found")
            elif all(differs(look, token) for look in found):
                faults += 1
                print(f"{name}, {role}: {found[0]} differs from {token} in {', '.join(differs(found[0], token))}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
