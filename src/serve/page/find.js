// Find in the report: in the words of the page, which are also those of the pages, drawn or not.
import { announce, byId } from "./dom.js";
import * as web from "./web.js";

const bar = byId("find"), query = byId("query"), found = byId("found");
const MOST = 2000;
let hits = [], at = -1, visit = () => {};

/** `show` is called with the block of a hit and its range. */
export function onHit(show) {
  visit = show;
}

// Of Latin, Greek and Cyrillic letters: the vowel signs of other scripts make other words.
const ACCENTS = /[\u0300-\u036f]/g;

/** A text without what finding passes over (case, accents, kinds of space), and where each unit of it stood. */
function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return { folded: text.toLowerCase().replace(/\s/g, " "), stood: null };
  let folded = "";
  const stood = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize("NFD").replace(ACCENTS, "").normalize("NFC").toLowerCase().replace(/\s/g, " ");
    for (let unit = 0; unit < plain.length; unit += 1) stood.push(at);
    folded += plain;
    at += letter.length;
  }
  stood.push(at);
  return { folded, stood };
}

/** Every place where the words stand, within one block each. */
function search(doc, words) {
  const ranges = [];
  for (const block of web.blocks(doc)) {
    const nodes = [], walker = doc.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const { folded, stood } = fold(text), origin = (offset) => (stood ? stood[offset] : offset);
    for (let from = folded.indexOf(words); from >= 0 && ranges.length < MOST; from = folded.indexOf(words, from + words.length)) {
      const range = doc.createRange(), stand = (offset) => nodes.findLast(([begin]) => begin <= offset);
      const [start, end] = [origin(from), Math.max(origin(from + words.length), origin(from) + 1)], [first, head] = stand(start), [last, tail] = stand(end - 1);
      range.setStart(head, start - first);
      range.setEnd(tail, end - last);
      ranges.push({ block, range });
    }
  }
  return ranges;
}

function mark(doc) {
  const { CSS, Highlight, CSSStyleSheet } = doc.defaultView;
  if (!CSS.highlights) return;
  if (!doc.adoptedStyleSheets.length) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::highlight(found){background:#ffe58a;color:#1b2227}::highlight(here){background:#f29d38;color:#1b2227}");
    doc.adoptedStyleSheets = [sheet];
  }
  CSS.highlights.set("found", new Highlight(...hits.map((hit) => hit.range)));
  const here = new Highlight(...(hits[at] ? [hits[at].range] : []));
  here.priority = 1;
  CSS.highlights.set("here", here);
}

/** Looks again; `step` goes to another hit, 0 to the nearest. */
function look(step) {
  const doc = web.document_(), words = fold(query.value).folded;
  if (!doc) return;
  const before = at;
  hits = words.trim() ? search(doc, words) : [];
  if (!hits.length) at = -1;
  else if (step) at = (Math.max(before, step > 0 ? -1 : 0) + step + hits.length) % hits.length;
  else at = nearest(hits);
  mark(doc);
  const count = hits.length === MOST ? `${MOST}+` : hits.length;
  found.textContent = !words.trim() ? "" : hits.length ? `${at + 1} of ${count}` : "Nothing found";
  if (hits[at]) visit(hits[at].block, hits[at].range);
}

/** The first hit at or behind what is being read. */
function nearest(all) {
  const reading = web.reading();
  const index = reading ? all.findIndex(({ block }) => block === reading || reading.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
  return Math.max(0, index);
}

export function open() {
  bar.hidden = false;
  byId("open-find").ariaExpanded = "true";
  query.focus();
  query.select();
  if (query.value) look(0);
}

export function close() {
  bar.hidden = true;
  byId("open-find").ariaExpanded = "false";
  const doc = web.document_();
  doc?.defaultView.CSS.highlights?.clear();
  hits = [];
}

export const step = look;

export const isOpen = () => !bar.hidden;

let typing = 0;
query.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { at = -1; look(0); }, 120); });
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); look(-1); }
});
bar.addEventListener("submit", (event) => { event.preventDefault(); look(1); });
byId("previous").addEventListener("click", () => look(-1));
// After an edit the hits are other ones; the reader stays.
document.addEventListener("web-changed", () => {
  const doc = web.document_(), words = fold(query.value).folded;
  if (bar.hidden || !doc || !words.trim()) return;
  hits = search(doc, words);
  at = Math.min(at, hits.length - 1);
  mark(doc);
  found.textContent = hits.length ? `${at + 1} of ${hits.length}` : "Nothing found";
  if (!hits.length) announce("Nothing found");
});
