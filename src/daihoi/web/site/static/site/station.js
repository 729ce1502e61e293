// The page of a check-in station: a field that a USB scanner types into, a camera, and a queue that outlives the network.
"use strict";
(() => {
  const page = document.querySelector("[data-station]");
  if (!page) return;
  const words = page.dataset;
  const at = (name) => page.querySelector(`[data-${name}]`);
  const field = document.getElementById("scan-code");
  const station = document.getElementById("station-name");
  const queue = new window.StationQueue(words.session);
  const AT_ONCE = 50;
  const PATIENCE = 8000;
  const RETRY = 2000;
  // A page that the browser kept has no token: the house refuses, and is asked for one.
  let token = (document.querySelector("[name=csrfmiddlewaretoken]") || { value: "" }).value;
  let sending = false;
  let shown = "";
  let counted = 0;

  const kept = (name, value) => {
    try { if (value === undefined) return localStorage.getItem(name) || ""; localStorage.setItem(name, value); } catch { /* not kept */ }
    return "";
  };
  station.value = kept("daihoi-station");
  station.addEventListener("change", () => { kept("daihoi-station", station.value.trim()); field.focus(); });
  const way = () => page.querySelector("[name=way]:checked").value;
  const wayKept = kept(`daihoi-way-${words.session}`);
  if (wayKept === "out") document.getElementById("way-out").checked = true;
  for (const one of page.querySelectorAll("[name=way]")) one.addEventListener("change", () => { kept(`daihoi-way-${words.session}`, way()); field.focus(); });

  const show = (level, said, who, about) => {
    at("answer").className = `station-answer ${level}`;
    at("words").textContent = said;
    at("who").textContent = who;
    at("about").textContent = about;
  };
  const list = (said, who, late) => {
    const line = document.createElement("li");
    line.textContent = `${new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false })} – ${who}: ${said}${late ? ` (${words.wordsSent} ${late} s)` : ""}`;
    at("last").prepend(line);
    while (at("last").children.length > 10) at("last").lastChild.remove();
  };
  const tell = (problem) => {
    const n = queue.waiting().length;
    counted = n;
    const told = n ? `${n} ${words.wordsWaiting.replace(/:$/, "")}${problem ? ` – ${problem}` : ""}` : problem || (queue.keeps ? words.wordsAll : words.wordsStorage);
    if (told !== shown) { at("queue").textContent = told; shown = told; }
    at("queue").classList.toggle("waits", n > 0 || Boolean(problem));
  };
  const answered = (scan, told) => {
    const age = Math.round(queue.age(scan));
    queue.remove(scan);
    const detail = [told.about, told.detail].filter(Boolean).join(" · ");
    list([told.words, told.detail].filter(Boolean).join(" "), told.name, age > 3 ? age : 0);
    // Only the newest scan is answered in large letters: whoever stands at the door is meant.
    if (scan.nonce === queue.newest) show(told.level, told.words, told.name, detail);
  };

  const freshToken = async () => {
    const answer = await fetch(words.pass, { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status !== 200) return false;
    token = (await answer.json()).token;
    return true;
  };
  const post = async (scans) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const body = JSON.stringify({ scans: scans.map((one) => ({ nonce: one.nonce, code: one.code, way: one.way, station: one.station, age: queue.age(one) })) });
      return await fetch(words.pass, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token }, redirect: "manual", cache: "no-store", signal: stop.signal });
    } finally { clearTimeout(timer); }
  };
  // On a page that the browser kept: the house is there again.
  const back = () => { for (const one of document.querySelectorAll("[data-away]")) one.hidden = true; };
  const sendOnce = async () => {
    const waiting = queue.waiting().slice(0, AT_ONCE);
    if (!waiting.length) return false;
    const answer = await post(waiting);
    // Signed out, or a token from before a sign-in: the queue stays, and the next try asks for a token first.
    if (answer.type === "opaqueredirect" || answer.status === 401) { tell(words.wordsSignedOut); return false; }
    if (answer.status === 403) { if (!(await freshToken())) tell(words.wordsSignedOut); return false; }
    if (answer.status === 400) {
      if (waiting.length === 1) { queue.layAside(waiting[0]); tell(words.wordsRefused); return true; }
      return await oneByOne(waiting);
    }
    if (answer.status !== 200 && answer.status !== 503) throw new Error(String(answer.status));
    const told = await answer.json();
    back();
    const by = new Map(told.answers.map((one) => [one.nonce, one]));
    for (const scan of waiting) if (by.has(scan.nonce)) answered(scan, by.get(scan.nonce));
    if (answer.status === 503) { tell(told.said); return false; }
    return by.size > 0;
  };
  const oneByOne = async (waiting) => {
    for (const scan of waiting) {
      const answer = await post([scan]);
      if (answer.status === 400) { queue.layAside(scan); continue; }
      if (answer.status !== 200) return false;
      for (const one of (await answer.json()).answers) answered(scan, one);
    }
    return true;
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      while (await sendOnce()) tell("");
      if (!queue.waiting().length) tell("");
    } catch {
      tell(words.wordsKept);
      const waiting = queue.waiting();
      const last = waiting[waiting.length - 1];
      if (last && last.nonce === queue.newest) show("kept", words.wordsKept, last.code, `${waiting.length} ${words.wordsWaiting.replace(/:$/, "")}`);
    } finally { sending = false; }
  };
  // What was counted as waiting here may have been sent by another tab, which the house then answered.
  setInterval(() => { if (queue.waiting().length) send(); else if (counted) { back(); tell(""); } }, RETRY);
  window.addEventListener("online", send);

  const take = (text) => {
    const code = text.replace(/[\s-]/g, "").toUpperCase();
    if (!code) return;
    const scan = queue.add(code, way(), station.value.trim());
    queue.newest = scan.nonce;
    at("found").hidden = true;
    tell("");
    send();
  };

  // A name has letters that no code has, or spaces; a code is ten letters and digits. Names are looked up while one types.
  const isCode = (text) => /^[2-9A-HJKMNP-Z-]{10,12}$/i.test(text.trim());
  let asking = 0;
  const find = async () => {
    const text = field.value.trim();
    const list = at("found");
    if (text.length < 2 || isCode(text)) { list.hidden = true; return; }
    const mine = (asking += 1);
    try {
      const answer = await fetch(`${words.find}?q=${encodeURIComponent(text)}`, { cache: "no-store", redirect: "manual" });
      if (answer.status !== 200 || mine !== asking) return;
      const { found } = await answer.json();
      list.replaceChildren(...found.map((one) => {
        const line = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn";
        button.textContent = [one.name, one.about].filter(Boolean).join(" – ");
        button.addEventListener("click", () => { field.value = ""; list.hidden = true; take(one.code); field.focus(); });
        line.append(button);
        return line;
      }));
      if (!found.length) list.textContent = words.wordsNobody;
      list.hidden = false;
    } catch { list.hidden = true; }
  };
  let typing = 0;
  field.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(find, 250); });
  at("scan").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    asking += 1;
    const text = field.value;
    const first = at("found").hidden ? null : at("found").querySelector("button");
    if (!isCode(text) && first && at("found").querySelectorAll("button").length === 1) { first.click(); return; }
    if (!isCode(text) && /[\s]|[^\x00-\x7f]/.test(text.trim())) { find(); return; }
    field.value = "";
    take(text);
  });
  // The scanner types into whatever has the focus: it always comes back to the field.
  document.addEventListener("click", (event) => { if (!event.target.closest("input, select, button, a, label, summary")) field.focus(); });
  document.addEventListener("keydown", (event) => {
    if (event.target === document.body && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus();
  });
  window.addEventListener("focus", () => field.focus());

  const video = at("video");
  let stream = null;
  let lastSeen = "";
  let seenAt = 0;
  const look = () => {
    if (!stream) return;
    if (video.readyState === video.HAVE_ENOUGH_DATA) {
      const canvas = document.createElement("canvas");
      const scale = Math.min(1, 640 / video.videoWidth);
      canvas.width = video.videoWidth * scale;
      canvas.height = video.videoHeight * scale;
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const found = window.jsQR(pen.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
      // A badge that is held still is one scan.
      if (found && found.data && (found.data !== lastSeen || performance.now() - seenAt > 4000)) take(found.data);
      if (found && found.data) { lastSeen = found.data; seenAt = performance.now(); }
    }
    setTimeout(() => requestAnimationFrame(look), 120);
  };
  at("camera").addEventListener("click", async () => {
    if (stream) {
      for (const track of stream.getTracks()) track.stop();
      stream = null;
    } else {
      try {
        if (!navigator.mediaDevices) throw new Error(words.wordsSecure);
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        await video.play();
        look();
      } catch (problem) { stream = null; show("bad", words.wordsCamera, "", problem.message); }
    }
    video.hidden = !stream;
    at("camera").setAttribute("aria-pressed", String(Boolean(stream)));
    field.focus();
  });

  tell("");
  send();
  field.focus();
})();
