#!/usr/bin/env python3
"""count.py PATH...: what drafts hold, as a parser that is not ours sees them (markdown-it-py): headings, tables,
notes that are referred to, images, words. PATH is a folder (its *.md files, not its folders') or a file."""

import collections
import json
import pathlib
import re
import sys

from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

KINDS = ("headings", "tables", "notes", "images")


def parser():
    commonmark = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return commonmark.use(footnote_plugin).use(deflist_plugin).use(front_matter_plugin)


def words(text):
    """Runs of letters and digits."""
    return re.findall(r"[^\W_]+", text)


class Counts:
    def __init__(self):
        self.numbers = collections.Counter({kind: 0 for kind in KINDS})
        self.words = collections.Counter()

    def add(self, path):
        environment = {}
        tokens = parser().parse(path.read_text(encoding="utf-8"), environment)
        # The parser sees each note at every place that refers to it again; its own list has each once.
        self.numbers["notes"] += len(environment.get("footnotes", {}).get("list", {}))
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
    path = pathlib.Path(path)
    return sorted(path.glob("*.md")) if path.is_dir() else [path]


def count(path):
    counts = Counts()
    for draft in drafts(path):
        counts.add(draft)
    return counts


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        counted = count(argument)
        print(json.dumps({"path": argument, **counted.numbers, "words": counted.words.total()}))
