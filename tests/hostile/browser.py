#!/usr/bin/env python3
"""browser.py BINARY: every vector of vectors.txt in every place of places.txt and in every field of the configuration,
built and opened in Chromium, with the page's content policy and without: no dialog opens, nothing runs, is fetched or
leads anywhere but to the web, whatever is clicked, focused or pointed at. The same pages with a vector planted in them
have to be caught. Exit 1 if something runs, or if what is planted does not."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from playwright.sync_api import Error, sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
# Vectors of a page: all of them on one take a browser minutes.
SLICE = 32
FIELDS = ("title subtitle short_title draft_label version publisher event series reference licence description "
          "disclaimer").split()
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u\{([0-9a-f]+)\}|([nrt\\]))")
# Before anything of the page: whatever would open a dialog says so. While it is read it is not laid out, again and again.
TRAP = """window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = what => ran.push(name + ' ' + what);
window.addEventListener('error', event => ran.push('error ' + event.message));
new MutationObserver((changes, observer) => {
  if (document.documentElement) {
    document.documentElement.style.display = 'none';
    observer.disconnect();
  }
}).observe(document, {childList: true});"""
# Every element is shown and looked at; one that can do something is focused, pointed at and clicked. The others have no
# handler (an attribute that is one is a fault by itself), and events on a hundred thousand of them take minutes. A link
# is followed only where it would run something.
TOUCH = """async () => {
  document.documentElement.style.removeProperty('display');
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const kinds = ['mouseover', 'mouseenter', 'pointerover', 'click', 'focus', 'toggle', 'load', 'error', 'wheel',
                 'animationstart', 'animationend', 'submit', 'input', 'change', 'beforetoggle', 'copy', 'paste'];
  document.querySelectorAll('details').forEach(details => details.open = true);
  const known = ['http:', 'https:', 'mailto:', 'tel:', 'file:'];
  const inert = new Set(('html head body main header footer section article aside div p h1 h2 h3 h4 h5 h6 span strong em b i s ' +
    'u del ins mark sub sup code pre blockquote ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td ' +
    'figure figcaption br wbr hr small cite q abbr time').split(' '));
  for (const element of document.querySelectorAll('*')) {
    let acts = !inert.has(element.localName) || element.tabIndex >= 0;
    for (const name of element.getAttributeNames()) {
      if (name.startsWith('on')) ran.push('attribute ' + name);
      acts ||= name.startsWith('on') || name === 'contenteditable';
    }
    if (!acts) continue;
    const href = element.href?.baseVal ?? element.href;
    if (href !== undefined && !known.includes(new URL(href || 'file:', location).protocol)
        && element.getAttribute('href') !== 'data:,') ran.push('address ' + href);
    if (element.localName === 'a') element.addEventListener('click', event => event.preventDefault(), {capture: true});
    for (const kind of kinds) element.dispatchEvent(new Event(kind, {bubbles: false, cancelable: true}));
    if (element.tabIndex >= 0) element.focus({preventScroll: true});
  }
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  return ran;
}"""


# What is planted in a page, and how the fault begins that it must give.
PLANTED = {
    "<script>alert(1)</script>": "alert",
    "<img src=x onerror=alert(1)>": "alert",
    "<p onclick=alert(1)>x</p>": "alert",
    "<p onmouseover=x>x</p>": "attribute onmouseover",
    "<a href=' java&#10;script:alert(1)'>x</a>": "address javascript:",
    "<svg><a href=javascript:alert(1)><text>x</text></a></svg>": "address",
    "<details ontoggle=alert(1)>x</details>": "alert",
    "<input autofocus onfocus=alert(1)>": "alert",
    "<div style='animation:x' onanimationend=alert(1)>x</div>": "alert",
    "<iframe srcdoc='x'></iframe>": "a frame",
    "<img src=http://example.org/x.png>": "request",
    "<link rel=stylesheet href=http://example.org/x.css>": "request",
    "<meta http-equiv=refresh content='0;url=about:blank'>": "goes ",
}


def lines(name):
    def escape(match):
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}[match[3]]

    text = (HERE / name).read_text(encoding="utf-8")
    return [ESCAPE.sub(escape, line) for line in text.split("\n")[:-1] if not line.startswith("%%")]


def projects(folder, vectors, places):
    """Folders of projects: drafts with some vectors each, and one with all of them in its fields, which comes last."""
    for start in range(0, len(vectors), SLICE):
        drafts = folder / f"vectors-{start}"
        (drafts / "drafts").mkdir(parents=True)
        (drafts / "rapporteur.toml").write_text('[report]\ntitle = "T"\n')
        for at, vector in enumerate(vectors[start:start + SLICE], start):
            for place, template in enumerate(places):
                text = template.replace("%s", vector).replace("%d", f"{at}-{place}")
                (drafts / f"drafts/{at:03}-{place:02}.md").write_bytes(text.encode() + b"\n")
        yield drafts
    fields = folder / "fields"
    (fields / "drafts").mkdir(parents=True)
    clean = ["".join(c if c.isprintable() else " " for c in vector) for vector in vectors]
    text = "[report]\n" + "".join(f"{field} = {json.dumps(' '.join(clean))}\n" for field in FIELDS)
    text += f"contributors = {json.dumps(clean)}\nsubjects = {json.dumps(clean)}\n"
    text += "authors = [" + ", ".join(f"{{ name = {json.dumps(v)}, url = {json.dumps(v)} }}" for v in clean) + "]\n"
    (fields / "rapporteur.toml").write_text(text + '[output]\nname = "x"\n')
    (fields / "drafts/a.md").write_text("# A\n")
    yield fields


def visit(browser, file, bypass):
    """What ran on a page."""
    address = file.as_uri()
    context = browser.new_context(bypass_csp=bypass, offline=True)
    context.add_init_script(TRAP)
    page = context.new_page()
    ran = []
    page.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else ran.append(f"request {r.url}"))
    page.on("popup", lambda popup: ran.append(f"popup {popup.url}"))
    page.on("framenavigated", lambda frame: None if frame.url.startswith(address) else ran.append(f"goes to {frame.url}"))
    page.on("frameattached", lambda frame: ran.append("a frame"))
    page.set_default_timeout(600_000)
    try:
        page.goto(address)
        ran += page.evaluate(TOUCH)
    except Error as error:
        ran.append(f"goes away: {error}")
    context.close()
    return ran


def main(binary):
    vectors, places = lines("vectors.txt"), lines("places.txt")
    failed = passed = 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-vectors-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for root in projects(pathlib.Path(folder), vectors, places):
            command = [binary, "build", str(root), "--format", "html", "--message-format", "json"]
            done = subprocess.run(command, capture_output=True, text=True)
            page = next((root / "output").glob("*.html"), None)
            for bypass in (False, True) if page else (False,):
                name = f"{root.name}, {'without' if bypass else 'with'} the page's policy"
                faults = visit(browser, page, bypass) if page else [done.stderr[-2000:]]
                failed, passed = failed + bool(faults), passed + (not faults)
                print(f"{'FAIL' if faults else 'ok  '}  {name}" + "".join(f"\n      {fault}" for fault in faults[:20]), flush=True)
        # The trap itself: pages on which something runs, in the midst of what does not.
        whole = page.read_text(encoding="utf-8") if page else ""
        trap = pathlib.Path(folder) / "trap.html"
        for planted, expected in PLANTED.items():
            trap.write_text(whole.replace("</main>", f"{planted}</main>"), encoding="utf-8")
            caught = [fault for fault in visit(browser, trap, True) if fault.startswith(expected)]
            failed, passed = failed + (not caught), passed + bool(caught)
            print(f"{'ok  ' if caught else 'FAIL'}  the trap catches {planted}")
        browser.close()
    print(f"vectors: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
