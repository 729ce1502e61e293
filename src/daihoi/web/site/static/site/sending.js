// Files dropped onto a page or chosen: each is sent by itself, one after the other, whatever its size; said to be safe when it is.
// data-drop on the form; data-after: where to go when all came; data-again: this page anew, with what was typed on it meanwhile.
"use strict";
(() => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  document.documentElement.classList.add("with-script");
  const list = form.querySelector("[data-drop-list]");
  const field = form.querySelector("input[type=file]");
  const batch = form.querySelector("[data-batch]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = form.dataset;
  const waiting = [];
  let busy = false;
  let failed = false;
  const addressOf = () => {
    const address = new URL(form.action);
    if (batch) address.searchParams.set("batch", batch.value);
    return address;
  };
  // An answer that is none of ours is that of a house that is away, or of the page of signing in.
  const answerOf = (request) => {
    try { return JSON.parse(request.responseText); } catch { return { refused: words.wordsAway }; }
  };
  const send = (file, line) => new Promise((done) => {
    const say = (what) => { line.textContent = `${file.name}: ${what}`; };
    const request = new XMLHttpRequest();
    let clock = 0;
    request.open("POST", addressOf());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(`${words.wordsSending} ${Math.floor(100 * event.loaded / event.total)} %`);
    });
    request.upload.addEventListener("load", () => {
      if (!words.wordsChecking) return;
      const began = Date.now();
      const tell = () => say(`${words.wordsChecking}: ${Math.round((Date.now() - began) / 1000)} s`);
      tell();
      clock = setInterval(tell, 1000);
    });
    request.addEventListener("loadend", () => {
      clearInterval(clock);
      const told = answerOf(request);
      const kept = request.status === 200 && !told.refused;
      failed = failed || !kept;
      line.classList.add(kept ? "kept" : "failed");
      say(kept ? words.wordsKept : `${words.wordsFailed}. ${told.refused || words.wordsAway}`);
      done();
    });
    say(words.wordsSending);
    request.send(file);
  });
  const next = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length) { const [file, line] = waiting.shift(); await send(file, line); }
    busy = false;
    // What was refused is read first: a page that is shown anew would have lost it.
    if (failed) return;
    if (words.after) location.assign(words.after);
    if (words.again === undefined) return;
    // What was typed of other packages meanwhile is kept by the same button that compares it.
    const look = document.querySelector("[data-look]");
    if (look) look.click(); else location.reload();
  };
  const take = (files) => {
    if (!busy) failed = false;
    for (const file of [...files].sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))) {
      const line = document.createElement("li");
      line.textContent = file.name;
      list.prepend(line);
      waiting.push([file, line]);
    }
    next();
  };
  field.addEventListener("change", () => { take(field.files); field.value = ""; });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("over"); take(event.dataTransfer.files); });
})();
