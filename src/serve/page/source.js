// Where a paragraph comes from: its file and line, and the address at which the editor opens it.
import { announce, byId } from "./dom.js";

const handle = byId("handle"), link = byId("handle-link"), view = byId("view");
let settings = { editor: "", root: "" };

export function settle(state) {
  settings = { editor: state.editor ?? settings.editor, root: state.root ?? settings.root };
}

/** The editor's address for a place. */
export function address(place) {
  const path = `${settings.root}/${place.file}`.split("/").map(encodeURIComponent).join("/").replace(/%3A/gi, ":");
  return settings.editor.replaceAll("{path}", path.replace(/^\//, settings.editor.includes("/{path}") ? "" : "/"))
    .replaceAll("{line}", place.line ?? 1).replaceAll("{column}", place.column ?? 1);
}

export const shown = (place) => `${place.file}${place.line ? `:${place.line}` : ""}`;

/** Makes a link of a place. */
export function lead(anchor, place) {
  anchor.textContent = shown(place);
  anchor.href = address(place);
  anchor.title = "Open in the editor";
  anchor.hidden = false;
}

/** Opens a place in the editor. */
export function open(place) {
  announce(`Opening ${shown(place)}`);
  location.assign(address(place));
}

/** Shows the handle of a place at a point of the view, its end edge there. */
export function point(place, right, top) {
  lead(link, place);
  handle.hidden = false;
  const room = handle.getBoundingClientRect(), within = view.getBoundingClientRect();
  handle.style.left = `${Math.max(4, Math.min(right, within.width) - room.width - 8)}px`;
  handle.style.top = `${Math.max(4, Math.min(top, within.height - room.height - 4))}px`;
}

export function hide() {
  if (!handle.contains(document.activeElement)) handle.hidden = true;
}
