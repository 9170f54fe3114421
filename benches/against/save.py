#!/usr/bin/env python3
"""save.py [--pages N] [--saves N]: one word of one draft is edited, over and over: how long until it can be seen?

Side by side in one run, on the same drafts: `rapporteur serve` (the changed block has come, the visible page has come,
the whole is settled and its PDF fetched), `mdbook watch` (the chapter's HTML holds the word), and Typst in a process
that goes on, as `typst watch` does it (pandoc's source of the same drafts is edited in place, laid out, and exported).
Turns alternate, so that a busy machine slows all of them. mdBook comes from crates.io and pandoc from PyPI, into
$RAPPORTEUR_TOOLS."""

import argparse
import importlib.util
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MDBOOK = "0.5.4"
SILENCE = 120


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


preview, against = module(ROOT / "benches/preview.py"), module(HERE / "run.py")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=100)
    arguments.add_argument("--saves", type=int, default=20)
    options = arguments.parse_args()
    mdbook, pandoc = install_mdbook(), against.install_pandoc()
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "rapporteur", "--example", "typst"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    with tempfile.TemporaryDirectory(prefix="rapporteur-bench-") as folder:
        folder = pathlib.Path(folder)
        draft = preview.drafts_of(options.pages, folder)
        with Book(mdbook, folder, draft) as book, Typst(target, pandoc, folder, draft) as typst:
            with preview.Served(str(target / "rapporteur"), folder, draft) as served:
                race(served, book, typst, options.saves)


def race(served, book, typst, saves):
    state = served.until(lambda state: state.get("settled") and state.get("pages"))
    print(f"{state['pages']} pages, {state['words']:,} words; milliseconds from a save, medians of {saves}", flush=True)
    times = {}

    def took(name, seconds):
        times.setdefault(name, []).append(seconds * 1000)

    for _ in range(saves):
        took("rapporteur serve: the block in the browser's hands", served.web(1)[0])
        took("rapporteur serve: the page in the browser's hands", served.page(1, added=False)[0])
        took("rapporteur serve: all settled, the PDF fetched", served.whole(1, added=False)[0])
        took("mdbook watch: the chapter's HTML", book.save())
        laid_out, exported = typst.save()
        took("Typst, process kept: laid out", laid_out)
        took("Typst, process kept: the PDF", exported)
    for name, list_ in times.items():
        print(f"  {name:52} {statistics.median(list_):9.1f}", flush=True)


def install_mdbook():
    program = against.TOOLS / f"mdbook-{MDBOOK}/bin/mdbook"
    if not program.exists():
        command = ["cargo", "install", "mdbook", "--version", MDBOOK, "--locked", "--no-default-features"]
        subprocess.run([*command, "--features", "watch", "--root", str(program.parent.parent)], check=True)
    return program


class Book:
    """The drafts as a book that is being watched."""

    def __init__(self, mdbook, folder, draft):
        self.root, self.count = folder / "book", 0
        source = self.root / "src"
        source.mkdir(parents=True)
        for path in sorted(draft.parent.glob("*.md")):
            (source / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        names = sorted(path.name for path in source.glob("*.md"))
        (source / "SUMMARY.md").write_text("# Summary\n\n" + "".join(f"- [{name[:-3]}]({name})\n" for name in names))
        (self.root / "book.toml").write_text('[book]\ntitle = "Measured"\n')
        self.draft = source / draft.name
        self.text = self.draft.read_text(encoding="utf-8")
        self.page = self.root / "book" / f"{draft.stem}.html"
        # Watching builds nothing until something changes.
        subprocess.run([mdbook, "build", str(self.root)], check=True, capture_output=True)
        self.process = subprocess.Popen([mdbook, "watch", str(self.root)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def save(self):
        self.count += 1
        word = f"Measured{self.count}"
        head, _, tail = self.text.partition("\n\n")
        begun = time.perf_counter()
        self.draft.write_text(f"{head}\n\n{word} begins this paragraph.\n\n{tail}", encoding="utf-8")
        until(lambda: self.page.exists() and re.search(rf"\b{word}\b", self.page.read_text(encoding="utf-8")))
        took = time.perf_counter() - begun
        time.sleep(0.5)
        return took


class Typst:
    """pandoc's source of the drafts, in a process that lays out again what a line tells it."""

    def __init__(self, target, pandoc, folder, draft):
        source = folder / "p.typ"
        files = [str(path) for path in sorted(draft.parent.glob("*.md"))]
        common = [str(pandoc), "--standalone", "--toc", "-M", "title=Measured"]
        subprocess.run([*common, "-t", "typst", "-o", str(source), *files], check=True, stderr=subprocess.DEVNULL)
        against.mend(str(source))
        command = [str(target / "examples/typst"), "--again", str(source)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def save(self):
        print("again", file=self.process.stdin, flush=True)
        return [float(number) / 1000 for number in self.process.stdout.readline().split()]


def until(is_so):
    deadline = time.monotonic() + SILENCE
    while not is_so():
        if time.monotonic() > deadline:
            sys.exit("nothing came")
        time.sleep(0.001)


if __name__ == "__main__":
    main()
