// Opens the page of a station again while the house cannot be reached. It keeps nothing by itself: the page lays its shell
// and its static files into the cache (station_kept.js), and whatever is not there goes to the house as ever.
"use strict";
const CACHE = "daihoi-station";
const PATIENCE = 4000;
const AWAY = [502, 503, 504];
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (address) => (await caches.open(CACHE)).match(address);
const open = async (request) => {
  const shell = await kept(`${new URL(request.url).pathname}shell/`);
  if (!shell) return fetch(request);
  // A house that is switched off refuses at once; behind a cable that was pulled out nobody refuses.
  const late = new Promise((_done, refuse) => { setTimeout(() => refuse(new Error("late")), PATIENCE); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    return AWAY.includes(answer.status) ? shell : answer;
  } catch { return shell; }
};
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (/\/check-in\/\d+\/$/.test(address.pathname)) event.respondWith(open(request));
  } else if (address.pathname.startsWith("/static/")) {
    // The address of a static file changes with the version: what is kept under it is what the house would give.
    event.respondWith(kept(address.href).then((answer) => answer || fetch(request)));
  }
});
