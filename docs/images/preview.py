#!/usr/bin/env python3
"""preview.py BINARY: the README's pictures of the preview, from a copy of the sample with a fault in it."""

import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/preview"))
from stage import Project, Reader, launch  # noqa: E402

HERE = ROOT / "docs/images"


def main(binary):
    with sync_playwright() as playwright, Project(binary, {}) as project:
        shutil.rmtree(project.root / "drafts")
        shutil.copytree(ROOT / "drafts", project.root / "drafts")
        shutil.copy(ROOT / "rapporteur.toml", project.root)
        project.edit("03-problem-statement.md", "reports what they said.", "reports what they said, and [the scope](#scope-of-work) why.")
        browser = launch(playwright)
        reader = Reader(browser.new_context(viewport={"width": 1280, "height": 800}), project)
        reader.until("() => document.title.startsWith('(1)')")
        reader.page.keyboard.press("p")
        reader.frame.evaluate("() => document.getElementById('problem-statement').scrollIntoView({behavior: 'instant'})")
        reader.run("() => document.activeElement.blur()")
        reader.page.wait_for_timeout(500)
        reader.page.screenshot(path=HERE / "preview-web.png")
        reader.page.keyboard.press("p")
        reader.page.keyboard.press("c")
        reader.pages()
        reader.page.keyboard.press("0")
        reader.run("() => document.getElementById('pages').scrollBy({top: 700, behavior: 'instant'})")
        reader.until("() => [...document.querySelectorAll('.sheet')].filter(sheet => sheet.sheet.near).every(sheet => sheet.querySelector('img'))")
        reader.run("() => document.activeElement.blur()")
        reader.page.wait_for_timeout(500)
        reader.page.screenshot(path=HERE / "preview-pages.png")
        browser.close()


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()))
