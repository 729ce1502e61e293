// The table of the board: one key a decision; the whole page one key away. Every key stands on a button.
"use strict";
(() => {
  const SEEN_MS = 250;
  const desk = () => document.querySelector("[data-desk]");
  const typing = (place) => place.matches("input, textarea, select, [contenteditable]");
  const page = (button) => {
    const image = document.querySelector("[data-page]");
    if (!image) return;
    if (!image.src) image.src = button.dataset.wholePage;
    image.hidden = !image.hidden;
    button.setAttribute("aria-expanded", String(!image.hidden));
    if (!image.hidden) image.scrollIntoView({ block: "nearest" });
  };
  // A second press, of a key or the mouse, is no answer to the question that came in between: answers wait until its
  // pictures are there and an eye could have seen them.
  let shown = 0;
  const ready = () => {
    const pictures = desk()?.querySelectorAll(".desk-crop, .desk-page[src]") ?? [];
    return [...pictures].every((one) => one.complete) && performance.now() - shown >= SEEN_MS;
  };
  const tell = () => {
    if (ready()) desk()?.setAttribute("data-ready", "1"); else setTimeout(tell, 20);
  };
  const look = () => {
    shown = performance.now();
    tell();
  };
  // Before any other listener: what is not ready takes no answer, by whichever hand.
  document.addEventListener("click", (event) => {
    const early = event.target.closest("[data-desk] button[type=submit]");
    if (early && !desk().dataset.ready) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-whole-page]");
    if (button) page(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });
  document.addEventListener("htmx:afterSwap", () => {
    look();
    document.querySelector("[data-desk] .desk-name")?.focus({ preventScroll: true });
  });
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failed, () => { const told = document.querySelector("[data-unsent]"); if (told) told.hidden = false; });
  }
  look();
})();
