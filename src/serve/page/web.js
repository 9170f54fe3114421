// The report as a web page, in a frame of its own: only blocks that have changed are replaced.
import { byId, glow, still, whenIdle } from "./dom.js";
import { morph, replace } from "./morph.js";
import * as source from "./source.js";

const frame = byId("web");
const MANY = 12, DWELL = 180;
let revision = null, instance = null, loading = null;

export const document_ = () => (revision === null ? null : frame.contentDocument);
const inside = () => frame.contentWindow;

/** Loads the page, once. */
export function load() {
  loading ??= new Promise((done) => {
    frame.addEventListener("load", () => {
      const doc = frame.contentDocument;
      if (!doc?.documentElement.dataset.revision) { loading = null; setTimeout(() => load().then(done), 500); return; }
      took(doc.documentElement);
      doc.documentElement.style.overflowAnchor = "none";
      listen(doc);
      dye();
      document.dispatchEvent(new CustomEvent("web-changed"));
      done();
    }, { once: true });
    frame.src = "/web";
  });
  return loading;
}

function took(root) {
  revision = Number(root.dataset.revision);
  instance = root.dataset.instance;
}

/** Takes in what has changed; returns what glows first, or null; nothing where it has to be told again. */
export async function update(change, from) {
  await load();
  if (from === instance && change.to <= revision) return null;
  if (change.from === null || change.from !== revision || from !== instance || change.whole) return renew();
  const doc = frame.contentDocument, kept = place(doc), changed = [];
  for (const [key, at, gone, items] of change.splices) changed.push(...splice(doc, key, at, gone, items));
  revision = change.to;
  doc.documentElement.dataset.revision = revision;
  if (change.sheets) dress(doc, change.sheets);
  settle(doc, kept);
  return shine(changed);
}

/** Blocks of a region give way to others. */
function splice(doc, key, at, gone, items) {
  const template = doc.createElement("template");
  template.innerHTML = items.join("");
  const fresh = [...template.content.children], element = doc.querySelector(`[data-region="${key}"]`);
  if (!element) return [];
  if (!element.dataset.alone) {
    const before = [...element.children].slice(at, at + gone);
    return replace(element, before, fresh, element.children[at + gone] ?? null);
  }
  if (fresh[0]) { fresh[0].dataset.region = key; fresh[0].dataset.alone = "true"; morph(element, fresh[0]); }
  return [];
}

/** The whole page anew, node by node: after a gap, a restart, a new chapter or another style. Nothing where it cannot be had now. */
async function renew() {
  const text = await fetch("/web").then((answer) => (answer.ok ? answer.text() : undefined)).catch(() => undefined);
  if (text === undefined) return undefined;
  const fresh = new DOMParser().parseFromString(text, "text/html"), doc = frame.contentDocument, kept = place(doc);
  await dress(doc, sheets(fresh).map((link) => link.getAttribute("href")));
  fresh.documentElement.classList.add("js");
  for (const { name, value } of [...fresh.documentElement.attributes]) doc.documentElement.setAttribute(name, value);
  doc.title = fresh.title;
  const seen = new Set(blocks(doc).map((block) => block.outerHTML));
  const pop = doc.querySelector(".note-pop");
  pop?.remove();
  morph(doc.body, fresh.body);
  if (pop) doc.body.append(pop);
  took(doc.documentElement);
  settle(doc, kept);
  return shine(blocks(doc).filter((block) => !seen.has(block.outerHTML)));
}

const sheets = (doc) => [...doc.querySelectorAll('link[rel="stylesheet"]')];

/** Style sheets: the new ones first, so that the page is never without; the last that were wanted stay. */
let wearing = null;
async function dress(doc, wanted) {
  wearing = wanted;
  const known = sheets(doc).map((link) => link.getAttribute("href"));
  await Promise.all(wanted.filter((href) => !known.includes(href)).map((href) => new Promise((done) => {
    const link = doc.createElement("link");
    Object.assign(link, { rel: "stylesheet", href, onload: done, onerror: done });
    doc.head.append(link);
  })));
  dye();
  if (wearing === wanted) sheets(doc).filter((link) => !wanted.includes(link.getAttribute("href"))).forEach((link) => link.remove());
}

/** The report in light or dark colours, whatever the system has: its media rules hold always, or never. */
let theme = "system";
export function dye(wanted = theme) {
  theme = wanted;
  const doc = document_();
  if (!doc) return;
  doc.documentElement.style.colorScheme = theme === "system" ? "" : theme;
  const dark = { system: "(prefers-color-scheme: dark)", light: "(max-width: 0)", dark: "(min-width: 0)" }[theme];
  for (const sheet of doc.styleSheets) for (const rule of sheet.cssRules) {
    rule.asked ??= rule.media?.mediaText.includes("prefers-color-scheme") ? rule.media.mediaText : "";
    if (rule.asked) rule.media.mediaText = rule.asked.replace(/\(prefers-color-scheme:\s*dark\)/, dark);
  }
}

/** The blocks in the order of reading. */
export const blocks = (doc) => [...doc.querySelectorAll("[data-region]:not([data-alone])")].flatMap((region) => [...region.children]);

/** The block that an element belongs to. */
export const blockOf = (element) => {
  const region = element?.closest?.("[data-region]");
  if (!region || region.dataset.alone) return null;
  let block = element;
  while (block && block.parentElement !== region) block = block.parentElement;
  return block;
};

/** The first block in the window, those after it, and where they stand. */
function place(doc) {
  if (frame.hidden || !doc.scrollingElement?.scrollTop) return null;
  const middle = (doc.querySelector("#_report") ?? doc.body).getBoundingClientRect();
  for (let y = 4; y < inside().innerHeight; y += 24) {
    const block = blockOf(doc.elementFromPoint(middle.left + middle.width * 0.6, y));
    if (!block) continue;
    const row = [block];
    while (row.length < 8 && row.at(-1).nextElementSibling) row.push(row.at(-1).nextElementSibling);
    return row.map((element) => ({ element, top: element.getBoundingClientRect().top }));
  }
  return null;
}

/** The reader's place is where it was. The contents and the report's own script look again once there is time for it. */
let waiting = 0;
function settle(doc, kept) {
  const stayed = kept?.find(({ element }) => element.isConnected);
  if (stayed) inside().scrollBy({ top: stayed.element.getBoundingClientRect().top - stayed.top, behavior: "instant" });
  waiting ||= whenIdle(() => {
    waiting = 0;
    doc.dispatchEvent(new (inside().Event)("changed"));
    document.dispatchEvent(new CustomEvent("web-changed"));
  });
}

function shine(changed) {
  const alive = changed.filter((element) => element.isConnected);
  if (alive.length <= MANY && !frame.hidden) {
    const color = getComputedStyle(document.documentElement).getPropertyValue("--glow");
    const of = (color) => ({ backgroundColor: color, boxShadow: `0 0 0 .35rem ${color}` });
    alive.forEach((element) => glow(element, [of(color), of("transparent")]));
  }
  return alive.find((element) => !element.closest("[data-region^=notes]")) ?? alive[0] ?? null;
}

/** Goes to an element. */
export function go(element, where = "center", atOnce = false) {
  element.scrollIntoView({ block: where, behavior: atOnce || still.matches ? "instant" : "smooth" });
}

/** The name of a block for the server: its region and position. */
export function name(block) {
  const region = block.parentElement;
  return `region=${region.dataset.region}&index=${[...region.children].indexOf(block)}&revision=${revision}`;
}

/** The block of a name. */
export const named = (key, index) => frame.contentDocument?.querySelector(`[data-region="${CSS.escape(key)}"]`)?.children[index] ?? null;

/** The block that is being read: one with focus or a selection in it, else the first in the window. */
export function reading() {
  const doc = document_();
  if (!doc) return null;
  const focused = blockOf(doc.activeElement) ?? blockOf(doc.getSelection()?.anchorNode?.parentElement);
  const seen = focused?.getBoundingClientRect();
  if (seen && seen.bottom > 0 && seen.top < inside().innerHeight) return focused;
  return place(doc)?.[0].element ?? blocks(doc)[0] ?? null;
}

/** Where a block comes from. */
export async function lookUp(block) {
  const answer = await fetch(`/place?${name(block)}`);
  return answer.ok ? answer.json() : null;
}

/** Whether the report's very beginning is in the window, and nothing in it has focus. */
export function atTop() {
  const doc = document_();
  return Boolean(doc) && doc.scrollingElement.scrollTop < 8 && !blockOf(doc.activeElement);
}

export function toTop() {
  inside().scrollTo({ top: 0, behavior: "instant" });
}

export function show(visible) {
  frame.hidden = !visible;
}

export function focus() {
  frame.focus({ preventScroll: true });
}

/** A handle beside the block beneath the pointer; a click with Alt, Control or Command opens its source. */
function listen(doc) {
  let under = null, timer = 0;
  const leave = () => { clearTimeout(timer); under = null; source.hide(); };
  const show = async (block) => {
    const found = await lookUp(block).catch(() => null);
    if (!found || block !== under || !block.isConnected) return;
    const box = block.getBoundingClientRect();
    source.point(found, Math.min(box.right + 8, frame.clientWidth - 16), Math.max(0, box.top) - 26);
  };
  doc.addEventListener("mousemove", (event) => {
    const block = blockOf(event.target);
    if (block === under) return;
    clearTimeout(timer);
    if (!block) return;
    under = block;
    timer = setTimeout(() => show(block), DWELL);
  }, { passive: true });
  doc.addEventListener("scroll", () => { leave(); document.dispatchEvent(new CustomEvent("web-scrolled")); }, { passive: true });
  doc.addEventListener("click", async (event) => {
    const block = blockOf(event.target), opens = event.altKey || event.ctrlKey || event.metaKey;
    if (!block || event.target.closest("a[href]") || (!opens && doc.getSelection()?.type === "Range")) return;
    under = block;
    if (!opens) return show(block);
    event.preventDefault();
    const found = await lookUp(block).catch(() => null);
    if (found) source.open(found);
  });
  // Links to the web open beside the preview, never in the frame.
  doc.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || event.defaultPrevented) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  });
  doc.addEventListener("keydown", (event) => document.dispatchEvent(new CustomEvent("frame-key", { detail: event })));
}
