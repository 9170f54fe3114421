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

/** What nobody waits for: once there is nothing else to do, or soon in any case. Returns a number that is not 0. */
export const whenIdle = (task) => (window.requestIdleCallback ? requestIdleCallback(task, { timeout: 200 }) : setTimeout(task, 50));

export const still = matchMedia("(prefers-reduced-motion: reduce)");

const HELD = 700, FADING = 350;

/** Lets something changed glow: it holds its colour, then fades; where motion is not wanted, the colour goes at once. A
 * colour that changed all the while would be painted all the while, in the way of the next save. */
export function glow(element, frames, options = {}) {
  element.animate(still.matches ? [frames[0], frames[0]] : frames, { delay: HELD, duration: FADING, fill: "backwards", easing: "ease-in", ...options });
}

/** Text whose parts in backticks are code, as messages have them. */
export const worded = (text) => text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));

export const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
