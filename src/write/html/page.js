"use strict";
(() => {
  const root = document.documentElement, body = document.body;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  // A preview replaces parts of the page, and says so by an event `changed`.
  const renew = [];
  document.addEventListener("changed", () => renew.forEach((again) => again()));
  root.classList.add("js");

  // Contents: folded on a narrow screen, a mark at the section that is being read.
  const fold = document.querySelector(".contents details");
  if (fold) {
    const narrow = matchMedia("(max-width:63.99rem)");
    const settle = () => { fold.open = !narrow.matches; };
    narrow.addEventListener("change", settle);
    settle();
    const here = fold.querySelector(".contents-here");
    let links, places, current;
    const gather = () => {
      links = all("a", fold).filter((link) => !link.closest(".list-of"));
      places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
      current = null;
    };
    gather();
    const follow = () => {
      let index = -1;
      places.forEach((place, i) => { if (place && place.getBoundingClientRect().top < Math.min(128, innerHeight * 0.3)) index = i; });
      const link = links[index] || null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      here.textContent = link ? link.textContent.trim() : "";
      if (!link) return;
      link.setAttribute("aria-current", "location");
      const box = narrow.matches ? null : fold;
      if (box && box.scrollHeight > box.clientHeight) {
        const gap = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
        if (gap < 48 || gap > box.clientHeight - 64) box.scrollTop += gap - box.clientHeight / 3;
      }
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; follow(); });
    }, { passive: true });
    follow();
    renew.push(gather, follow);
    document.addEventListener("click", (event) => {
      if (!narrow.matches || !fold.open) return;
      if (!fold.contains(event.target) || event.target.closest(".contents a")) fold.open = false;
    });
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !narrow.matches || !fold.open) return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
  }

  // Only what scrolls is a stop for the keyboard.
  const measure = () => all(".scroll").forEach((frame) => {
    if (frame.scrollWidth > frame.clientWidth + 1) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  });
  measure();
  addEventListener("resize", measure);
  renew.push(measure);
  if (document.fonts) document.fonts.ready.then(measure);
  addEventListener("beforeprint", () => all("main details").forEach((details) => { details.open = true; }));

  // Links to headings and paragraphs: copied as they are followed.
  const status = document.getElementById("_status");
  let fading = 0;
  const announce = (text) => {
    clearTimeout(fading);
    status.textContent = text;
    fading = setTimeout(() => { status.textContent = ""; }, 4000);
  };
  const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink");
    if (!link || !plain(event) || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(() => announce(body.dataset.copied), () => {});
  });

  // Notes in place: a copy of the note, beside its reference.
  if (!HTMLElement.prototype.showPopover) return;
  const pop = document.createElement("div");
  pop.className = "note-pop";
  pop.popover = "auto";
  pop.tabIndex = -1;
  pop.setAttribute("role", "dialog");
  pop.setAttribute("aria-labelledby", "_note-name");
  const bar = document.createElement("div"), name = document.createElement("span"), close = document.createElement("button");
  bar.className = "note-pop-bar";
  name.id = "_note-name";
  close.type = "button";
  close.textContent = body.dataset.close;
  close.addEventListener("click", () => pop.hidePopover());
  bar.append(name, close);
  const content = document.createElement("div");
  pop.append(bar, content);
  body.append(pop);
  const stand = (reference) => {
    const at = reference.getBoundingClientRect(), room = pop.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, root.clientWidth - room.width - 16));
    const below = at.bottom + 8, above = at.top - room.height - 8;
    const top = below + room.height > innerHeight && above > 0 ? above : below;
    pop.style.left = `${left + scrollX}px`;
    pop.style.top = `${top + scrollY}px`;
  };
  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a[role=doc-noteref]");
    if (!reference || !plain(event)) return;
    const note = document.getElementById(decodeURIComponent(reference.hash.slice(1)));
    if (!note) return;
    event.preventDefault();
    const again = pop.contains(reference);
    name.textContent = `${body.dataset.note} ${reference.textContent}`;
    content.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
    content.lang = (note.closest("[lang]") || root).lang;
    all("[id]", content).forEach((node) => node.removeAttribute("id"));
    if (!again) {
      if (pop.matches(":popover-open")) pop.hidePopover();
      reference.focus();
      pop.showPopover();
      stand(reference);
    }
    pop.scrollTop = 0;
    pop.focus({ preventScroll: true });
  });
  const label = () => all("a[role=doc-noteref]").forEach((reference) => reference.setAttribute("aria-haspopup", "dialog"));
  label();
  renew.push(label);
})();
