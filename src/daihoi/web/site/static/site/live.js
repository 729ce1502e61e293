// A part of a page that asks for itself every five seconds; while the answer is the same, nothing on the page moves.
"use strict";
(() => {
  const part = document.querySelector("[data-live]");
  if (!part) return;
  const lost = document.querySelector("[data-live-lost]");
  const EVERY = Number(part.dataset.liveEvery) || 5000;
  let tag = "";
  let since = null;
  const say = (words) => { if (lost.textContent !== words) lost.textContent = words; };
  const ask = async () => {
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(part.dataset.live, { headers, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect") { location.reload(); return; }
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") || "";
        const text = await answer.text();
        if (part.dataset.shown !== text) { part.innerHTML = text; part.dataset.shown = text; }
      } else if (answer.status !== 304) throw new Error(String(answer.status));
      since = null;
      say("");
    } catch {
      since = since || new Date();
      say(`${part.dataset.wordsLost} ${since.toLocaleTimeString(document.documentElement.lang)}`);
    }
  };
  // 300 pages that were opened at once must not ask at once for ever.
  setTimeout(() => { ask(); setInterval(() => { if (!document.hidden) ask(); }, EVERY); }, Math.random() * EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
})();
