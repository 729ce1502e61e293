// Screens of the hall: each asks for its picture, and the one that stands goes only when the next one is drawn.
"use strict";
(() => {
  let ahead = 0; // ms that the clock of the house is ahead of the clock here
  const pad = (number) => String(number).padStart(2, "0");
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.round((Date.parse(clock.dataset.until) - Date.now() - ahead) / 1000));
      const hours = Math.floor(left / 3600);
      const words = `${hours ? `${hours}:` : ""}${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`;
      if (clock.textContent !== words) clock.textContent = words;
      clock.classList.toggle("soon", left > 0 && left <= 60);
      clock.classList.toggle("over", left === 0);
    }
  };
  const follow = (screen) => {
    const lost = document.querySelector("[data-lost]");
    let tag = "";
    let since = null;
    let busy = false;
    const put = async (text) => {
      const next = document.createElement("div");
      next.className = "hall-frame coming";
      next.innerHTML = text;
      next.dataset.frame = "";
      // Decoded and laid out above the old picture, unseen; a picture that does not come leaves the old one standing.
      await Promise.all([...next.querySelectorAll("img")].map((one) => one.decode()));
      screen.append(next);
      tick();
      await document.fonts.ready;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      next.classList.remove("coming");
      // The old picture goes when the new one stands in full, however slow this machine is; a timer would not know.
      getComputedStyle(next).opacity;
      await Promise.all(next.getAnimations().map((fade) => fade.finished));
      for (const old of screen.querySelectorAll("[data-frame]")) if (old !== next) old.remove();
      screen.dispatchEvent(new CustomEvent("shown"));
    };
    const ask = async () => {
      if (busy) return;
      busy = true;
      try {
        const headers = tag ? { "If-None-Match": tag } : {};
        const answer = await fetch(screen.dataset.screen, { headers, cache: "no-store", redirect: "manual" });
        if (answer.type === "opaqueredirect") throw new Error("signed out");
        const now = Number(answer.headers.get("X-House-Time"));
        if (now) ahead = now - Date.now();
        if (answer.status === 200) {
          const text = await answer.text();
          if (screen.dataset.shown !== text) await put(text);
          screen.dataset.shown = text;
          tag = answer.headers.get("ETag") || "";
        } else if (answer.status !== 304) throw new Error(String(answer.status));
        since = null;
        if (lost && lost.textContent) lost.textContent = "";
      } catch {
        // The last picture stays: a hall sees no error page, the operator a line in the corner.
        since = since || new Date();
        const words = `${screen.dataset.wordsLost} ${since.toLocaleTimeString(document.documentElement.lang)}`;
        if (lost && lost.textContent !== words) lost.textContent = words;
      } finally {
        busy = false;
      }
    };
    const frame = screen.querySelector("[data-frame]");
    if (frame) screen.dataset.shown = frame.innerHTML;
    screen.addEventListener("ask", ask);
    ask();
    setInterval(ask, Number(screen.dataset.every));
  };
  document.querySelectorAll("[data-screen]").forEach(follow);
  setInterval(tick, 250);
  tick();

  const turn = (form, pages) => {
    const body = new FormData(form);
    body.set("turn", String(pages));
    fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).then(() => {
      if (form.closest("[data-control]")) location.reload();
      else document.querySelectorAll("[data-screen]").forEach((one) => one.dispatchEvent(new Event("ask")));
    });
  };
  const turns = () => {
    const all = document.querySelectorAll("form[data-turns]");
    const here = document.activeElement && document.activeElement.closest("[data-control]");
    return (here && here.querySelector("form[data-turns]")) || (all.length === 1 ? all[0] : null);
  };
  const PAGES = { PageDown: 1, PageUp: -1 };
  const ALONE = { ...PAGES, ArrowRight: 1, ArrowDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1 };
  const alone = document.querySelector(".hall");
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (alone && (event.key === "f" || event.key === "F")) { event.preventDefault(); full(); return; }
    const pages = (alone ? ALONE : PAGES)[event.key];
    const form = pages && turns();
    if (form) { event.preventDefault(); turn(form, pages); }
  });
  const hint = document.querySelector("[data-hint]");
  if (hint) setTimeout(() => hint.classList.add("gone"), 8000);
})();
