#!/usr/bin/env python3
"""soak.py BINARY: a preview of a hundred pages that lives through many saves.

Saves of every kind in a row (words, notes, tables, headings, chapters that come, move and go, drafts that cannot be
read), listeners and requests all the while. Each save must arrive, and what is shown must be what a fresh build makes:
HTML and DOCX byte for byte, the PDF but for its identifiers. `RAPPORTEUR_SCALE` scales it: from 10 on there are 3,000
saves over an hour, and then the memory is judged too; below that it is only printed."""

import importlib.util
import json
import os
import pathlib
import queue
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCALE = int(os.environ.get("RAPPORTEUR_SCALE", "1"))
FULL = SCALE >= 10
SAVES, SECONDS, BETWEEN_CHECKS = (3000, 3600, 100) if FULL else (40 * SCALE, 0, 20)
# What a hundred pages may take after hundreds of edits, in megabytes; what the last hundred may add, and an hour.
MOST, LAST_HUNDRED, AN_HOUR = 400, 1.05, 1.10


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


preview = module(ROOT / "benches/preview.py")


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="rapporteur-soak-") as folder:
        folder = pathlib.Path(folder)
        draft = preview.drafts_of(100, folder)
        with preview.Served(binary, folder, draft) as served:
            served.until(lambda state: state.get("settled") and state.get("pages"))
            with Company(served) as company:
                faults = soak(binary, folder, served, company)
    print(f"soak: {1 - bool(faults)} passed, {int(bool(faults))} failed")
    sys.exit(1 if faults else 0)


def soak(binary, folder, served, company):
    edits, times, memory, faults = Edits(served.draft.parent, random.Random(4)), [], [], []
    begun = time.monotonic()
    while len(times) < SAVES or time.monotonic() - begun < SECONDS:
        word = f"Soaked{len(times)}"
        saved = time.perf_counter()
        kind = edits.save(word)
        try:
            arrives(served, word)
        except queue.Empty:
            faults.append(f"save {len(times)} ({kind}) never arrived")
            break
        times.append(time.perf_counter() - saved)
        if len(times) % BETWEEN_CHECKS == 0:
            faults += [f"after save {len(times)}: {what}" for what in stale(binary, folder, served)]
            memory.append(served.memory())
        faults += company.faults()
        if faults:
            break
        # In full they are spread over the hour.
        time.sleep(max(0, begun + len(times) * SECONDS / SAVES - time.monotonic()))
    times.sort()
    print(f"{served.state['pages']} pages: {len(times)} saves in {time.monotonic() - begun:.0f} s, "
          f"{statistics.median(times) * 1000:.0f} ms in the median, {times[-1] * 1000:.0f} ms at most; "
          f"{company.answered} requests beside them; megabytes after each {BETWEEN_CHECKS}: "
          + " ".join(f"{mb:.0f}" for mb in memory), flush=True)
    if FULL and not faults:
        faults += judged(memory)
    for fault in faults:
        print(f"FAIL  {fault}", flush=True)
    return faults


def arrives(served, word):
    """Waits until the browser has the word: it was sent it, or told to ask for the page anew."""
    while True:
        change = served.next()[1].get("web") or {}
        if word in json.dumps(change) or change.get("whole") and word.encode() in (served.get("/web") or b""):
            return


def judged(memory):
    at_500 = memory[500 // BETWEEN_CHECKS - 1]
    if at_500 > MOST:
        yield f"{at_500:.0f} MB after 500 edits: more than {MOST}"
    if memory[-1] > memory[-2] * LAST_HUNDRED:
        yield f"the last hundred edits took {memory[-2]:.0f} MB to {memory[-1]:.0f}"
    # From when every kind of edit has been made often.
    if memory[-1] > memory[len(memory) // 4] * AN_HOUR:
        yield f"from {memory[len(memory) // 4]:.0f} MB to {memory[-1]:.0f} in an hour"


def stale(binary, folder, served):
    """What is shown, where it is not what a fresh build makes."""
    served.rest()
    for digest, *_ in served.row:
        if not served.get(f"/pages/{digest}.svg"):
            yield f"a page of {len(served.row)} cannot be had"
    with tempfile.TemporaryDirectory() as out:
        command = [binary, "build", str(folder / "project"), "--output", out]
        built = subprocess.run(command, capture_output=True, text=True)
        if built.returncode != 0:
            yield f"a fresh build fails: {built.stderr[-500:]}"
            return
        for path in sorted(pathlib.Path(out).glob("*.*")):
            if path.suffix in (".html", ".docx") and served.get(f"/files/{path.suffix[1:]}") != path.read_bytes():
                yield f"the {path.suffix} is not a fresh build's"
            if path.suffix == ".pdf":
                shown = pathlib.Path(out) / "shown"
                shown.write_bytes(served.get("/files/pdf") or b"")
                if inspected(binary, shown) != inspected(binary, path):
                    yield "the .pdf is not a fresh build's"


def inspected(binary, path):
    read = subprocess.run([binary, "inspect", "--message-format", "json", str(path)], capture_output=True, text=True)
    lines = [json.loads(line) for line in read.stdout.splitlines()]
    for line in lines:
        for value in [line, *line.values()]:
            if isinstance(value, dict):
                value.pop("identifiers", None)
    return read.returncode, lines


class Edits:
    """Saves of every kind; the drafts always come back to what they were."""

    def __init__(self, folder, dice):
        self.folder, self.dice = folder, dice
        self.drafts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
        self.names = list(self.drafts)
        self.undo = lambda: None
        self.kinds = [self.words, self.words, self.words, self.note, self.table, self.heading, self.chapter, self.gone,
                      self.renamed, self.unreadable, self.long]

    def save(self, word):
        self.undo()
        self.undo = lambda: None
        kind = self.dice.choice(self.kinds)
        kind(word)
        return kind.__name__

    def write(self, name, content):
        beside = self.folder / f".{name}.tmp"
        beside.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.replace(beside, self.folder / name)

    def any(self):
        return self.dice.choice(self.names)

    def beneath_the_heading(self, name, text):
        head, _, tail = self.drafts[name].partition("\n\n")
        self.write(name, f"{head}\n\n{text}\n\n{tail}")
        self.undo = lambda: self.write(name, self.drafts[name])

    def words(self, word):
        self.beneath_the_heading(self.any(), f"{word} begins this paragraph.")

    def note(self, word):
        self.beneath_the_heading(self.any(), f"{word} has a note.^[It is a note of {word}.]")

    def table(self, word):
        self.beneath_the_heading(self.any(), f"| A | B |\n|---|--:|\n| {word} | {len(word)} |")

    def heading(self, word):
        self.beneath_the_heading(self.any(), f"## {word}\n\nA section more.")

    def long(self, word):
        self.beneath_the_heading(self.any(), "\n\n".join(f"{word} goes on and on, {n}." for n in range(60)))

    def chapter(self, word):
        self.write("99-more.md", f"# More\n\nA chapter more: {word}.\n")
        self.undo = lambda: (self.folder / "99-more.md").unlink()

    def gone(self, word):
        name, other = self.dice.sample(self.names, 2)
        (self.folder / name).unlink()
        self.beneath_the_heading(other, f"{word} stands while another draft is gone.")
        back = self.undo
        self.undo = lambda: (self.write(name, self.drafts[name]), back())

    def renamed(self, word):
        name, other = self.dice.sample(self.names, 2)
        os.replace(self.folder / name, self.folder / f"50-{name}")
        self.beneath_the_heading(other, f"{word} stands while another draft has another place.")
        back = self.undo
        self.undo = lambda: (os.replace(self.folder / f"50-{name}", self.folder / name), back())

    def unreadable(self, word):
        name, other = self.dice.sample(self.names, 2)
        self.write(name, b"# Unreadable\n\n\xff\xfe\xff\n")
        time.sleep(self.dice.random() / 5)
        self.write(name, self.drafts[name])
        self.beneath_the_heading(other, f"{word} stands when all can be read again.")


class Company:
    """Others who look on: listeners, and requests without end."""

    def __init__(self, served):
        self.served, self.answered, self.wrong, self.over = served, 0, [], False
        self.threads = [threading.Thread(target=self.listen, daemon=True) for _ in range(5)]
        self.threads.append(threading.Thread(target=self.ask, daemon=True))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over = True

    def faults(self):
        wrong, self.wrong = self.wrong, []
        return wrong

    def listen(self):
        import http.client
        stream = http.client.HTTPConnection(self.served.host)
        stream.request("GET", "/events")
        try:
            for _ in stream.getresponse():
                if self.over:
                    return
            self.wrong += [] if self.over else ["a listener was left alone"]
        except (OSError, http.client.HTTPException):
            self.wrong += [] if self.over else ["a listener was cut off"]

    def ask(self):
        while not self.over:
            for path in ("/", "/web", "/_/page.css"):
                try:
                    if self.served.get(path) is None and not self.over:
                        self.wrong.append(f"{path} is not answered")
                except OSError as error:
                    self.wrong += [] if self.over else [f"{path}: {error}"]
                self.answered += 1
            time.sleep(0.1)


if __name__ == "__main__":
    main()
