#!/usr/bin/env python3
"""run.py BINARY [NAME …]: the preview in Chromium: an edit on disk reaches the page, in both views, and leaves the
reader's place, focus and selection alone; faults, restarts, several tabs and browsers, keys, screen readers, narrow
screens; nothing that a draft holds runs. With names, only tests whose names contain one of them."""

import json
import pathlib
import re
import sys
import traceback

from playwright.sync_api import sync_playwright

from stage import DEADLINE, DRAFTS, TOOLS, Project, Reader, eventually, launch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hostile"))
from browser import TOUCH, TRAP, lines  # noqa: E402

AXE = (TOOLS / "npm/node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TESTS = []
# The paragraph that holds a text, and how far it is from the window's upper edge.
TOP = """text => [...document.querySelectorAll('p')].find(p => p.textContent.includes(text)).getBoundingClientRect().top"""
INTO_VIEW = """text => [...document.querySelectorAll('p')].find(p => p.textContent.includes(text))
  .scrollIntoView({block: 'center', behavior: 'instant'})"""


def test(function):
    TESTS.append(function)
    return function


def equal(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"


@test
def an_edit_reaches_the_page_and_leaves_the_reader_alone(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        frame = reader.frame
        frame.evaluate(INTO_VIEW, "Paragraph 5 of Beta")
        frame.evaluate("() => { document.querySelector('details').open = true; window.same = true; }")
        frame.evaluate("""() => { const link = [...document.querySelectorAll('main a')].find(a => a.textContent === 'A link');
          link.focus({preventScroll: true}); }""")
        before = frame.evaluate(TOP, "Paragraph 5 of Beta")
        project.edit("10-alpha.md", "Paragraph 2 of Alpha.", "Paragraph two, edited. " + "More words than before. " * 60)
        reader.shows("Paragraph two, edited")
        assert abs(frame.evaluate(TOP, "Paragraph 5 of Beta") - before) < 2, "the reader's place has moved"
        equal(frame.evaluate("() => document.activeElement.textContent"), "A link")
        equal(frame.evaluate("() => [document.querySelector('details').open, window.same]"), [True, True])
        reader.said("Updated")
        # What is read itself: the words beneath the eye change, and only they.
        frame.evaluate("""() => { window.kept = [...document.querySelectorAll('p')].find(p => p.textContent.includes('Paragraph 5 of Beta')); }""")
        project.edit("20-beta.md", "Paragraph 5 of Beta", "Paragraph five of Beta")
        reader.shows("Paragraph five of Beta")
        assert abs(frame.evaluate(TOP, "Paragraph five of Beta") - before) < 2, "the edited paragraph has moved"
        assert frame.evaluate("() => window.kept.isConnected && window.kept.textContent.includes('five of Beta')"), "it was replaced"
        # A block more, a note more, a chapter more, and all of it gone again.
        whole = project.read("30-gamma.md")
        project.save("30-gamma.md", "# Gamma {#gamma}\n\nA new beginning.[^x]\n\n[^x]: Its note.\n\n" + whole.split("\n", 2)[2])
        reader.shows("Its note.")
        project.save("40-delta.md", "# Delta\n\nA chapter more.\n")
        reader.shows("A chapter more.")
        equal(frame.evaluate("() => document.querySelectorAll('.part').length"), 4)
        project.save("30-gamma.md", whole)
        (project.root / "drafts/40-delta.md").unlink()
        reader.until("""() => { const text = document.getElementById('web').contentDocument.body.textContent;
          return !text.includes('Its note.') && !text.includes('A chapter more.'); }""")
        assert abs(frame.evaluate(TOP, "Paragraph five of Beta") - before) < 2, "the reader's place has moved"
        # Piece by piece it has become the page that the server sends whole.
        same = reader.run("""async () => {
          const fresh = new DOMParser().parseFromString(await (await fetch('/web')).text(), 'text/html');
          const words = doc => [...doc.querySelectorAll('[data-region]:not([data-alone])'), ...doc.querySelectorAll('.contents li')].map(e => e.textContent);
          return JSON.stringify(words(fresh)) === JSON.stringify(words(document.getElementById('web').contentDocument));
        }""")
        assert same, "the page is not what the server sends whole"
        equal(reader.faults, [])


@test
def a_fault_leaves_the_last_good_state_under_a_banner(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        good = project.read("20-beta.md")
        project.save("20-beta.md", good.encode() + b"\nBad \xff byte.\n")
        reader.until("() => !document.getElementById('banner').hidden")
        equal(reader.run("() => document.getElementById('banner-where').textContent"), f"drafts/20-beta.md:{good.count(chr(10)) + 2}")
        assert reader.run("() => document.getElementById('banner-why').textContent").strip(), "it does not say what is wrong"
        assert re.match(r"\(\d+\) ", reader.page.title()), reader.page.title()
        reader.shows("Paragraph 5 of Beta")
        assert reader.page.locator("#web").is_visible()
        reader.said("Not built")
        late = Reader(reader.page.context, project)
        late.until("() => !document.getElementById('banner').hidden")
        late.shows("Paragraph 5 of Beta")
        project.save("20-beta.md", good.replace("Paragraph 5 of Beta", "Mended"))
        for tab in (reader, late):
            tab.until("() => document.getElementById('banner').hidden")
            tab.shows("Mended")
        equal(reader.page.title(), "A report that is previewed")


@test
def problems_are_listed_as_on_the_terminal(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        project.edit("10-alpha.md", "Paragraph 3 of Alpha.", "See [there](#nowhere) and ![](absent.png).")
        reader.until("() => document.title.startsWith('(')")
        reader.page.keyboard.press("p")
        panel = reader.page.locator("#problems")
        assert "warning[dead-link]" in panel.inner_text(), panel.inner_text()
        mark = panel.locator("li", has_text="dead-link").locator("mark")
        assert "nowhere" in mark.first.inner_text(), mark.first.inner_text()
        href = panel.locator("li", has_text="dead-link").locator("a.place").first.get_attribute("href")
        assert href.startswith(f"vscode://file{project.root.resolve()}/drafts/10-alpha.md:"), href
        # The editor is the project's choice, at once.
        (project.root / "rapporteur.toml").write_text((project.root / "rapporteur.toml").read_text()
                                                      + '[serve]\neditor = "idea://open?file={path}&line={line}"\n')
        project.edit("10-alpha.md", "![](absent.png)", "so on")
        reader.until("() => document.querySelector('#problem-list a.place').href.startsWith('idea://open?file=/')")
        project.edit("10-alpha.md", "[there](#nowhere)", "there")
        reader.until("() => !document.title.startsWith('(')")
        assert reader.page.locator("#no-problems").is_visible()


@test
def a_paragraph_leads_to_its_source(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        reader.frame.locator("p", has_text="Paragraph 4 of Beta").click()
        reader.until("() => document.getElementById('handle-link').textContent === 'drafts/20-beta.md:11'")
        # A line more above moves it.
        project.edit("20-beta.md", "Paragraph 0 of Beta", "One more.\n\nParagraph 0 of Beta")
        reader.shows("One more.")
        reader.frame.locator("p", has_text="Paragraph 4 of Beta").click(modifiers=["Alt"])
        reader.said("Opening drafts/20-beta.md:13")


@test
def pages_are_drawn_where_they_are_seen(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(viewport={"width": 1100, "height": 800}), project)
        reader.pages(6)
        count = reader.run("() => document.querySelectorAll('.sheet').length")
        drawn = reader.run("() => document.querySelectorAll('.sheet img').length")
        assert 0 < drawn < count, f"{drawn} of {count} pages are drawn"
        reader.page.keyboard.press("g")
        reader.page.keyboard.type("4")
        reader.page.keyboard.press("Enter")
        reader.until("() => document.getElementById('where').textContent.startsWith('Page 4 of ')")
        reader.until("() => document.querySelectorAll('.sheet')[3].querySelector('img')")
        # Natural size, and larger: the page grows, the place stays.
        reader.page.keyboard.press("0")
        width = reader.run("() => document.querySelector('.sheet').getBoundingClientRect().width")
        reader.page.keyboard.press("+")
        assert reader.run("() => document.querySelector('.sheet').getBoundingClientRect().width") > width * 1.1
        reader.until("() => document.getElementById('where').textContent.startsWith('Page 4 of ')")
        reader.page.keyboard.press("w")
        # An edit on the page that is seen draws it anew; what else is seen stays.
        sources = "() => [...document.querySelectorAll('.sheet')].map(s => s.querySelector('img')?.src ?? null)"
        before = reader.run(sources)
        place = reader.run("async () => (await (await fetch('/place?page=4&x=300&y=300')).json())")
        assert place["file"].startswith("drafts/") and place["page"], place
        project.edit(pathlib.Path(place["file"]).name, project.read(pathlib.Path(place["file"]).name).splitlines()[place["line"] - 1][:20],
                     "Changed, changed.  ")
        reader.until("src => { const now = document.querySelectorAll('.sheet')[3].querySelector('img'); return now && now.src !== src; }", before[3])
        reader.until("() => document.getElementById('where').textContent.startsWith('Page 4 of ')")
        # A click leads to the source.
        box = reader.page.locator(".sheet").nth(3).bounding_box()
        reader.page.mouse.click(box["x"] + box["width"] / 2, max(box["y"], 60) + 200)
        reader.until("() => /^drafts\\/[0-9a-z-]+\\.md:\\d+$/.test(document.getElementById('handle-link').textContent)")
        # And back, to the same place.
        reader.page.keyboard.press("v")
        reader.until("() => !document.getElementById('web').hidden && document.getElementById('web').contentWindow.scrollY > 0")
        equal(reader.faults, [])


@test
def find_reaches_pages_that_are_not_drawn(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(viewport={"width": 1100, "height": 800}), project)
        reader.page.keyboard.press("/")
        reader.page.keyboard.type("paragraph 29 of gamma")
        reader.until("() => document.getElementById('found').textContent === '1 of 1'")
        reader.until("() => document.getElementById('web').contentWindow.scrollY > 2000")
        reader.page.keyboard.press("Escape")
        reader.frame.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
        reader.pages(6)
        reader.page.keyboard.press("Control+f")
        reader.page.keyboard.press("Enter")
        reader.until("() => document.querySelector('.sheet .mark')")
        place = reader.run("async () => (await (await fetch('/place?file=drafts/30-gamma.md&line=61')).json())")
        reader.until("n => document.getElementById('where').textContent.startsWith(`Page ${n} of `)", place["page"])
        reader.page.keyboard.type("nothing like it")
        reader.until("() => document.getElementById('found').textContent === 'Nothing found'")


@test
def follow_goes_to_the_edit(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(reduced_motion="reduce"), project)
        reader.page.keyboard.press("f")
        project.edit("30-gamma.md", "Paragraph 20 of Gamma", "Edited far below")
        reader.until("""() => { const doc = document.getElementById('web').contentDocument;
          const top = [...doc.querySelectorAll('p')].find(p => p.textContent.includes('Edited far below'))?.getBoundingClientRect().top;
          return top > 0 && top < doc.defaultView.innerHeight; }""")
        # The mark of what has changed does not move where motion is not wanted.
        project.edit("30-gamma.md", "Edited far below", "Edited again")
        reader.shows("Edited again")
        frames = reader.frame.evaluate("() => document.getAnimations().flatMap(a => a.effect.getKeyframes()).map(k => k.backgroundColor)")
        equal(len(set(frames)) <= 1, True)


@test
def several_browsers_and_tabs_see_every_edit(binary, browser):
    with Project(binary) as project:
        one, other = browser.new_context(), browser.new_context()
        tabs = [Reader(one, project) for _ in range(8)] + [Reader(other, project) for _ in range(2)]
        for turn in range(3):
            project.edit("10-alpha.md", "Paragraph 1 of Alpha" if turn == 0 else f"Turn {turn - 1}.", f"Turn {turn}.")
            for tab in tabs:
                tab.shows(f"Turn {turn}.")
        # None starves: each can still ask the server for something.
        for tab in tabs:
            equal(tab.run("async () => (await fetch('/web')).status"), 200)
        # Tabs that go leave the others as they are.
        for tab in tabs[:4]:
            tab.page.close()
        project.edit("10-alpha.md", "Turn 2.", "The last turn.")
        for tab in tabs[4:]:
            tab.shows("The last turn.")
            equal(tab.faults, [])


@test
def a_page_loaded_again_comes_back(binary, browser):
    with Project(binary) as project:
        context = browser.new_context()
        reader = Reader(context, project)
        reader.shows("Paragraph 5 of Beta")
        # What the browser has by now is only asked after: the worker, its stream, and all else must still be allowed.
        for _ in range(2):
            reader.page.reload()
            reader.until("() => document.getElementById('web').contentDocument?.body?.textContent.includes('Paragraph 5 of Beta')")
            reader.until("() => document.querySelector('footer').textContent.includes('Connected')")
        second = Reader(context, project)
        second.shows("Paragraph 5 of Beta")
        project.edit("20-beta.md", "Paragraph 5 of Beta", "Paragraph five of Beta")
        for each in [reader, second]:
            each.shows("Paragraph five of Beta")


@test
def tabs_share_a_stream_without_shared_workers_too(binary, browser):
    with Project(binary) as project:
        for gone in (["SharedWorker"], ["SharedWorker", "BroadcastChannel"]):
            context = browser.new_context()
            context.add_init_script("".join(f"delete window.{name};" for name in gone))
            streams = []
            context.on("request", lambda r: streams.append(r) if r.url.endswith("/events") else None)
            tabs = [Reader(context, project) for _ in range(8 if len(gone) == 1 else 3)]
            equal(len(streams), 1 if len(gone) == 1 else 3)
            word = f"Without {len(gone)}"
            project.edit("10-alpha.md", "of Alpha. This", f"{word}. This")
            for tab in tabs:
                tab.shows(word)
            tabs[0].page.close()
            project.edit("10-alpha.md", word, f"Still, {word.lower()}")
            for tab in tabs[1:]:
                tab.shows(f"Still, {word.lower()}")
            context.close()


@test
def a_restart_is_bridged(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        reader.frame.evaluate(INTO_VIEW, "Paragraph 5 of Beta")
        before = reader.frame.evaluate(TOP, "Paragraph 5 of Beta")
        project.stop()
        reader.until("() => document.getElementById('connection').dataset.state === 'reconnecting'")
        reader.shows("Paragraph 5 of Beta")
        project.edit("10-alpha.md", "Paragraph 2 of Alpha.", "Edited while the server was away. " * 40)
        project.start()
        reader.until("() => document.getElementById('connection').dataset.state === 'connected'")
        reader.shows("Edited while the server was away")
        assert abs(reader.frame.evaluate(TOP, "Paragraph 5 of Beta") - before) < 2, "the reader's place has moved"
        project.edit("10-alpha.md", "Edited while the server was away. ", "And after that. ")
        reader.shows("And after that.")


@test
def a_page_that_could_not_be_had_is_asked_for_again(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        refused = []

        def refuse(route):
            refused.append(route.request.url)
            route.abort() if len(refused) < 3 else route.fallback()

        reader.page.route("**/web", refuse)
        # A chapter more: the page is asked for anew.
        project.save("40-delta.md", "# Delta\n\nA chapter that came late.\n")
        reader.shows("A chapter that came late")
        assert len(refused) >= 3, refused
        reader.faults.clear()


@test
def the_top_is_the_top_and_accents_are_passed_over(binary, browser):
    with Project(binary) as project:
        project.save("40-delta.md", "# Delta\n\nThe r\u00e9sum\u00e9 of Stra\u00dfe, and of cafe\u0301s.\n")
        reader = Reader(browser.new_context(viewport={"width": 1300, "height": 800}), project)
        reader.shows("The r\u00e9sum\u00e9")
        for words, count in (("resume", 1), ("R\u00c9SUM\u00c9", 1), ("cafes", 1), ("caf\u00e9s,", 0), ("xyz", 0)):
            reader.page.keyboard.press("/")
            reader.page.fill("#query", words)
            if count:
                reader.until("""words => {
                  const plain = (text) => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
                  const [here] = document.getElementById('web').contentWindow.CSS.highlights.get('here') ?? [];
                  return here && plain(here.toString()) === plain(words); }""", words)
            else:
                reader.until("() => document.getElementById('found').textContent === 'Nothing found'")
            reader.page.keyboard.press("Escape")
        reader.frame.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
        reader.pages()
        reader.until("() => document.getElementById('pages').scrollTop < 24")
        reader.page.keyboard.press("g")
        reader.page.keyboard.type("abc")
        reader.page.keyboard.press("Enter")
        equal(reader.run("() => document.getElementById('page-number').value"), "1")
        reader.page.fill("#page-number", "2")
        reader.page.keyboard.press("Enter")
        reader.until("() => document.getElementById('where').textContent.startsWith('Page 2')")
        reader.page.keyboard.press("Home")
        reader.until("() => document.getElementById('pages').scrollTop < 24")
        reader.page.keyboard.press("v")
        reader.until("() => document.getElementById('web').contentDocument.scrollingElement.scrollTop === 0")
        equal(reader.faults, [])


@test
def everything_is_done_by_keys(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(viewport={"width": 1300, "height": 800}), project)
        press, visible = reader.page.keyboard.press, lambda id: reader.page.locator(f"#{id}").is_visible()
        press("?")
        assert visible("keys")
        press("Escape")
        assert not visible("keys")
        press("c")
        assert visible("contents")
        reader.until("() => document.querySelectorAll('#outline a').length === 3")
        press("Tab")
        press("Enter")
        reader.until("() => document.getElementById('web').contentWindow.scrollY > 500")
        press("c")
        assert not visible("contents")
        press("d")
        equal(reader.run("() => document.documentElement.dataset.theme"), "light")
        press("d")
        equal(reader.frame.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"), "rgb(18, 24, 29)")
        press("p")
        assert visible("problems")
        press("Escape")
        assert not visible("problems")
        equal(reader.run("() => document.activeElement.id"), "open-problems")
        # Every control can be reached and is seen to be.
        reader.run("() => document.body.focus()")
        reached = set()
        for _ in range(30):
            press("Tab")
            reached.add(reader.run("() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))
        wanted = {"to-web", "to-pages", "open-contents", "open-find", "follow", "open-problems", "theme", "open-keys", "web"}
        assert wanted <= reached, wanted - reached
        # In the report's own frame the keys hold as well.
        reader.frame.evaluate("() => document.querySelector('main a').focus()")
        press("/")
        equal(reader.run("() => document.activeElement.id"), "query")


def axe(reader, where):
    for frame in reader.page.frames:
        frame.evaluate(AXE.read_text())
    result = reader.run("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    found = [f"{where}: {v['id']}: {n['target']} {n['failureSummary'][:200]}" for v in result["violations"] for n in v["nodes"]]
    assert not found, "\n".join(found)


@test
def axe_finds_nothing(binary, browser):
    with Project(binary) as project:
        for scheme in ("light", "dark"):
            for width in (1300, 360):
                context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
                reader, name = Reader(context, project), f"{scheme} {width}"
                axe(reader, name)
                project.edit("10-alpha.md", "of Alpha. This", "of Alpha. See [there](#nowhere). This")
                reader.until("() => document.title.startsWith('(')")
                for key, what in (("c", "contents"), ("p", "problems")):
                    reader.page.keyboard.press(key)
                    axe(reader, f"{name} {what}")
                reader.page.keyboard.press("Escape")
                good = project.read("20-beta.md")
                project.save("20-beta.md", b"\xff")
                reader.until("() => !document.getElementById('banner').hidden")
                reader.page.keyboard.press("/")
                axe(reader, f"{name} banner and find")
                reader.page.keyboard.press("Escape")
                project.save("20-beta.md", good)
                project.edit("10-alpha.md", "See [there](#nowhere). ", "")
                reader.until("() => document.getElementById('banner').hidden")
                reader.page.keyboard.press("?")
                axe(reader, f"{name} keys")
                reader.page.keyboard.press("Escape")
                reader.run("() => document.getElementById('to-pages').focus()")
                reader.pages(3)
                axe(reader, f"{name} pages")
                context.close()


@test
def narrow_screens_have_room_for_all(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(viewport={"width": 320, "height": 640}), project)
        wide = "() => document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('.bar *, .status *')].some(e => e.checkVisibility() && !e.closest('.unseen') && e.getBoundingClientRect().right > innerWidth + 1)"
        assert not reader.run(wide), "wider than the window"
        reader.page.locator("#open-contents").click()
        reader.until("() => document.querySelectorAll('#outline a').length === 3")
        reader.page.locator("#outline a", has_text="Gamma").click()
        assert not reader.page.locator("#contents").is_visible(), "it lies over what was chosen"
        reader.page.locator("#to-pages").click()
        reader.until("() => document.querySelector('.sheet img')")
        assert not reader.run(wide), "wider than the window"


@test
def files_can_be_taken_along(binary, browser):
    with Project(binary) as project:
        reader = Reader(browser.new_context(), project)
        for kind in ("PDF", "DOCX", "HTML"):
            reader.page.locator("#downloads summary").click()
            with reader.page.expect_download() as download:
                reader.page.locator("#files a", has_text=kind).click()
            name = download.value.suggested_filename
            assert name.endswith("." + kind.lower()), name
            assert pathlib.Path(download.value.path()).stat().st_size > 5000, name
            reader.page.keyboard.press("Escape")


@test
def nothing_that_a_draft_holds_runs(binary, browser):
    vectors, places = lines("vectors.txt"), lines("places.txt")
    with Project(binary, {"a.md": "# First\n\nClean.\n"}) as project:
        context = browser.new_context()
        context.add_init_script(TRAP)
        ran = []
        context.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        reader = Reader(context, project)
        reader.page.on("popup", lambda popup: ran.append(f"popup {popup.url}"))
        # All at once, which comes as a whole page; then block by block.
        for at, vector in enumerate(vectors):
            text = places[at % len(places)].replace("%s", vector).replace("%d", str(at))
            (project.root / f"drafts/v{at:03}.md").write_bytes(f"{text}\n\nmark{at}\n".encode())
        reader.shows(f"mark{len(vectors) - 1}")
        for turn in range(3):
            mine = vectors[turn::3]
            project.save("a.md", "# First\n\n" + "".join(
                places[(at + turn) % len(places)].replace("%s", vector).replace("%d", f"{at}-{turn}") + "\n\n" for at, vector in enumerate(mine)) + f"turn{turn}\n")
            reader.shows(f"turn{turn}")
        reader.page.keyboard.press("p")
        for frame in reader.page.frames:
            ran += [f"{frame.url}: {what}" for what in frame.evaluate(TOUCH)
                    if not (frame is reader.page.main_frame and re.match(r"address (vscode|blob):", what))]
        ran += [f"frame {frame.url}" for frame in reader.page.frames[2:]]
        # A page of it opened by itself runs nothing either.
        reader.until("() => parseInt(document.getElementById('page-count').textContent) > 0")
        page = context.new_page()
        page.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(project.url + "web")
        ran += page.evaluate("() => window.ran")
        equal(ran, [])
        # The trap itself works.
        trap = context.new_page()
        trap.set_content("<img src=x onerror=alert(1)>")
        eventually(lambda: trap.evaluate("() => window.ran.length"), "the trap catches nothing")


def shown(error):
    """What went wrong, and where in these files."""
    here = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tests/preview/" in frame.filename]
    places = "".join(f"      {pathlib.Path(f.filename).name}:{f.lineno} {f.line}\n" for f in here)
    return places + "".join(f"      {line}\n" for line in str(error).splitlines()[:20])


def main(binary, names):
    passed = failed = 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for function in TESTS:
            name = function.__name__.replace("_", " ")
            if names and not any(part in name for part in names):
                continue
            try:
                function(binary, browser)
                passed += 1
                print(f"ok    {name}", flush=True)
            except Exception as error:
                failed += 1
                print(f"FAIL  {name}\n" + shown(error), flush=True)
            for context in browser.contexts:
                context.close()
        browser.close()
    print(f"preview: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]))
