#!/usr/bin/env python3
"""preview.py [BINARY] [--pages 100,1000] [--saves 100] [--memory 500] [--http | --browser]: from a save to the reader
having it, on the drafts that benches/against measures with.

At the level of HTTP: until the event with the changed block has come, and until the changed page's picture has been
fetched after it. In Chromium: until the changed block stands in the page, and until the changed page is drawn. Then
the whole document settled with its PDF fetched, and the server's memory over mixed edits. Medians and 95th
percentiles, in milliseconds, beside what is wanted."""

import argparse
import http.client
import importlib.util
import json
import math
import os
import pathlib
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests/preview"))
MARK = "Measured"
SILENCE = 180
# Pages of all the drafts that benches/against measures with; of these, or of several such sets, the last are left out.
SAMPLE = 138
# What is wanted of the 95th percentile, on reports of up to so many pages.
WEB, PAGE, ADDED = "Web, a word", "Pages, a word, the visible page", "Pages, a note or a figure added, the visible page"
SETTLED, SETTLED_ADDED = "settled and its PDF ready, a word", "settled and its PDF ready, a note or a figure"
WANTED = {WEB: (40, 80), PAGE: (100, 150), ADDED: (150, 250), SETTLED: (400, 3000), SETTLED_ADDED: (700, 6000)}
LARGEST = (400, 2500)
# Of so many, each kind of edit for the memory: most are of words.
MIX = ["word"] * 5 + ["paragraph"] * 2 + ["note", "figure", "heading"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary", nargs="?", default=str(ROOT / "target/release/rapporteur"))
    arguments.add_argument("--pages", default="100,1000")
    arguments.add_argument("--saves", type=int, default=100)
    arguments.add_argument("--memory", type=int, default=0, help="so many mixed edits at the end, for the memory")
    arguments.add_argument("--http", action="store_true", help="only that level")
    arguments.add_argument("--browser", action="store_true", help="only that level")
    options = arguments.parse_args()
    for pages in options.pages.split(","):
        with tempfile.TemporaryDirectory(prefix="rapporteur-bench-") as folder:
            measure(options, int(pages), pathlib.Path(folder))


def measure(options, pages, folder):
    drafts = drafts_of(pages, folder)
    with Served(options.binary, folder, drafts) as served:
        state = served.until(lambda state: state.get("settled") and state.get("pages"))
        print(f"{state['pages']} pages, {state['words']:,} words; first settled after {served.age():.1f} s", flush=True)
        show = Table(0 if pages <= 100 else 1).show
        few = max(3, options.saves // 5)
        if not options.browser:
            show("HTTP", WEB, served.web(options.saves))
            show("HTTP", PAGE, served.page(options.saves, added=False))
            show("HTTP", ADDED, served.page(options.saves, added=True))
            show("HTTP", SETTLED, served.whole(few, added=False))
            show("HTTP", SETTLED_ADDED, served.whole(few, added=True))
        if not options.http:
            in_chromium(served, options.saves, show)
        if options.memory:
            in_memory(served, options.memory, LARGEST[0 if pages <= 100 else 1])


class Table:
    def __init__(self, size):
        self.size = size
        print(f"  {'':9} {'':52} {'wanted':>7} {'median':>8} {'p95':>8}", flush=True)

    def show(self, level, name, times):
        times = sorted(t * 1000 for t in times)
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        wanted = WANTED[name][self.size]
        missed = "" if p95 <= wanted else "  missed"
        middle = statistics.median(times)
        print(f"  {level:9} {name:52} {wanted:7} {middle:8.1f} {p95:8.1f}  ({len(times)} saves){missed}", flush=True)


def in_memory(served, edits, wanted):
    held = []
    for edit in range(edits):
        served.mixed(edit)
        if (edit + 1) % max(1, edits // 5) == 0:
            held.append(served.memory())
    shown = ", ".join(f"{megabytes:.0f}" for megabytes in held)
    growth = (held[-1] / held[-2] - 1) * 100
    missed = "" if held[-1] <= wanted and growth <= 5 else "  missed"
    print(f"  memory over {edits} mixed edits, wanted {wanted} MB: {shown} MB; the last fifth {growth:+.1f} %{missed}",
          flush=True)


def drafts_of(pages, folder):
    """About so many pages of the repository's own sample, with a paragraph in the middle that is edited."""
    spec = importlib.util.spec_from_file_location("against", HERE / "against/run.py")
    against = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(against)
    root = folder / "project"
    root.mkdir()
    copies = math.ceil(pages / SAMPLE)
    drafts = against.lay(None, copies, root / "drafts")
    files = sorted(drafts.glob("*.md"))
    for beyond in files[round(len(files) * pages / (copies * SAMPLE)):]:
        beyond.unlink()
    (root / "rapporteur.toml").write_text('[report]\ntitle = "Measured"\ndate = "2026-01-31"\n')
    (drafts / "measured.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="200" height="80" fill="#ccc"/></svg>')
    files = sorted(drafts.glob("*.md"))
    return files[len(files) // 2]


class Served:
    """A server, and its events with the times at which they came."""

    def __init__(self, binary, folder, draft):
        self.draft, self.text, self.count = draft, draft.read_text(), 0
        self.begun = time.perf_counter()
        command = [binary, "serve", str(folder / "project"), "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()
        self.host = self.url.split("/")[2]
        self.state, self.row, self.events = {}, [], queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def age(self):
        return time.perf_counter() - self.begun

    def listen(self):
        stream = http.client.HTTPConnection(self.host)
        stream.request("GET", "/events")
        answer = stream.getresponse()
        try:
            for line in answer:
                if line.startswith(b"data: "):
                    self.events.put((time.perf_counter(), line[6:]))
        except (OSError, http.client.HTTPException):
            pass

    def until(self, fits):
        """The state after the next event that fits; events before it are taken in."""
        while not (self.state and fits(self.state)):
            self.next()
        return self.state

    def next(self, patience=SILENCE):
        at, data = self.events.get(timeout=patience)
        event = json.loads(data)
        self.state.update(event)
        if "sheets" in event:
            if event["sheets"]["fresh"]:
                self.row = []
            for start, gone, come in event["sheets"]["splices"]:
                self.row[start:start + gone] = come
        return at, event

    def rest(self):
        """Everything is settled and nothing more comes."""
        self.until(lambda state: state.get("settled"))
        while True:
            try:
                self.next(patience=0.15)
            except queue.Empty:
                if self.state.get("settled"):
                    return

    def save(self, added="", heading=""):
        """Edits the paragraph, with something added behind it; when the save began, and the word that is new."""
        self.count += 1
        word = f"{MARK}{self.count}"
        head, _, tail = self.text.partition("\n\n")
        note = f"^[A note of {word}.]" if added == "note" else ""
        behind = {
            "figure": f'![A figure](measured.svg "Figure of {word}")\n\n',
            "paragraph": f"A paragraph of {word}, and more words of it, as many as fill a line or two of a page.\n\n",
        }.get(added, "")
        text = f"{head}{heading}\n\n{word} begins this paragraph.{note}\n\n{behind}{tail}"
        beside = self.draft.with_name(f".{self.draft.name}.tmp")
        begun = time.perf_counter(), time.time()
        beside.write_text(text)
        os.replace(beside, self.draft)
        return begun, word

    def adding(self, turn):
        """A save that adds a note or a figure, after one that has taken away what there was."""
        self.save()
        self.rest()
        return self.save(added=["note", "figure"][turn % 2])

    def mixed(self, turn):
        kind = MIX[turn * 7 % len(MIX)]
        heading = f" of {turn}" if kind == "heading" else ""
        _, word = self.save(added=kind, heading=heading)
        self.come(word)
        self.until(lambda state: state.get("settled"))

    def come(self, word):
        """When the event came that brought a word."""
        while True:
            at, event = self.next()
            if word in json.dumps(event.get("web", "")):
                return at
            # What changes more than blocks is asked for by the page.
            if (event.get("web") or {}).get("whole"):
                return at

    def get(self, path):
        connection = http.client.HTTPConnection(self.host)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return body if answer.status == 200 else None

    def web(self, saves):
        self.ready()
        times = []
        for _ in range(saves):
            (begun, _), word = self.save()
            times.append(self.come(word) - begun)
            self.rest()
        return times

    def visible(self):
        """The page of the paragraph, which a reader looks at."""
        lines = self.draft.read_text().split("\n")
        line = next(at for at, line in enumerate(lines, 1) if MARK in line)
        page = json.loads(self.get(f"/place?file=drafts/{self.draft.name}&line={line}"))["page"]
        connection = http.client.HTTPConnection(self.host)
        headers = {"Content-Type": "application/json", "Origin": self.url.rstrip("/")}
        connection.request("POST", "/look", json.dumps({"page": page}), headers)
        connection.getresponse().read()
        return page

    def ready(self):
        """The paragraph is there and settled; its page."""
        self.save()
        self.until(lambda state: state.get("web"))
        time.sleep(0.3)
        self.rest()
        return self.visible()

    def page(self, saves, added):
        page, times = self.ready(), []
        for turn in range(saves):
            (begun, _), _ = self.adding(turn) if added else self.save()
            # The row is that of the state before: nothing was taken in since.
            before = self.row[page - 1][0]
            while self.row[page - 1][0] == before:
                self.next()
            assert self.get(f"/pages/{self.row[page - 1][0]}.svg"), "the page is drawn"
            times.append(time.perf_counter() - begun)
            self.rest()
        return times

    def whole(self, saves, added):
        times = []
        for turn in range(saves):
            (begun, _), word = self.adding(turn) if added else self.save()
            self.come(word)
            self.until(lambda state: state.get("settled"))
            assert self.get("/files/pdf").startswith(b"%PDF"), "there is a PDF"
            times.append(time.perf_counter() - begun)
            self.rest()
        return times

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def in_chromium(served, saves, show):
    from playwright.sync_api import sync_playwright

    from stage import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(SILENCE * 1000)
        begun = time.perf_counter()
        page.goto(served.url)
        page.wait_for_function("() => document.getElementById('web').contentDocument?.documentElement?.dataset.revision")
        print(f"  Chromium opened it in {time.perf_counter() - begun:.1f} s", flush=True)
        now = "performance.timeOrigin + performance.now()"
        page.evaluate(f"""() => {{
          window.seen = {{}}; window.drawn = {{}};
          new MutationObserver(changes => {{
            for (const {{ target, addedNodes }} of changes) for (const node of [target.nodeType === 3 ? target : null, ...addedNodes]) {{
              const found = node?.textContent.match(/{MARK}\\d+/);
              if (found) seen[found[0]] ??= {now}; }}
          }}).observe(document.getElementById('web').contentDocument.body, {{ subtree: true, childList: true, characterData: true }});
          document.addEventListener('drawn', event => {{ drawn[event.detail] ??= {now}; }});
        }}""")
        served.ready()
        times = []
        for _ in range(saves):
            (_, begun), word = served.save()
            times.append(page.wait_for_function("word => seen[word]", arg=word).json_value() / 1000 - begun)
            served.rest()
        show("Chromium", WEB, times)
        at = served.ready()
        page.keyboard.press("v")
        page.wait_for_function("() => document.querySelector('.sheet img')")
        scroll_through(page, served)
        scroll_to(page, at)
        for name, added in ((PAGE, False), (ADDED, True)):
            times = []
            for turn in range(saves):
                served.rest()
                if added:
                    served.save()
                    served.rest()
                # What was drawn for the save before has come by now.
                page.wait_for_timeout(50)
                before = served.row[at - 1][0]
                (_, begun), _ = served.save(added=["note", "figure"][turn % 2] if added else "")
                while served.row[at - 1][0] == before:
                    served.next()
                shown = page.wait_for_function("digest => drawn[digest]", arg=served.row[at - 1][0])
                times.append(shown.json_value() / 1000 - begun)
            show("Chromium", name, times)
        browser.close()


def scroll_to(page, at):
    """Brings a page to the upper edge, and waits until it is drawn."""
    page.evaluate("""at => {
      const view = document.getElementById('pages'), sheet = document.querySelectorAll('.sheet')[at - 1];
      view.scrollTop += sheet.getBoundingClientRect().top - 60; }""", at)
    page.wait_for_function("at => document.querySelectorAll('.sheet')[at - 1].querySelector('img')?.complete", arg=at)


def scroll_through(page, served):
    """The last page, the middle, the first: each is drawn when it is come to."""
    times = []
    for at in (len(served.row), len(served.row) // 2, 1):
        begun = time.perf_counter()
        scroll_to(page, at)
        times.append(f"{(time.perf_counter() - begun) * 1000:.0f}")
    print(f"  Chromium scrolled to the last page, the middle and the first in {', '.join(times)} ms", flush=True)


if __name__ == "__main__":
    main()
