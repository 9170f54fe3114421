// The pages as laid out. Every page has its frame; only those near the window are fetched and drawn.
import { announce, byId, glow, make, plural, still } from "./dom.js";
import * as source from "./source.js";

const view = byId("pages"), where = byId("where"), number = byId("page-number");
const NEAREST = 0.25, LARGEST = 4, STEP = 1.2, POINT = 96 / 72;
let frames = [], zoom = null;

/** Draws what comes near, forgets what has gone far. */
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const frame = entry.target.sheet;
    frame.near = entry.isIntersecting;
    if (frame.near) draw(frame);
    else if (frame.image) { frame.image.remove(); frame.image = null; frame.drawn = null; }
  }
}, { root: view, rootMargin: "120% 0px" });

/** Draws a page as it is now. The picture it had stays until the new one is there. */
function draw(frame) {
  const { digest } = frame;
  if (frame.drawn === digest || frame.drawing === digest) return;
  frame.drawing = digest;
  const image = make("img", { alt: "" });
  image.onload = () => put(frame, digest, image);
  // Replaced in the meantime, or the server is away: the next state brings it.
  image.onerror = () => { if (frame.drawing === digest) frame.drawing = null; };
  image.src = `/pages/${digest}.svg`;
}

const GLOW = [{ opacity: 1 }, { opacity: 0 }];

function put(frame, digest, image) {
  if (frame.drawing === digest) frame.drawing = null;
  if (frame.digest !== digest || !frame.near) return;
  const changed = frame.drawn !== null;
  if (frame.image) frame.image.replaceWith(image);
  else frame.element.prepend(image);
  Object.assign(frame, { image, drawn: digest });
  if (changed) glow(frame.element, GLOW, { pseudoElement: "::after" });
  document.dispatchEvent(new CustomEvent("drawn", { detail: digest }));
}

/** Draws what is near: what is in the window first. */
function drawNear() {
  const edge = view.getBoundingClientRect().top, end = edge + view.clientHeight;
  const away = (frame) => { const box = frame.element.getBoundingClientRect(); return Math.max(0, edge - box.bottom, box.top - end); };
  const near = frames.filter((frame) => frame.near && frame.drawn !== frame.digest);
  if (near.length > 1) near.sort((a, b) => away(a) - away(b));
  near.forEach(draw);
}

function frameOf([digest, width, height]) {
  const element = make("div", { className: "sheet", role: "img" });
  const frame = { element, digest, width, height, near: false, image: null, drawn: null, drawing: null, laid: "" };
  element.sheet = frame;
  near.observe(element);
  return frame;
}

/** Takes in what has changed; returns the first page that has. */
export function update(change) {
  const splices = change.fresh ? [[0, frames.length, change.splices.flatMap((splice) => splice[2])]] : change.splices;
  const moves = splices.some(([at, gone, items]) => gone !== items.length || items.some(([, width, height], i) => frames[at + i].width !== width || frames[at + i].height !== height));
  const kept = moves && !view.hidden ? place() : null;
  let earliest = Infinity;
  for (const [at, gone, items] of splices) {
    const shared = Math.min(gone, items.length);
    for (let i = 0; i < shared; i++) {
      const frame = frames[at + i], [digest, width, height] = items[i];
      if (frame.digest !== digest) earliest = Math.min(earliest, at + i);
      Object.assign(frame, { digest, width, height });
    }
    frames.splice(at + shared, gone - shared).forEach(remove);
    const added = items.slice(shared).map(frameOf), next = frames[at + shared];
    if (next) next.element.before(...added.map((frame) => frame.element));
    else view.append(...added.map((frame) => frame.element));
    frames.splice(at + shared, 0, ...added);
    if (added.length) earliest = Math.min(earliest, at + shared);
  }
  // Pages of which none has come, gone or grown stand where they stood.
  if (moves && !view.hidden) {
    lay();
    restore(kept);
  }
  if (!view.hidden) drawNear();
  return Number.isFinite(earliest) ? earliest + 1 : null;
}

function remove(frame) {
  near.unobserve(frame.element);
  frame.element.remove();
}

/** Sizes and names of the frames. */
function lay() {
  const style = getComputedStyle(view), room = view.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const widest = Math.max(1, ...frames.map((frame) => frame.width));
  const scale = zoom ?? (room > 0 ? Math.min(room / widest, POINT * 1.6) : POINT);
  frames.forEach((frame, at) => {
    const laid = `${at} ${frames.length} ${frame.width} ${frame.height} ${scale}`;
    if (frame.laid === laid) return;
    frame.element.style.width = `${frame.width * scale}px`;
    frame.element.style.height = `${frame.height * scale}px`;
    frame.element.ariaLabel = `Page ${at + 1} of ${frames.length}`;
    Object.assign(frame, { scale, laid });
  });
  byId("page-total").textContent = `of ${frames.length.toLocaleString("en")}`;
  follow();
}

/** The first page that reaches beneath a height of the window; as many as there are, if none does. */
function reaching(height) {
  let from = 0, to = frames.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (frames[middle].element.getBoundingClientRect().bottom > height) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The first page in the window, and how far it has gone past the edge, in pages. */
function place() {
  const edge = view.getBoundingClientRect().top + 8, at = reaching(edge);
  if (at === frames.length) return null;
  const box = frames[at].element.getBoundingClientRect();
  return { frame: frames[at], at, part: (edge - box.top) / Math.max(1, box.height) };
}

function restore(kept) {
  if (!kept) return;
  const frame = kept.frame.element.isConnected ? kept.frame : frames[Math.min(kept.at, frames.length - 1)];
  if (!frame) return;
  const box = frame.element.getBoundingClientRect();
  view.scrollTop += box.top + kept.part * box.height - view.getBoundingClientRect().top - 8;
}

/** The number of the page that is read. */
export function current() {
  return Math.min(reaching(view.getBoundingClientRect().top + view.clientHeight / 3) + 1, frames.length);
}

function follow() {
  if (view.hidden || !frames.length) return;
  const page = current();
  where.textContent = `Page ${page.toLocaleString("en")} of ${frames.length.toLocaleString("en")}`;
  if (document.activeElement !== number) number.value = page;
}

export const count = () => frames.length;
export const atTop = () => view.scrollTop < 24;

/** Goes to a page, or a height of it in points. */
export function go(page, height = 0, atOnce = false) {
  const frame = frames[Math.max(1, Math.min(page, frames.length)) - 1];
  if (!frame) return;
  const top = frame.element.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop;
  const above = height ? view.clientHeight / 4 : 8;
  view.scrollTo({ top: top + height * frame.scale - above, behavior: atOnce || still.matches || Math.abs(page - current()) > 3 ? "instant" : "smooth" });
}

/** A page and a point of it, where something stands. */
export function mark(spot) {
  view.querySelectorAll(".mark").forEach((old) => old.remove());
  const frame = spot && frames[spot.page - 1];
  if (!frame) return;
  const strip = make("div", { className: "mark" });
  strip.style.top = `${spot.y / frame.height * 100}%`;
  strip.style.height = `${Math.max(12, spot.height ?? 14) / frame.height * 100}%`;
  frame.element.append(strip);
  go(spot.page, spot.y);
}

export function magnify(change) {
  const kept = place(), now = frames[0]?.scale ?? POINT;
  if (change === "fit") zoom = null;
  else if (change === "natural") zoom = POINT;
  else zoom = Math.max(NEAREST, Math.min(LARGEST, now * (change === "in" ? STEP : 1 / STEP)));
  lay();
  restore(kept);
  announce(zoom === null ? "As wide as the window" : `${Math.round((frames[0]?.scale ?? 1) / POINT * 100)} %`);
}

export function show(visible) {
  view.hidden = !visible;
  byId("zoom").hidden = !visible;
  if (visible) { lay(); drawNear(); }
}

/** What stands at a point of the window: page, and points from its corner. */
function spot(event) {
  const element = event.target.closest?.(".sheet");
  if (!element) return null;
  const box = element.getBoundingClientRect(), { scale } = element.sheet;
  return { page: frames.indexOf(element.sheet) + 1, x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale, digest: element.sheet.digest };
}

async function lookUp(at) {
  const answer = await fetch(`/place?page=${at.page}&x=${at.x.toFixed(1)}&y=${at.y.toFixed(1)}`);
  return answer.ok ? answer.json() : null;
}

view.addEventListener("click", async (event) => {
  const at = spot(event);
  if (!at) return;
  const found = await lookUp(at).catch(() => null);
  if (!found) return source.hide();
  if (event.altKey || event.ctrlKey || event.metaKey) return source.open(found);
  const within = byId("view").getBoundingClientRect();
  source.point(found, event.clientX - within.left + 40, event.clientY - within.top + 14);
});

/** The place in the drafts of what is being read. */
export async function reading() {
  const kept = place();
  if (!kept) return null;
  const { frame } = kept;
  return lookUp({ page: frames.indexOf(frame) + 1, x: frame.width / 2, y: Math.max(0, kept.part) * frame.height + view.clientHeight / 4 / frame.scale });
}

let waiting = false;
view.addEventListener("scroll", () => {
  source.hide();
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; follow(); });
}, { passive: true });
new ResizeObserver(() => { if (!view.hidden && frames.length) { const kept = place(); lay(); restore(kept); } }).observe(view);

byId("go").addEventListener("submit", (event) => {
  event.preventDefault();
  const page = parseInt(number.value, 10);
  if (page) { go(page); announce(`Page ${current()} of ${plural(frames.length, "page", "pages")}`); view.focus({ preventScroll: true }); }
  else { announce("That is no number of a page"); number.value = current(); number.select(); }
});
for (const [id, change] of [["zoom-in", "in"], ["zoom-out", "out"], ["zoom-fit", "fit"]]) byId(id).addEventListener("click", () => magnify(change));
