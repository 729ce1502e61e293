// Lays the page of this station and all that it is drawn from into the browser, so that it opens again without the house:
// the shell, which tells nothing of anybody, and static files. Works where service workers do: by https, or on one machine.
"use strict";
(() => {
  const page = document.querySelector("[data-station]");
  if (!page) return;
  const CACHE = "daihoi-station";
  const told = page.querySelector("[data-kept]");
  const say = (words, good) => { told.textContent = words; told.classList.toggle("good", good); };

  const files = () => {
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    const linked = [...document.querySelectorAll("script[src], link[href]")].map((one) => one.src || one.href);
    const drawn = [...document.querySelectorAll("use")].map((one) => new URL(one.getAttribute("href"), location.href).href);
    // Letters that were not needed yet may be in the name that is shown next.
    const fonts = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => new URL(/url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))[1], sheet.href).href));
    const found = [...loaded, ...linked, ...drawn, ...fonts].map((address) => address.split("#")[0]);
    return new Set(found.filter((address) => address.startsWith(`${location.origin}/static/`)));
  };
  const lay = async (cache, address) => {
    const answer = await fetch(address, { redirect: "error" });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    await cache.put(address, answer);
  };
  const keep = async () => {
    const cache = await caches.open(CACHE);
    const wanted = files();
    await Promise.all([...wanted].map(async (address) => { if (!(await cache.match(address))) await lay(cache, address); }));
    await lay(cache, new URL(page.dataset.shell, location.href).href);
    for (const { url } of await cache.keys()) if (url.startsWith(`${location.origin}/static/`) && !wanted.has(url)) await cache.delete(url);
  };
  const isKept = async () => Boolean(await caches.match(new URL(page.dataset.shell, location.href).href));

  (async () => {
    try {
      await navigator.serviceWorker.register(page.dataset.worker);
      await navigator.serviceWorker.ready;
      await document.fonts.ready;
      try { await keep(); } catch (problem) { if (!(await isKept())) throw problem; }
      say(page.dataset.wordsKeptPage, true);
    } catch { say(page.dataset.wordsNotKept, false); }
    // Else a browser that is short of room may throw scans away that wait.
    try { await navigator.storage.persist(); } catch { /* it keeps them as long as it can */ }
  })();
})();
