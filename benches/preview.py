#!/usr/bin/env python3
"""preview.py [BINARY] [--pages 100,1000] [--saves 100] [--http | --browser]: from a save to the reader having it, in
milliseconds, on the drafts that benches/against measures with.

At the level of HTTP: until the event with the changed block has come, and until the changed page's picture has been
fetched after it. In Chromium: until the changed block stands in the page, and until the changed page is drawn. Then
the whole document settled with its PDF fetched, and the server's memory. Medians and 95th percentiles."""

import argparse
import http.client
import importlib.util
import json
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
SILENCE = 120


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
        if not options.browser:
            show("HTTP: Web, a word", served.web(options.saves))
            show("HTTP: Pages, a word, the visible page", served.page(options.saves, note=False))
            show("HTTP: Pages, a note, the visible page", served.page(options.saves, note=True))
            show("HTTP: settled and its PDF, a word", served.whole(max(3, options.saves // 10), note=False))
            show("HTTP: settled and its PDF, a note", served.whole(max(3, options.saves // 10), note=True))
        if not options.http:
            in_chromium(served, options.saves)
        for _ in range(options.memory):
            served.web(1)
        print(f"  {'memory of the server':44} {served.memory():7.0f} MB", flush=True)


def show(name, times):
    times = sorted(t * 1000 for t in times)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"  {name:44} median {statistics.median(times):7.1f}  p95 {p95:7.1f}  ({len(times)} saves)", flush=True)


def drafts_of(pages, folder):
    """About so many pages of the repository's own sample, with a paragraph in the middle that is edited."""
    spec = importlib.util.spec_from_file_location("against", HERE / "against/run.py")
    against = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(against)
    root = folder / "project"
    root.mkdir()
    drafts = against.lay(None, max(1, pages // 100), root / "drafts")
    (root / "rapporteur.toml").write_text('[report]\ntitle = "Measured"\ndate = "2026-01-31"\n')
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

    def next(self):
        at, data = self.events.get(timeout=SILENCE)
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
                at, data = self.events.get(timeout=0.15)
                self.events.put((at, data))
                self.next()
                self.until(lambda state: state.get("settled"))
            except queue.Empty:
                return

    def save(self, note=False):
        """Edits the paragraph; when the save began, and the word that is new."""
        self.count += 1
        word = f"{MARK}{self.count}"
        notes = f"^[A note of {word}.]" if note else ""
        head, _, tail = self.text.partition("\n\n")
        beside = self.draft.with_name(f".{self.draft.name}.tmp")
        begun = time.perf_counter(), time.time()
        beside.write_text(f"{head}\n\n{word} begins this paragraph.{notes}\n\n{tail}")
        os.replace(beside, self.draft)
        return begun, word

    def get(self, path):
        connection = http.client.HTTPConnection(self.host)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return body if answer.status == 200 else None

    def web(self, saves):
        times = []
        for _ in range(saves):
            (begun, _), word = self.save()
            while True:
                at, event = self.next()
                if word in json.dumps(event.get("web", "")):
                    break
            times.append(at - begun)
            self.rest()
        return times

    def visible(self):
        """The page of the paragraph, which a reader looks at."""
        line = self.draft.read_text().split("\n").index(next(l for l in self.draft.read_text().split("\n") if MARK in l)) + 1
        found = self.get(f"/place?file=drafts/{self.draft.name}&line={line}")
        page = json.loads(found)["page"]
        body = json.dumps({"page": page})
        connection = http.client.HTTPConnection(self.host)
        connection.request("POST", "/look", body, {"Content-Type": "application/json", "Origin": self.url.rstrip("/")})
        connection.getresponse().read()
        return page

    def page(self, saves, note):
        self.save()
        self.until(lambda state: state.get("web"))
        time.sleep(0.3)
        self.rest()
        page, times = self.visible(), []
        for turn in range(saves):
            before = self.row[page - 1][0]
            (begun, _), _ = self.save(note=note and turn % 2 == 0)
            while self.row[page - 1][0] == before:
                self.next()
            assert self.get(f"/pages/{self.row[page - 1][0]}.svg"), "the page is drawn"
            times.append(time.perf_counter() - begun)
            self.rest()
        return times

    def whole(self, saves, note):
        times = []
        for turn in range(saves):
            (begun, _), word = self.save(note=note and turn % 2 == 0)
            while word not in json.dumps(self.next()[1].get("web", "")):
                pass
            self.until(lambda state: state.get("settled"))
            assert self.get("/files/pdf").startswith(b"%PDF"), "there is a PDF"
            times.append(time.perf_counter() - begun)
            self.rest()
        return times

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def in_chromium(served, saves):
    from playwright.sync_api import sync_playwright

    from stage import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(SILENCE * 1000)
        page.goto(served.url)
        page.wait_for_function("() => document.getElementById('web').contentDocument?.documentElement?.dataset.revision")
        now = "performance.timeOrigin + performance.now()"
        page.evaluate(f"""() => {{
          window.seen = {{}}; window.drawn = [];
          document.addEventListener('web-changed', () => {{
            const found = document.getElementById('web').contentDocument.body.textContent.match(/{MARK}\\d+/);
            if (found) seen[found[0]] ??= {now}; }});
          document.addEventListener('drawn', event => drawn.push([event.detail, {now}]));
        }}""")
        times = []
        for _ in range(saves):
            (_, begun), word = served.save()
            times.append(page.wait_for_function("word => seen[word]", arg=word).json_value() / 1000 - begun)
            served.rest()
        show("Chromium: Web, a word", times)
        served.rest()
        at = served.visible()
        page.keyboard.press("v")
        page.wait_for_function("() => document.querySelector('.sheet img')")
        page.evaluate("at => { const v = document.getElementById('pages'); v.scrollTop += document.querySelectorAll('.sheet')[at - 1].getBoundingClientRect().top - 60; }", at)
        page.wait_for_function("at => document.querySelectorAll('.sheet')[at - 1].querySelector('img')", arg=at)
        for name, note in (("a word", False), ("a note", True)):
            times = []
            for turn in range(saves):
                served.rest()
                before = served.row[at - 1][0]
                page.evaluate("() => { drawn.length = 0; }")
                (_, begun), _ = served.save(note=note and turn % 2 == 0)
                while served.row[at - 1][0] == before:
                    served.next()
                page.wait_for_function("() => drawn.length")
                times.append(page.evaluate("() => drawn[0][1]") / 1000 - begun)
            show(f"Chromium: Pages, {name}, the visible page", times)
        browser.close()


if __name__ == "__main__":
    main()
