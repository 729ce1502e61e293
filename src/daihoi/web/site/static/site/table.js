// The table of the board: one key a decision; the whole page one key away. Every key stands on a button.
"use strict";
(() => {
  const typing = (place) => place.matches("input, textarea, select, [contenteditable]");
  const page = (button) => {
    const image = document.querySelector("[data-page]");
    if (!image) return;
    if (!image.src) image.src = button.dataset.wholePage;
    image.hidden = !image.hidden;
    button.setAttribute("aria-expanded", String(!image.hidden));
    if (!image.hidden) image.scrollIntoView({ block: "nearest" });
  };
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
  // A table with nothing on it looks again by itself: questions come while pages are read.
  const again = document.querySelector("[data-look-again]");
  if (again) setTimeout(() => location.reload(), 3000);
})();
