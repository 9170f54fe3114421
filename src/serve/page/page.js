// The page around the report: takes in each state, and does what the reader asks.
import { announce, byId, make } from "./dom.js";
import * as find from "./find.js";
import * as pages from "./pages.js";
import * as panels from "./panels.js";
import * as source from "./source.js";
import { listen } from "./stream.js";
import * as web from "./web.js";

const state = {}, kept = { view: "web", follow: false, theme: "system", contents: null, ...remembered() };
let pagesShown = false;
const AGAIN = 500;

function remembered() {
  try { return JSON.parse(localStorage.getItem("preview") ?? "{}"); } catch { return {}; }
}
function remember() {
  try { localStorage.setItem("preview", JSON.stringify(kept)); } catch { /* not allowed: then not */ }
}

// States, one after the other: the report at once, what stands around it behind.
let turns = Promise.resolve();

function hear({ connection, patch }) {
  if (connection) panels.connection(connection);
  if (!patch || patch.serial === undefined) return;
  if (state.program && patch.program && patch.program !== state.program) return location.reload();
  const before = state.serial;
  const { web: page, sheets, ...rest } = patch;
  Object.assign(state, rest);
  if (page) state.web = { to: page.to };
  const sheet = sheets ? pages.update(sheets) : null;
  if (state.web) {
    byId("waiting").hidden = true;
    byId("downloads").hidden = false;
    show();
  }
  const { instance } = state, isFirst = before === undefined, isNews = !isFirst && (page || patch.problems || patch.fault);
  turns = turns.then(() => take({ page, sheet, instance, isFirst, isNews })).catch((error) => console.error(error));
  source.settle(state);
  panels.tell(state);
  panels.banner(state);
  if (patch.problems) panels.problems(patch.problems.list, patch.problems.more);
  if (patch.files) panels.files(patch.files);
}

/** The report's web page, one state after another. */
async function take({ page, sheet, instance, isFirst, isNews }) {
  const block = page ? await web.update(page, instance) : null;
  // The server went away in between: once more, behind whatever it says until then.
  if (block === undefined) setTimeout(() => hear({ patch: { serial: state.serial, web: { from: null, to: state.web.to } } }), AGAIN);
  if (isNews) panels.report(state, Boolean(page));
  if (kept.follow && !isFirst) follow(block, sheet);
}

let edited = null;
async function follow(block, sheet) {
  if (kept.view === "web") { if (block) web.go(block); return; }
  if (block) edited = block;
  if (!sheet || !edited) return;
  const found = edited.isConnected ? await web.lookUp(edited).catch(() => null) : null;
  edited = null;
  pages.go(found?.page ?? sheet, found?.y ?? 0);
}

// Views.
function show() {
  const waiting = !state.web;
  web.show(!waiting && kept.view === "web");
  look();
  if (!waiting && kept.view !== "web" !== pagesShown) { pagesShown = kept.view !== "web"; pages.show(pagesShown); }
  byId("to-web").ariaPressed = String(kept.view === "web");
  byId("to-pages").ariaPressed = String(kept.view !== "web");
  if (kept.view === "web") byId("where").textContent = "";
}

/** Where what is being read was typed, and where else it is shown. */
async function read() {
  try {
    if (kept.view === "pages") return await pages.reading();
    const block = web.reading();
    return block && await web.lookUp(block);
  } catch {
    return null;
  }
}

/** The other view, at the same place. */
async function turn(view) {
  if (view === kept.view || !state.web) return;
  source.hide();
  // From the very top to the very top: what stands there may be on a later page.
  const top = kept.view === "web" ? web.atTop() : pages.atTop();
  const place = top ? null : await read();
  kept.view = view;
  remember();
  show();
  announce(view === "web" ? "The report as a web page" : `The report's pages: ${pages.count()}`);
  if (view === "pages") { if (top) pages.go(1, 0, true); else if (place?.page) pages.go(place.page, place.y, true); byId("pages").focus({ preventScroll: true }); }
  else if (top) { web.toTop(); web.focus(); }
  else { const block = place?.region && web.named(place.region, place.index); if (block) web.go(block, "start", true); web.focus(); }
  here();
}

// What is read is made ready first.
let looking = 0, looked = "";
function look() {
  clearTimeout(looking);
  looking = setTimeout(() => {
    if (document.hidden || !state.web) return;
    const part = kept.view === "web" && /^part-(\d+)$/.exec(web.reading()?.parentElement?.dataset.region ?? "")?.[1];
    const body = JSON.stringify(kept.view === "web" ? part ? { part: Number(part) } : { page: 1 } : { page: pages.current() });
    if (body === looked) return;
    looked = body;
    fetch("/look", { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => { looked = ""; });
  }, 150);
}
document.addEventListener("web-scrolled", look);
byId("pages").addEventListener("scroll", look, { passive: true });

// Panels.
function panel(id, open) {
  const element = byId(id), visible = open ?? element.hidden;
  element.hidden = !visible;
  byId(`open-${id}`).ariaExpanded = String(visible);
  if (id === "contents") { kept.contents = visible; remember(); if (visible) outline(); }
  if (!visible) return back();
  if (narrow.matches) for (const other of ["contents", "problems"]) if (other !== id) panel(other, false);
  (element.querySelector("a") ?? element).focus({ preventScroll: true });
}
const narrow = matchMedia("(max-width:47.99rem)");
const back = () => (kept.view === "web" ? web.focus() : byId("pages").focus({ preventScroll: true }));

let anchors = [];
async function outline() {
  const doc = web.document_();
  if (!doc || byId("contents").hidden) return;
  anchors = panels.outline(doc, async (heading) => {
    if (narrow.matches) panel("contents", false);
    if (kept.view === "web") { web.go(heading, "start"); heading.querySelector("[id]")?.focus?.({ preventScroll: true }); return; }
    const found = await web.lookUp(heading).catch(() => null);
    if (found?.page) pages.go(found.page, found.y);
  });
  here();
}

function here() {
  if (byId("contents").hidden || !anchors.length) return;
  if (kept.view !== "web") return panels.here(-1);
  let index = -1;
  anchors.forEach((heading, at) => { if (heading.getBoundingClientRect().top < 140) index = at; });
  panels.here(index);
}
let scrolled = false;
document.addEventListener("web-scrolled", () => {
  if (scrolled) return;
  scrolled = true;
  requestAnimationFrame(() => { scrolled = false; here(); });
});
document.addEventListener("web-changed", outline);

// Find: in the page; among the pages, where the block stands.
find.onHit(async (block, range) => {
  if (kept.view === "web") {
    const box = range.getBoundingClientRect(), { innerHeight } = web.document_().defaultView;
    if (box.top < 40 || box.bottom > innerHeight - 40) web.document_().defaultView.scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
    return;
  }
  const found = await web.lookUp(block).catch(() => null);
  if (found?.page) pages.mark(found);
});

function closeFind() {
  find.close();
  pages.mark(null);
  back();
}

// Colours.
const THEMES = { system: "as the system has them", light: "light", dark: "dark" };
function dress() {
  if (kept.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = kept.theme;
  web.dye(kept.theme);
  byId("theme-name").textContent = `Colours: ${THEMES[kept.theme]}`;
  byId("theme").title = `Colours: ${THEMES[kept.theme]} (d)`;
}
function recolour() {
  const names = Object.keys(THEMES);
  kept.theme = names[(names.indexOf(kept.theme) + 1) % names.length];
  remember();
  dress();
  announce(`Colours: ${THEMES[kept.theme]}`);
}

function toggleFollow() {
  kept.follow = !kept.follow;
  remember();
  byId("follow").ariaPressed = String(kept.follow);
  announce(kept.follow ? "Following edits" : "Not following edits");
}

async function edit() {
  const place = await read();
  if (place) source.open(place);
  else announce("What is read here was typed nowhere");
}

// Keys.
const inPages = (action) => () => (kept.view === "pages" ? action() : false);
const KEYS = [
  ["v", "Web page or pages", () => turn(kept.view === "web" ? "pages" : "web")],
  ["c", "Contents", () => panel("contents")],
  ["/", "Find", () => find.open()],
  ["n", "Next place found", () => find.isOpen() && find.step(1)],
  ["p", "Problems", () => panel("problems")],
  ["f", "Follow edits", toggleFollow],
  ["e", "Open what is read in the editor", edit],
  ["d", "Colours: system, light, dark", recolour],
  ["g", "Go to a page", inPages(() => { byId("page-number").focus(); byId("page-number").select(); })],
  ["+", "Pages larger", inPages(() => pages.magnify("in"))],
  ["-", "Pages smaller", inPages(() => pages.magnify("out"))],
  ["0", "Pages in their natural size", inPages(() => pages.magnify("natural"))],
  ["w", "Pages as wide as the window", inPages(() => pages.magnify("fit"))],
  ["?", "These keys", () => byId("keys").showModal()],
];

function press(event) {
  const { target } = event, { key } = event;
  if (event.defaultPrevented || byId("keys").open) return;
  if (key === "Escape") {
    if (byId("downloads").open) { byId("downloads").open = false; byId("downloads").querySelector("summary").focus(); return; }
    // The browser would empty the field.
    if (find.isOpen()) { event.preventDefault(); return closeFind(); }
    for (const id of ["problems", "contents"]) if (!byId(id).hidden && (narrow.matches || byId(id).contains(target))) { panel(id, false); byId(`open-${id}`).focus(); return; }
    return source.hide();
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "f" && kept.view === "pages") { event.preventDefault(); return find.open(); }
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.("input,textarea,select,[contenteditable]")) return;
  if (kept.view === "pages" && target.ownerDocument === document && !target.closest("button,a,summary,details")) {
    const move = { PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity, ArrowRight: 1, ArrowLeft: -1 }[key];
    if (move && key !== "PageDown" && key !== "PageUp") { event.preventDefault(); pages.go(Math.max(1, Math.min(pages.count(), pages.current() + move))); return; }
  }
  const found = KEYS.find(([name]) => name === key || (name === "+" && key === "="));
  if (found && found[2]() !== false) event.preventDefault();
}
document.addEventListener("keydown", press);
document.addEventListener("frame-key", (event) => press(event.detail));
byId("key-list").append(...KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]),
  make("dt", {}, make("kbd", {}, "Alt"), " + click"), make("dd", {}, "Open a paragraph in the editor"), make("dt", {}, make("kbd", {}, "Esc")), make("dd", {}, "Close what is open"));

// Buttons.
const on = (id, action) => byId(id).addEventListener("click", action);
on("to-web", () => turn("web"));
on("to-pages", () => turn("pages"));
on("open-contents", () => panel("contents"));
on("open-problems", () => panel("problems"));
on("banner-all", () => panel("problems", true));
on("open-find", () => (find.isOpen() ? closeFind() : find.open()));
on("close-find", closeFind);
on("follow", toggleFollow);
on("theme", recolour);
on("open-keys", () => byId("keys").showModal());
document.addEventListener("click", (event) => { if (!byId("downloads").contains(event.target)) byId("downloads").open = false; });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); back(); });

dress();
byId("follow").ariaPressed = String(kept.follow);
if (kept.contents && !narrow.matches) { byId("contents").hidden = false; byId("open-contents").ariaExpanded = "true"; }
listen(hear);
