#!/usr/bin/env python3
"""count.py PATH...: what drafts hold, as a parser that is not ours sees them (markdown-it-py): headings, tables,
notes that are referred to, images, words. PATH is a folder (its *.md files, or those that its rapporteur.toml orders) or
a file. What the drafts' language adds to CommonMark is taken out or turned into text first, line by line."""

import collections
import json
import pathlib
import re
import sys
import tomllib

from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

KINDS = ("headings", "tables", "notes", "images")

ITEM = r"""(?:[#.][\w:.-]+|-|[\w:-]+=(?:"[^"]*"|'[^']*'|“[^”]*”|[^\s}"']+))"""
ATTRIBUTES = re.compile(r"(?<!\\)\{:?\s*" + ITEM + r"(?:\s+" + ITEM + r")*\s*\}")
REFERENCE = re.compile(r"(?<![\w.\\/+-])@(?:fig|tbl|eq|sec|rec|box)[:-][\w:.-]*\w", re.I)
FORMULA = re.compile(r"(?<!\\)(\$\$?)(?=\S)[^$\n]*?(?<=\S)\1(?!\d)")
MARKS = re.compile(r"^\s*(?:(?:[*-]|\d+\.)\s+\S+\n)?(?:\{:\s?toc\}|\[toc\]|\[\[_?toc_?\]\]|\{\{ ?toc ?\}\}|\\(?:new|clear|page)(?:page|break)|"
                   r"\{\{< pagebreak >\}\})\s*$", re.I | re.M)


def parser():
    commonmark = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return commonmark.use(footnote_plugin).use(deflist_plugin).use(front_matter_plugin)


def words(text):
    """Runs of letters and digits; an Arabic word ends where a Latin one begins."""
    text = re.sub(r"[\u064b-\u0652\u0670\u0640]", "", text)  # marks, which a PDF has elsewhere
    return re.findall(r"[\u0620-\u064a\u0660-\u0669\u066e-\u06d3]+|[^\W_\u0600-\u06ff]+", text)


def plain(text):
    """A draft without what its language adds: attributes, fences of boxes, references, formulas, marks for the contents."""
    lines, code = [], None
    for line in MARKS.sub("", text).split("\n"):
        fence = re.match(r"\s*(```+|~~~+)", line)
        if fence and (code is None or line.strip().startswith(code)):
            code = None if code else fence[1]
        if code or fence:
            lines.append(re.sub(r"^(\s*(?:```+|~~~+)).*$", r"\1", line) if fence else line)
            continue
        if box := re.match(r"^((?:\s*>)*\s*):::+\s*(.*?)\s*:*$", line):
            title = re.search(r"""title=(?:"([^"]*)"|“([^”]*)”)""", box[2])
            bare = re.match(r"[\w-]+(?:\[(.*)\]|\s+([^{].*))$", box[2])
            shown = next((group for found in (title, bare) if found for group in found.groups() if group), "")
            lines.append(f"\n{box[1]}{shown}\n")
            continue
        line = re.sub(r"^(#+)\u00a0", r"\1 ", line)
        line = re.sub(r"^\| (?=[^|]*$)", "", line) if line.startswith("| ") else line
        for pattern in (ATTRIBUTES, REFERENCE, FORMULA):
            line = pattern.sub("", line)
        lines.append(line)
    return "\n".join(lines)


class Counts:
    def __init__(self):
        self.numbers = collections.Counter({kind: 0 for kind in KINDS})
        self.words = collections.Counter()
        # Links that are to lead somewhere in the report.
        self.links = 0
        # Words with vowel marks, which text extracted from a PDF has torn apart.
        self.marked = set()

    def add(self, path):
        text = path.read_text(encoding="utf-8-sig")
        front, body = {}, text
        if found := re.match(r"---[ \t]*\n(?=\S)(.*?)^(?:---|\.\.\.)[ \t]*\n", text, re.S | re.M):
            front, body = dict(re.findall(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", found[1], re.M)), text[found.end():]
        for marked in re.findall(r"[\u0600-\u06ff]*[\u064b-\u0652\u0670][\u0600-\u06ff]*", body):
            self.marked.update(words(marked))
        environment = {}
        tokens = parser().parse(plain(body), environment)
        # The parser sees each note at every place that refers to it again; its own list has each once.
        self.numbers["notes"] += len(environment.get("footnotes", {}).get("list", {}))
        chapters = sum(token.type == "heading_open" and token.tag == "h1" for token in tokens)
        if str(front.get("kind", "")).lower() == "cover":
            # The cover's first heading is the report's title, and its others are no headings.
            self.numbers["headings"] -= sum(token.type == "heading_open" for token in tokens)
        elif front.get("title") and not chapters:
            self.numbers["headings"] += 1
            self.words.update(words(str(front["title"])))
        self.blocks(tokens)

    def blocks(self, tokens):
        for index, token in enumerate(tokens):
            if token.type == "heading_open":
                # One without text heads nothing: a build warns of it.
                self.numbers["headings"] += bool(tokens[index + 1].content.strip())
            elif token.type == "table_open":
                self.numbers["tables"] += 1
            elif token.type in ("fence", "code_block"):
                self.words.update(words(token.content))
            elif token.type in ("html_block", "html_inline"):
                self.markup(token.content)
            elif token.type in ("text", "code_inline"):
                self.words.update(words(token.content))
            elif token.type == "image":
                self.numbers["images"] += 1
                continue  # its children are the alternative text, which is not shown
            if token.children:
                self.inlines(token.children)

    def inlines(self, tokens):
        """A word may go on after an entity, an escape or a change of emphasis: joined text, then words."""
        text = []
        for token in tokens:
            if token.type in ("text", "code_inline", "text_special"):
                text.append(token.content)
            elif token.type in ("softbreak", "hardbreak"):
                text.append("\n")
            elif token.type == "image":
                self.numbers["images"] += 1
            elif token.type == "link_open":
                self.links += not re.match(r"[a-z][a-z0-9+.-]*:|//", token.attrs.get("href", ""), re.I)
            elif token.type == "html_inline":
                self.markup(token.content)
                if re.match(r"<br\b", token.content, re.I):
                    text.append("\n")
        self.words.update(words("".join(text)))

    def markup(self, source):
        """Raw HTML: its elements are counted, its text read; a comment holds nothing."""
        if not re.sub(r"<!--.*?-->", "", source, flags=re.S).strip():
            return
        tree = html.fragment_fromstring(source, create_parent="div")
        self.numbers["headings"] += len(tree.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6"))
        self.numbers["tables"] += len(tree.xpath(".//table"))
        self.numbers["images"] += len(tree.xpath(".//img"))
        self.words.update(words(tree.text_content()))


def drafts(path):
    """The drafts of a folder or project, in order; or the one."""
    path = pathlib.Path(path)
    if path.is_file():
        return [path]
    config = path / "rapporteur.toml"
    asked = tomllib.loads(config.read_text()).get("drafts", {}) if config.exists() else {}
    folder = path / asked.get("folder", "drafts" if (path / "drafts").is_dir() else ".")
    found = [draft for entry in asked.get("order", ["*.md"]) for draft in sorted(folder.glob(entry))]
    return list(dict.fromkeys(found))


def count(path):
    counts = Counts()
    for draft in drafts(path):
        counts.add(draft)
    return counts


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        counted = count(argument)
        print(json.dumps({"path": argument, **counted.numbers, "links": counted.links, "words": counted.words.total()}))
