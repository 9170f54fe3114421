// Turns one tree into another and keeps every node that can stay: with it stay focus, selection and what is unfolded.

/** What the report's own script or the reader has set, and no new state takes away. */
const KEPT = new Set(["open", "style", "aria-current", "aria-haspopup", "tabindex"]);

/** Makes `old` like `fresh`; both are of one name. */
export function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name, value } of [...fresh.attributes]) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.nodeName === "SCRIPT") return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  children(old, fresh);
}

/** Two nodes of which one can become the other. */
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.dataset?.region === b.dataset?.region);

function children(old, fresh) {
  const before = [...old.childNodes], after = [...fresh.childNodes];
  let start = 0, end = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start].isEqualNode(after[start])) start++;
  while (end < most - start && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end++;
  replace(old, before.slice(start, before.length - end), after.slice(start, after.length - end), before[before.length - end] ?? null);
}

/** Makes `after` of the children `before`, which stand in a row before `next`. Returns those that are new or differ. */
export function replace(parent, before, after, next) {
  // Equal nodes stay, in order; what lies between them is made alike pair by pair.
  const markup = (node) => node.outerHTML ?? node.nodeValue, places = new Map();
  before.forEach((node, at) => { const key = markup(node); if (!places.has(key)) places.set(key, []); places.get(key).push(at); });
  const changed = [];
  let from = 0, run = [];
  const settle = (until, anchor) => {
    const old = before.slice(from, until);
    run.forEach((node, at) => {
      const match = old[at] && alike(old[at], node) ? old[at] : null;
      const placed = match ?? parent.ownerDocument.importNode(node, true);
      if (match) morph(match, node);
      else if (old[at]) old[at].replaceWith(placed);
      else parent.insertBefore(placed, anchor);
      changed.push(placed);
    });
    old.slice(run.length).forEach((node) => node.remove());
    run = [];
  };
  for (const node of after) {
    const at = places.get(markup(node))?.find((place) => place >= from);
    if (at === undefined) { run.push(node); continue; }
    settle(at, before[at]);
    from = at + 1;
  }
  settle(before.length, next);
  return changed;
}
