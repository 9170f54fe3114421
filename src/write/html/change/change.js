"use strict";
(() => {
  const root = document.documentElement, body = document.body, main = document.getElementById("_main");
  const panel = document.getElementById("_changes"), bar = document.getElementById("_changes-bar");
  if (!panel || !bar) return;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const entries = all("#_changes-list>li", panel);
  const at = bar.querySelector(".changes-at"), toggle = bar.querySelector(".changes-toggle");
  const kind = document.getElementById("_changes-kind"), section = document.getElementById("_changes-section");
  const none = panel.querySelector(".changes-none"), views = all("input", bar);
  bar.hidden = false;
  panel.querySelector(".changes-filters").hidden = false;
  const wide = matchMedia("(min-width:88rem)");
  let current = null;

  // Where a change is to be seen in the view that is shown.
  const visible = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
  const places = (number) => all(`[data-change="${number}"]`, main).filter(visible);
  const listed = () => entries.filter((entry) => !entry.hidden && (root.dataset.view !== "final" || places(entry.dataset.number).length));
  const say = () => {
    const among = listed(), index = among.indexOf(current);
    const words = body.dataset.position.replace("{m}", among.length).replace("{n}", index + 1);
    at.textContent = index < 0 ? `${toggle.textContent} ${among.length}` : words;
  };

  // To a change: its place is shown, named and remembered in the address.
  const show = (entry, place, focus) => {
    if (current) current.removeAttribute("aria-current");
    all(".current", main).forEach((node) => node.classList.remove("current"));
    current = entry;
    entry.setAttribute("aria-current", "true");
    const number = entry.dataset.number, found = places(number);
    found.forEach((node) => node.classList.add("current"));
    const target = found.includes(place) ? place : found[0];
    if (target) {
      for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      target.scrollIntoView({ block: "center", inline: "nearest" });
      if (focus) {
        target.tabIndex = -1;
        target.focus({ preventScroll: true });
      }
    }
    if (panel.scrollHeight > panel.clientHeight) {
      const gap = entry.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      if (gap < 32 || gap > panel.clientHeight - 96) panel.scrollTop += gap - panel.clientHeight / 3;
    }
    say();
  };
  const step = (by, focus) => {
    const among = listed();
    if (!among.length) return;
    let index = among.indexOf(current);
    if (index < 0) {
      // From where the reader is.
      // At the top all is still to come, what stands high on the cover included.
      const after = scrollY < 8 ? 0 : among.findIndex((entry) => {
        const place = places(entry.dataset.number)[0];
        return place && place.getBoundingClientRect().top > innerHeight * 0.3;
      });
      const ahead = after < 0 ? among.length : after;
      index = by > 0 ? ahead - 1 : ahead;
    }
    const entry = among[(index + by + among.length) % among.length];
    history.replaceState(null, "", `#change-${entry.dataset.number}`);
    show(entry, null, focus);
  };
  all("[data-step]", bar).forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step), false)));

  // A permalink: whatever hides the change gives way.
  const follow = (focus) => {
    const named = /^#_?change-(\d+)(-other)?$/.exec(location.hash);
    const entry = named && entries.find((each) => each.dataset.number === named[1]);
    if (!entry) return;
    if (entry.hidden) { kind.value = section.value = ""; filter(); }
    if (root.dataset.view === "final" && !places(named[1]).length) look("marked");
    show(entry, document.getElementById(`change-${named[1]}${named[2] || ""}`), focus);
  };
  addEventListener("hashchange", () => { if (!location.hash.startsWith("#_")) follow(true); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.classList.contains("change-number")) {
      // To the entry in the list, which opens.
      open(true);
      panel.querySelector(".changes-all").open = true;
      const entry = document.getElementById(link.hash.slice(1));
      if (entry && entry.hidden) { kind.value = section.value = ""; filter(); }
      if (!entry) return;
      event.preventDefault();
      show(entry, link.closest("[data-change]"), false);
      entry.firstElementChild.focus({ preventScroll: true });
      entry.scrollIntoView({ block: "nearest" });
    } else {
      if (panel.contains(link) && !inColumn()) open(false);
      // The address stays as it is: the browser tells nobody.
      if (link.hash === location.hash && link.hash.startsWith("#change-")) follow(true);
    }
  });

  // Keys, unless they are switched off, and not while something is typed or chosen.
  const keys = document.getElementById("_changes-keys");
  const named = all("[aria-keyshortcuts]", bar).map((button) => [button, button.getAttribute("aria-keyshortcuts"), button.getAttribute("aria-label")]);
  const remembered = "rapporteur.keys";
  const switched = () => named.forEach(([button, key, name]) => {
    if (keys.checked) button.setAttribute("aria-keyshortcuts", key);
    else button.removeAttribute("aria-keyshortcuts");
    button.title = keys.checked ? `${name} (${key})` : name;
  });
  try { keys.checked = localStorage.getItem(remembered) !== "off"; } catch { /* Nothing is kept here. */ }
  switched();
  keys.addEventListener("change", () => {
    try { localStorage.setItem(remembered, keys.checked ? "on" : "off"); } catch { /* Nothing is kept here. */ }
    switched();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && panel.contains(document.activeElement) && !inColumn()) {
      open(false);
      toggle.focus();
      return;
    }
    if (!keys.checked || event.shiftKey || event.target.closest("input:not([type=radio]),select,textarea,[contenteditable]")) return;
    if (event.code === "KeyN") step(1, true);
    else if (event.code === "KeyP") step(-1, true);
  });

  // Filters.
  const filter = () => {
    entries.forEach((entry) => {
      entry.hidden = (kind.value && entry.dataset.kind !== kind.value) || (section.value && entry.dataset.section !== section.value);
    });
    const left = entries.some((entry) => !entry.hidden);
    none.textContent = left ? "" : body.dataset.noMatch;
    if (current && current.hidden) {
      current.removeAttribute("aria-current");
      all(".current", main).forEach((node) => node.classList.remove("current"));
      current = null;
    }
    say();
  };
  kind.addEventListener("change", filter);
  section.addEventListener("change", filter);

  // The list: a column where there is room, else a drawer.
  const inColumn = () => wide.matches && root.dataset.view !== "sides";
  const open = (yes) => {
    root.dataset.changes = yes ? "open" : "closed";
    toggle.setAttribute("aria-expanded", String(yes));
  };
  toggle.addEventListener("click", () => {
    const yes = root.dataset.changes !== "open";
    open(yes);
    if (yes) panel.focus({ preventScroll: true });
  });
  const settle = () => open(inColumn());
  wide.addEventListener("change", settle);

  // Views: marked, both versions side by side, the final text.
  const columns = () => all(".report>.part,.cover-text,.notes>ol", main);
  const marks = "ins,del,[data-change]";
  const part = () => columns().forEach((column) => {
    [body.dataset.before, body.dataset.after].reverse().forEach((word) => {
      const head = document.createElement("p");
      head.className = "sides-head";
      head.textContent = word;
      column.prepend(head);
    });
    [...column.children].filter((child) => !child.classList.contains("sides-head")).forEach((child) => {
      const copy = child.cloneNode(true);
      [copy, ...all("[id],[aria-labelledby],[headers]", copy)].forEach((node) => ["id", "aria-labelledby", "headers"].forEach((name) => node.removeAttribute(name)));
      copy.classList.add("was");
      child.classList.add("is");
      if (child.matches(marks) || child.querySelector(marks)) {
        copy.dataset.side = body.dataset.before;
        child.dataset.side = body.dataset.after;
      } else {
        copy.inert = true;
      }
      if (child.matches("ins,.inserted")) copy.classList.add("absent");
      if (child.matches("del,.deleted")) child.classList.add("absent");
      child.before(copy);
    });
  });
  const join = () => {
    all(".was,.sides-head", main).forEach((node) => node.remove());
    all(".is", main).forEach((node) => {
      node.classList.remove("is", "absent");
      delete node.dataset.side;
    });
  };
  const look = (view) => {
    const before = root.dataset.view;
    if (before === view) return;
    if (before === "sides") join();
    root.dataset.view = view;
    if (view === "sides") part();
    views.forEach((input) => { input.checked = input.value === view; });
    settle();
    document.dispatchEvent(new Event("changed"));
    if (current) show(current, null, false);
    say();
  };
  views.forEach((input) => input.addEventListener("change", () => { if (input.checked) look(input.value); }));
  addEventListener("beforeprint", () => look("marked"));

  look("marked");
  follow(false);
})();
