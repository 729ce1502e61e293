// Dark or light before anything is drawn: as this browser was told, else as the machine is set.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("with-script");
  let told = null;
  try { told = localStorage.getItem("daihoi-theme"); } catch { /* a browser that keeps nothing */ }
  const dark = told ? told === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = dark ? "dark" : "light";
})();
