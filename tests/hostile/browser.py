#!/usr/bin/env python3
"""browser.py BINARY: every vector of vectors.txt in a third of the places of places.txt (each place takes its turn; in
all of them with RAPPORTEUR_SCALE=10), and all of them in every field of the configuration, built and opened in Chromium, with the page's content policy and without: no dialog opens, nothing
runs, is fetched or leads anywhere but to the web, whatever is clicked, focused or pointed at. Exit 1 if it does."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
FIELDS = ("title subtitle short_title draft_label version publisher event series reference licence description "
          "disclaimer").split()
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u\{([0-9a-f]+)\}|([nrt\\]))")
# Before anything of the page: whatever would open a dialog says so.
TRAP = """window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = what => ran.push(name + ' ' + what);
window.addEventListener('error', event => ran.push('error ' + event.message));"""
# Every element is shown, focused, pointed at and clicked; a link is followed only where it would run something.
TOUCH = """() => {
  const kinds = ['mouseover', 'mouseenter', 'pointerover', 'click', 'focus', 'toggle', 'load', 'error', 'wheel',
                 'animationstart', 'animationend', 'submit', 'input', 'change', 'beforetoggle', 'copy', 'paste'];
  document.querySelectorAll('details').forEach(details => details.open = true);
  const known = ['http:', 'https:', 'mailto:', 'tel:', 'file:'];
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) if (name.startsWith('on')) ran.push('attribute ' + name);
    if (element.href !== undefined && !known.includes(new URL(element.href || 'file:', location).protocol)
        && element.getAttribute('href') !== 'data:,') ran.push('address ' + element.href);
    if (element.localName === 'a') element.addEventListener('click', event => event.preventDefault(), {capture: true});
    for (const kind of kinds) element.dispatchEvent(new Event(kind, {bubbles: false, cancelable: true}));
    if (element.tabIndex >= 0) element.focus({preventScroll: true});
  }
  return ran;
}"""


def lines(name):
    def escape(match):
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}[match[3]]

    text = (HERE / name).read_text(encoding="utf-8")
    return [ESCAPE.sub(escape, line) for line in text.split("\n")[:-1] if not line.startswith("%%")]


def project(folder, vectors, places):
    """Two projects: all drafts, and all fields."""
    drafts, fields = folder / "drafts-project", folder / "fields-project"
    for root in (drafts, fields):
        (root / "drafts").mkdir(parents=True)
    (drafts / "rapporteur.toml").write_text('[report]\ntitle = "T"\n')
    everywhere = int(os.environ.get("RAPPORTEUR_SCALE", "1")) >= 10
    for at, vector in enumerate(vectors):
        for place, template in enumerate(places):
            if (at + place) % 3 and not everywhere:
                continue
            text = template.replace("%s", vector).replace("%d", f"{at}-{place}")
            (drafts / f"drafts/{at:03}-{place:02}.md").write_bytes(text.encode() + b"\n")
    clean = ["".join(c if c.isprintable() else " " for c in vector) for vector in vectors]
    text = "[report]\n" + "".join(f"{field} = {json.dumps(' '.join(clean))}\n" for field in FIELDS)
    text += f"contributors = {json.dumps(clean)}\nsubjects = {json.dumps(clean)}\n"
    text += "authors = [" + ", ".join(f"{{ name = {json.dumps(v)}, url = {json.dumps(v)} }}" for v in clean) + "]\n"
    (fields / "rapporteur.toml").write_text(text + '[output]\nname = "x"\n')
    (fields / "drafts/a.md").write_text("# A\n")
    return drafts, fields


def visit(browser, address, bypass):
    """What ran on a page."""
    context = browser.new_context(bypass_csp=bypass, offline=True)
    context.add_init_script(TRAP)
    page = context.new_page()
    ran = []
    page.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else ran.append(f"request {r.url}"))
    page.on("popup", lambda popup: ran.append(f"popup {popup.url}"))
    page.on("framenavigated", lambda frame: None if frame.url.startswith(address) else ran.append(f"goes to {frame.url}"))
    page.on("frameattached", lambda frame: ran.append("a frame"))
    page.goto(address)
    page.wait_for_load_state()
    ran += page.evaluate(TOUCH)
    context.close()
    return ran


def main(binary):
    vectors, places = lines("vectors.txt"), lines("places.txt")
    failed = passed = 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-vectors-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for root in project(pathlib.Path(folder), vectors, places):
            command = [binary, "build", str(root), "--format", "html", "--message-format", "json"]
            done = subprocess.run(command, capture_output=True, text=True)
            page = next((root / "output").glob("*.html"), None)
            for bypass in (False, True):
                name = f"{root.name}: {len(vectors)} vectors, {'without' if bypass else 'with'} the page's policy"
                faults = visit(browser, page.as_uri(), bypass) if page else [done.stderr[-2000:]]
                failed, passed = failed + bool(faults), passed + (not faults)
                print(f"{'FAIL' if faults else 'ok  '}  {name}" + "".join(f"\n      {fault}" for fault in faults[:20]), flush=True)
        # The trap itself: a page on which something runs.
        trap = pathlib.Path(folder) / "trap.html"
        trap.write_text("<!doctype html><img src=x onerror=alert(1)><a href=javascript:alert(2)>x</a>")
        caught = visit(browser, trap.as_uri(), False)
        failed, passed = failed + (not caught), passed + bool(caught)
        print(f"{'ok  ' if caught else 'FAIL'}  the trap catches what runs")
        browser.close()
    print(f"vectors: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
