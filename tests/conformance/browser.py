#!/usr/bin/env python3
"""browser.py FILE...: pages in Chromium: axe-core (WCAG 2.0 to 2.2 A and AA, best practice), light and dark, at
1280 and 320 px; no sideways scrolling at 320 px; links within the page lead somewhere; nothing is fetched;
no error or breach of the content policy in the console; readable without script. Prints each file's name, and its faults behind
it; exit 1 if there are any."""

import os
import pathlib
import sys

from playwright.sync_api import Error, sync_playwright

TOOLS = pathlib.Path(os.environ["RAPPORTEUR_TOOLS"])
AXE = (TOOLS / "npm/node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
DEAD = """() => [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
  .filter(id => id && !document.getElementById(decodeURIComponent(id)))"""
HIDDEN = """() => [...document.querySelectorAll('main p, main h1, main h2, main td')]
  .filter(e => e.textContent.trim() && !e.checkVisibility()).map(e => e.textContent.trim().slice(0, 40))"""


def visit(browser, address, scheme, width, script=True):
    """Faults of one visit."""
    page = browser.new_page(
        color_scheme=scheme, viewport={"width": width, "height": 900}, java_script_enabled=script, offline=True
    )
    outside, console = [], []
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else outside.append(r.url))
    page.on("console", lambda m: console.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: console.append(str(e)))
    page.goto(address)
    if script:
        # Through the protocol, which the page's own content policy does not touch.
        page.evaluate(AXE)
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        for violation in result["violations"]:
            yield f"axe {violation['id']}: {len(violation['nodes'])} times, first {violation['nodes'][0]['html'][:120]}"
        yield from (f"link to #{name} leads nowhere" for name in page.evaluate(DEAD))
        scroll = page.evaluate("document.documentElement.scrollWidth")
        if scroll > width:
            yield f"scrolls sideways: {scroll} px wide at {width} px"
    else:
        session = page.context.new_cdp_session(page)
        shown = session.send("Runtime.evaluate", {"expression": f"({HIDDEN})()", "returnByValue": True})
        hidden = shown["result"].get("value", [])
        yield from (f"hidden without script: {text}" for text in hidden)
    yield from (f"fetches {url}" for url in outside)
    yield from (f"console: {text}" for text in console)
    page.close()


def faults(browser, address):
    """Faults of all visits to a page."""
    for scheme in ("light", "dark"):
        for width in (1280, 320):
            yield from (f"{scheme}, {width} px: {fault}" for fault in visit(browser, address, scheme, width))
    yield from (f"without script: {fault}" for fault in visit(browser, address, "light", 1280, script=False))


def main(paths):
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for path in paths:
            try:
                found = list(faults(browser, pathlib.Path(path).resolve().as_uri()))
            except Error as error:
                found = [str(error)]
            count += len(found)
            print(path, *found, sep="\n", flush=True)
        browser.close()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
