"""A project that is served and a browser that looks at it."""

import os
import pathlib
import subprocess
import tempfile
import time

TOOLS = pathlib.Path(os.environ.get("RAPPORTEUR_TOOLS", pathlib.Path.home() / ".cache/rapporteur-tools"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
# However busy the machine, this is long enough.
DEADLINE = int(os.environ.get("PREVIEW_DEADLINE", "60000"))
# While the page is being worked on: its files from this folder instead of the program's (those of workers excepted).
PAGE = os.environ.get("PREVIEW_PAGE")
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}

PARAGRAPH = "This is sentence {n} of {chapter}, long enough to fill more than a line of the page wherever it is read. " * 3


def chapter(name, count=30):
    return f"# {name} {{#{name.lower()}}}\n\n" + "".join(
        f"Paragraph {n} of {name}. {PARAGRAPH.format(n=n, chapter=name)}\n\n" for n in range(count))


DRAFTS = {
    "00-cover.md": "---\nkind: cover\n---\n\n# A report that is previewed\n",
    "10-alpha.md": chapter("Alpha") + "A note stands here.[^n]\n\n[^n]: The note itself.\n\n[A link](#beta)\n\n"
                   "<details><summary>More</summary>\n\nFolded away.\n\n</details>\n",
    "20-beta.md": chapter("Beta") + "| Year | Count |\n|---|---|\n| 2024 | 7 |\n\nTable: Counts {#tbl-counts}\n",
    "30-gamma.md": chapter("Gamma"),
}
CONFIG = '[report]\ntitle = "A report that is previewed"\ndraft_label = "Draft II"\ndate = "2026-01-31"\n'


class Project:
    """Files in a temporary folder, served on a port."""

    def __init__(self, binary, drafts=None, arguments=()):
        self.binary, self.arguments = binary, list(arguments)
        self.folder = tempfile.TemporaryDirectory(prefix="rapporteur-preview-")
        self.root = pathlib.Path(self.folder.name)
        (self.root / "drafts").mkdir()
        (self.root / "rapporteur.toml").write_text(CONFIG)
        for name, text in (drafts or DRAFTS).items():
            self.save(name, text)
        self.process, self.port = None, 0
        self.start()

    def start(self):
        command = [self.binary, "serve", str(self.root), "--port", str(self.port), *self.arguments]
        self.errors = open(self.root.parent / f"{self.root.name}.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://"), f"the server does not start: {self.said()}"
        self.port = int(self.url.split("/")[2].rsplit(":", 1)[1])

    def said(self):
        self.errors.flush()
        self.errors.seek(0)
        return self.errors.read()

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def save(self, name, text):
        """As editors do: a file beside it, renamed over it."""
        path, beside = self.root / "drafts" / name, self.root / "drafts" / f".{name}.tmp"
        beside.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.replace(beside, path)

    def read(self, name):
        return (self.root / "drafts" / name).read_text()

    def edit(self, name, old, new):
        text = self.read(name)
        assert old in text, old
        self.save(name, text.replace(old, new, 1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.errors.close()
        pathlib.Path(self.errors.name).unlink(missing_ok=True)
        self.folder.cleanup()


class Reader:
    """A tab with the preview. `faults` has what the console said and what left this machine."""

    def __init__(self, context, project, url=None):
        self.page, self.faults = context.new_page(), []
        self.page.set_default_timeout(DEADLINE)
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") and expected(m.text) else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda r: self.faults.append(f"fetched {r.url}") if outside(r.url, project) else None)
        if PAGE:
            self.page.route("**/*", from_folder)
        self.page.goto(url or project.url)
        self.until("() => document.getElementById('web').contentDocument?.documentElement?.dataset.revision")

    @property
    def frame(self):
        return next(frame for frame in self.page.frames if frame.parent_frame)

    def until(self, condition, argument=None, timeout=DEADLINE):
        return self.page.wait_for_function(condition, arg=argument, timeout=timeout)

    def shows(self, text):
        """Waits until the report holds a text."""
        self.until("text => document.getElementById('web').contentDocument?.body?.textContent.includes(text)", text)

    def pages(self, least=1):
        """Turns to the pages and waits until those in the window are drawn."""
        self.until("n => /^[0-9,]+ pages?$/.test(document.getElementById('page-count').textContent) && parseInt(document.getElementById('page-count').textContent) >= n", least)
        self.page.keyboard.press("v")
        self.until("() => document.querySelector('.sheet img')")

    def run(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def said(self, text):
        self.until("text => document.getElementById('announce').textContent.includes(text)", text)


def expected(text):
    """A server that is away is what some tests are about."""
    return not ("ERR_CONNECTION_REFUSED" in text or "ERR_EMPTY_RESPONSE" in text or "ERR_INCOMPLETE_CHUNKED" in text or "ERR_CONNECTION_RESET" in text)


def outside(url, project):
    return not url.startswith((f"http://127.0.0.1:{project.port}/", f"http://localhost:{project.port}/", "data:", "about:", "blob:"))


def from_folder(route):
    path = route.request.url.split("?")[0].split("/", 3)[3]
    name = pathlib.Path(PAGE) / ("index.html" if path == "" else path.removeprefix("_/"))
    if path in ("", ) or path.startswith("_/") and name.exists():
        answer = route.fetch()
        route.fulfill(response=answer, body=name.read_text(), content_type=KINDS[name.suffix])
    else:
        route.continue_()


def launch(playwright):
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)


def eventually(holds, what):
    end = time.monotonic() + DEADLINE / 1000
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)
