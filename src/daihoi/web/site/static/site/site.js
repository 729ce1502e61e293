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
    const field = document.querySelector("#list-q, #search-q");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  }
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details[open]")) menu.open = false;
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
