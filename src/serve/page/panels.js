// What stands beside the report: contents, problems, downloads, the line below and the banner above.
import { announce, byId, make, plural, worded } from "./dom.js";
import * as source from "./source.js";

/** Title, counts, and whether what is shown is the newest. */
export function tell(state) {
  const { errors = 0, warnings = 0 } = state.problems ?? {}, count = errors + warnings;
  document.title = `${count ? `(${count}) ` : ""}${state.title || "Preview"}`;
  byId("title").textContent = state.title || "Preview";
  const label = byId("label");
  label.hidden = !state.label;
  label.textContent = state.label ?? "";
  const number = byId("problem-count");
  number.hidden = !count;
  number.replaceChildren(count.toLocaleString("en"), make("span", { className: "unseen" }, `: ${both(errors, warnings)}`));
  number.classList.toggle("faults", errors > 0);
  line("took", state.took === null || state.took === undefined ? "" : `Built in ${state.took < 1000 ? `${Math.max(1, Math.round(state.took))} ms` : `${(state.took / 1000).toFixed(1)} s`}`);
  line("words", state.words ? plural(state.words, "word", "words") : "");
  line("page-count", state.pages ? plural(state.pages, "page", "pages") + (state.settled ? "" : " …") : state.settled === false ? "Pages are being laid out" : "");
}

const both = (errors, warnings) => [errors && plural(errors, "error", "errors"), warnings && plural(warnings, "warning", "warnings")].filter(Boolean).join(" and ");

function line(id, text) {
  byId(id).hidden = !text;
  byId(id).textContent = text;
}

/** A fault never blanks the page: it says what is wrong, and where. */
export function banner(state) {
  const { fault } = state, element = byId("banner");
  element.hidden = !fault;
  if (!fault) return;
  byId("banner-what").textContent = state.web?.to === undefined || state.web?.to === null ? "The report cannot be built yet." : "What you see is the last good state.";
  const others = fault.more ? ` and ${plural(fault.more, "more error", "more errors")}` : "";
  byId("banner-why").replaceChildren(...worded(fault.message.charAt(0).toUpperCase() + fault.message.slice(1) + others));
  const where = byId("banner-where");
  where.hidden = !fault.place;
  if (fault.place) source.lead(where, fault.place);
}

let told = null;

/** Says politely what has come of a save. */
export function report(state, changed) {
  const { errors = 0, warnings = 0 } = state.problems ?? {};
  const now = state.fault ? `Not built. ${state.fault.message}${state.fault.place ? `, ${source.shown(state.fault.place)}` : ""}`
    : `${changed ? "Updated" : "Unchanged"}${errors + warnings ? `, ${both(errors, warnings)}` : ""}`;
  if (changed || now !== told) announce(now);
  told = now;
}

export function connection(value) {
  const names = { connecting: "Connecting", connected: "Connected", reconnecting: "Reconnecting" };
  const element = byId("connection");
  if (element.dataset.state === value) return;
  if (element.dataset.state !== "connecting") announce(names[value]);
  element.dataset.state = value;
  byId("connection-name").textContent = names[value];
}

/** Problems as on the terminal: what, where, the lines, what to do. */
export function problems(list, more) {
  byId("no-problems").hidden = list.length > 0;
  const items = list.map((problem) => {
    const item = make("li", { className: problem.severity });
    const head = make("h3", {}, make("span", { className: "kind" }, `${problem.severity}[${problem.code}]`), ": ", ...worded(problem.message));
    item.append(head);
    if (problem.place) item.append(where(problem.place));
    if (problem.excerpt) item.append(excerpt(problem.excerpt));
    for (const hint of problem.hints) item.append(make("p", { className: "hint" }, ...worded(hint)));
    for (const other of problem.related) item.append(make("p", { className: "related" }, ...worded(other.message), ": ", where(other.place)));
    return item;
  });
  if (more) items.push(make("li", {}, ...worded(`and ${plural(more, "more", "more")}; \`rapporteur build\` lists every one`)));
  byId("problem-list").replaceChildren(...items);
}

function where(place) {
  const anchor = make("a", { className: "place" });
  source.lead(anchor, place);
  return anchor;
}

function excerpt({ line: first, text, from, to }) {
  const element = make("pre"), lines = text.split("\n"), width = String(first + lines.length - 1).length;
  let offset = 0;
  lines.forEach((content, at) => {
    const start = Math.max(0, Math.min(content.length, from - offset)), end = Math.max(start, Math.min(content.length, to - offset));
    element.append(make("i", {}, `${String(first + at).padStart(width)} │ `), content.slice(0, start), make("mark", {}, content.slice(start, end)), content.slice(end), "\n");
    offset += content.length + 1;
  });
  return element;
}

let offered = "";

/** The current files. */
export function files(list) {
  const offer = JSON.stringify(list);
  if (offer === offered) return;
  offered = offer;
  byId("downloads").hidden = !list.length;
  const kinds = { pdf: "as published", docx: "for Word", html: "one page" };
  byId("files").replaceChildren(...list.map(({ format }) => make("li", {}, make("a", { href: `/files/${format}`, download: "" },
    format.toUpperCase(), make("small", {}, kinds[format] ?? "")))));
}

/** Contents from the page's headings, which are returned; `visit` is called with the one that is chosen. */
export function outline(doc, visit) {
  const headings = [...doc.querySelectorAll("[data-region^=part] > .heading")];
  const items = headings.map((heading) => {
    const named = heading.querySelector("h2,h3,h4,h5,h6,[role=heading]"), level = Number(/level-(\d)/.exec(heading.className)?.[1] ?? /^H(\d)$/.exec(named?.tagName ?? "")?.[1] - 1) || 1;
    const anchor = named?.id || heading.id, text = heading.querySelector(".text")?.textContent ?? named?.textContent ?? "";
    const link = make("a", { href: `#${anchor}`, className: `level-${level}` });
    const before = heading.querySelector(".number")?.textContent.trim();
    if (before) link.append(make("span", { className: "number" }, before));
    link.append(make("span", {}, text.trim()));
    link.addEventListener("click", (event) => { event.preventDefault(); visit(heading); });
    return make("li", {}, link);
  });
  byId("outline").replaceChildren(...items);
  return headings;
}

/** Which heading is being read. */
export function here(index) {
  const links = [...byId("outline").querySelectorAll("a")];
  links.forEach((link, at) => (at === index ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
  links[index]?.scrollIntoView({ block: "nearest" });
}
