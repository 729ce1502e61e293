// Small helps for all pages. Every page works without them, but for the live ones.
"use strict";
document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-theme-switch]");
  if (theme) {
    const root = document.documentElement;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    try { localStorage.setItem("daihoi-theme", root.dataset.bsTheme); } catch { /* kept for this page alone */ }
  }
  // A menu of <details> closes when the click went elsewhere.
  for (const menu of document.querySelectorAll("details.list-columns[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("change", (event) => {
  // Columns of a list: their names go into the address, in the order of the list.
  const menu = event.target.closest("[data-columns]");
  if (!menu) return;
  const names = [...menu.querySelectorAll("[data-column]:checked")].map((box) => box.dataset.column);
  const address = new URL(location.href);
  address.searchParams.set("columns", names.join(","));
  location.assign(address);
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.querySelector("#list-q") || document.querySelector("#search-q");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  }
  if (event.key === "?" && !typing) { const help = document.querySelector("[data-help]"); if (help) help.click(); }
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.list-columns[open]")) menu.open = false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    // From the search of a list into its rows, and from row to row by their links.
    const links = [...document.querySelectorAll("#list tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
    const here = links.indexOf(document.activeElement);
    const there = here + (event.key === "ArrowDown" ? 1 : -1);
    if (here < 0 && !(event.target.id === "list-q" && event.key === "ArrowDown")) return;
    const next = there < 0 ? document.querySelector("#list-q") : links[there];
    if (next) { event.preventDefault(); next.focus(); }
  }
});
document.addEventListener("submit", (event) => {
  // A form is sent once: a second press while it is under way would be a second act.
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

// Of tabs that are wider than the window the one that is open is seen.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.scrollIntoView({ block: "nearest", inline: "center" });

// The menu stands open beside a wide page and folds above a narrow one.
(() => {
  const menu = document.querySelector("[data-rail]");
  if (!menu) return;
  const narrow = matchMedia("(max-width: 800px)");
  const fit = () => { menu.open = !narrow.matches; menu.dataset.ready = "1"; };
  narrow.addEventListener("change", fit);
  fit();
})();
