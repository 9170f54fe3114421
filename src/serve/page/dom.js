// Small ways with the document.

export const byId = (id) => document.getElementById(id);

/** An element with properties and children. Text stays text. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const said = byId("announce");

/** Says something to a screen reader, when it is done with what it is saying. */
export function announce(text) {
  said.textContent = text;
}

export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Lets something changed glow; where motion is not wanted, it is marked and then no longer is. */
export function glow(element, color) {
  const frames = [{ backgroundColor: color, boxShadow: `0 0 0 .35rem ${color}` }, { backgroundColor: "transparent", boxShadow: "0 0 0 .35rem transparent" }];
  element.animate(still.matches ? [frames[0], frames[0]] : frames, { duration: 1600, easing: "ease-in" });
}

/** Text whose parts in backticks are code, as messages have them. */
export const worded = (text) => text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));

export const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
