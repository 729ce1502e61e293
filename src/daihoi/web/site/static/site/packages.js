// Packages dropped onto the page: each is sent by itself, whatever its size; how far it is, and that it is being checked, is said.
"use strict";
(() => {
  const form = document.querySelector("[data-packages]");
  if (!form) return;
  document.documentElement.classList.add("with-script");
  const list = form.querySelector("[data-packages-list]");
  const field = form.querySelector("input[type=file]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = form.dataset;
  const waiting = [];
  let busy = false;
  let failed = false;
  const send = (file, line) => new Promise((done) => {
    const say = (what) => { line.textContent = `${file.name}: ${what}`; };
    const refuse = (why) => { failed = true; line.classList.add("failed"); say(`${words.wordsFailed}. ${why}`); done(); };
    const request = new XMLHttpRequest();
    let clock = 0;
    request.open("POST", form.action);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(`${words.wordsSending} ${Math.floor(100 * event.loaded / event.total)} %`);
    });
    request.upload.addEventListener("load", () => {
      const began = Date.now();
      const tell = () => say(`${words.wordsChecking}: ${Math.round((Date.now() - began) / 1000)} s`);
      tell();
      clock = setInterval(tell, 1000);
    });
    request.addEventListener("loadend", () => {
      clearInterval(clock);
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* a page of errors, or nothing at all */ }
      if (request.status !== 200) { refuse(told.refused || request.statusText || request.status); return; }
      line.classList.add("kept");
      say(words.wordsKept);
      done();
    });
    request.send(file);
  });
  const next = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length) { const [file, line] = waiting.shift(); await send(file, line); }
    busy = false;
    if (failed) return;
    // What was typed of other packages meanwhile is kept by the same button that compares it.
    const look = document.querySelector("[data-look]");
    if (look) look.click(); else location.reload();
  };
  const take = (files) => {
    failed = false;
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
