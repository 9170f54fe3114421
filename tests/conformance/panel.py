#!/usr/bin/env python3
"""panel.py FILE...: the panels of redlines' pages in Chromium: from change to change by button and key, filters, the three views, permalinks, the
list as a drawer, on paper, and without the script. Prints each file's name, and its faults behind it; exit 1 if there are any."""

import pathlib
import sys

from playwright.sync_api import sync_playwright

from browser import FLAGS

# Changes that are to be seen, and what text a reader sees of the report.
SEEN = """number => [...document.querySelectorAll(`main [data-change="${number}"]`)]
  .filter(e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden').length"""
TEXT = "() => document.querySelector('.report').innerText"
IN_SIGHT = """number => [...document.querySelectorAll(`main [data-change="${number}"]`)]
  .some(e => [...e.getClientRects()].some(r => r.bottom > 0 && r.top < innerHeight))"""


class Panel:
    """A page with a panel, and what is wrong with it."""

    def __init__(self, browser, address, **options):
        self.page = browser.new_page(**{"viewport": {"width": 1500, "height": 900}, **options})
        self.console = []
        self.page.on("console", lambda m: self.console.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.goto(address)
        self.entries = self.page.locator("#_changes-list > li")
        self.count = self.entries.count()

    def current(self):
        """The number of the current change, if there is one."""
        found = self.page.locator("#_changes-list > [aria-current]")
        return int(found.get_attribute("data-number")) if found.count() == 1 else None

    def listed(self):
        """Numbers of the entries that are listed."""
        return [int(entry.get_attribute("data-number")) for entry in self.entries.all() if not entry.get_attribute("hidden") == ""]

    def view(self, name):
        self.page.check(f"input[value={name}]", force=True)


def stepping(panel):
    page = panel.page
    yield panel.count > 5, f"only {panel.count} changes"
    page.click("[data-step='1']")
    yield panel.current() == 1, f"next leads to {panel.current()}, not to the first"
    yield page.evaluate(IN_SIGHT, 1), "the first is not in sight"
    for _ in range(2):
        page.keyboard.press("n")
    yield panel.current() == 3, f"two times N leads to {panel.current()}"
    yield page.url.endswith("#change-3"), f"the address is {page.url[-20:]}"
    focused = page.evaluate("document.activeElement.dataset.change")
    yield focused == "3", f"the focus is at {focused}"
    page.keyboard.press("p")
    yield panel.current() == 2, f"P leads to {panel.current()}"
    page.keyboard.press("Control+p")
    yield panel.current() == 2, "a key with Control is taken for P"
    said = page.inner_text(".changes-at")
    yield "2" in said and str(panel.count) in said, f"said: {said}"
    for _ in range(2):
        page.click("[data-step='-1']")
    yield panel.current() == panel.count, f"before the first comes {panel.current()}"
    page.uncheck("#_changes-keys")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("p")
    yield panel.current() == panel.count, "a key that is switched off is taken for P"
    page.check("#_changes-keys")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("p")
    yield panel.current() == panel.count - 1, "a key that is switched on again is not"


def filtering(panel):
    page = panel.page
    kind = page.locator("#_changes-kind option").nth(1)
    name, words = kind.get_attribute("value"), kind.inner_text()
    page.select_option("#_changes-kind", name)
    listed = panel.listed()
    yield 0 < len(listed) < panel.count and f"({len(listed)})" in words, f"{words} lists {len(listed)} of {panel.count}"
    page.focus("#_changes-section")
    page.keyboard.press("n")
    page.select_option("#_changes-section", "")
    yield panel.current() is None, "a key in a list to choose from is taken for N"
    page.click("[data-step='1']")
    yield panel.current() in listed, f"next leads to {panel.current()}, which is not listed"
    page.select_option("#_changes-kind", "")
    page.select_option("#_changes-section", index=1)
    yield 0 < len(panel.listed()) < panel.count, "a section lists all or none"
    hidden = next(number for number in range(1, panel.count + 1) if number not in panel.listed())
    page.evaluate("number => { history.replaceState(null, '', '#'); location.hash = `#change-${number}`; }", hidden)
    page.wait_for_function("number => document.querySelector('[aria-current=true]')?.dataset.number == number", arg=str(hidden))
    yield len(panel.listed()) == panel.count, "a permalink leaves its change filtered away"


def views(panel):
    page = panel.page
    kinds = {int(e.get_attribute("data-number")): e.get_attribute("data-kind") for e in panel.entries.all()}
    inserted = next(number for number, kind in kinds.items() if kind == "inserted")
    deleted = next(number for number, kind in kinds.items() if kind == "deleted")
    marked = page.evaluate(TEXT)
    panel.view("final")
    yield page.evaluate(SEEN, inserted) > 0, "what was inserted is not in the final text"
    yield page.evaluate(SEEN, deleted) == 0, "what was deleted is in the final text"
    page.locator(f"#_change-{deleted} a").click()
    page.wait_for_timeout(50)
    yield page.evaluate("document.documentElement.dataset.view") == "marked", "a link to what is deleted stays in the final text"
    panel.view("sides")
    columns = page.evaluate("""() => { const part = document.querySelector('.report > .part');
      const pair = [...part.children].filter(e => !e.classList.contains('sides-head')).slice(0, 2).map(e => e.getBoundingClientRect());
      const gaps = [pair[1].left - pair[0].right, pair[0].left - pair[1].right];
      return [pair[0].top - pair[1].top, gaps[document.dir === 'rtl' ? 1 : 0]]; }""")
    yield abs(columns[0]) < 2 and columns[1] > 0, f"the two sides stand {columns} apart"
    twice = page.evaluate("() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, at) => ids.indexOf(id) !== at); }")
    yield not twice, f"ids that stand twice: {twice}"
    old = page.evaluate("() => [...document.querySelectorAll('.was ins, .was .inserted, .is del, .is .deleted')].filter(e => e.checkVisibility({visibilityProperty: true})).length")
    yield old == 0, f"{old} changes on the wrong side"
    yield page.evaluate(SEEN, deleted) > 0 and page.evaluate(SEEN, inserted) > 0, "a change is on no side"
    panel.view("marked")
    yield page.evaluate(TEXT) == marked, "the marked view is another after the others"


def narrow(panel):
    page = panel.page
    yield not page.locator("#_changes").is_visible(), "the drawer is open from the start"
    page.click(".changes-toggle")
    yield page.locator("#_changes").is_visible(), "the drawer does not open"
    page.keyboard.press("Escape")
    yield not page.locator("#_changes").is_visible(), "Escape does not close the drawer"
    page.locator(".report a.change-number").first.click()
    yield page.locator("#_change-1").is_visible(), "a number does not lead to its entry"
    for view in ("sides", "final", "marked"):
        panel.view(view)
        wide = page.evaluate("document.documentElement.scrollWidth")
        yield wide <= 360, f"the view {view} is {wide} px wide"


def linked(panel):
    yield panel.current() == 4, f"the page opens at change {panel.current()}"
    yield panel.page.evaluate(IN_SIGHT, 4), "the change of the address is not in sight"


def printed(panel):
    page = panel.page
    panel.view("final")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    yield page.locator(".changes-legend li").first.is_visible(), "paper has no legend"
    yield not page.locator("#_changes-bar").is_visible(), "paper has buttons"
    yield page.locator(".report del").first.is_visible(), "paper has no marks"


def scriptless(panel):
    page = panel.page
    yield page.locator("#_changes-list a").first.is_visible(), "the list is not there"
    yield not page.locator("#_changes-bar").is_visible(), "buttons are there that do nothing"
    page.locator("#_changes-list a").nth(4).click()
    yield page.url.endswith("#change-5"), "an entry does not lead to its change"


PHONE = {"viewport": {"width": 360, "height": 740}}
CASES = [
    (stepping, "", {}), (filtering, "", {}), (views, "", {}), (linked, "#change-4", {}), (printed, "", {}),
    (narrow, "", PHONE), (scriptless, "", {"java_script_enabled": False}),
]


def faults(browser, address):
    """Faults of a page in all cases."""
    for case, place, options in CASES:
        panel = Panel(browser, address + place, **options)
        yield from (f"{case.__name__}: {fault}" for holds, fault in case(panel) if not holds)
        yield from (f"{case.__name__}: console: {fault}" for fault in panel.console)
        panel.page.close()


def main(paths):
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for path in paths:
            found = []
            try:
                found.extend(faults(browser, pathlib.Path(path).resolve().as_uri()))
            except Exception as error:  # a page on which a case cannot be played
                found.append(f"{type(error).__name__}: {error}")
            count += len(found)
            print(path, *found, sep="\n", flush=True)
        browser.close()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
