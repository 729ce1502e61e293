// Scans dropped onto the page: each file is sent by itself, whatever its size, and said to be safe when it is.
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
  const send = async (file, line) => {
    line.textContent = `${file.name}: ${words.wordsSending}`;
    const address = new URL(form.action);
    if (batch) address.searchParams.set("batch", batch.value);
    try {
      const answer = await fetch(address, {
        method: "POST", body: file, redirect: "error",
        headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": token, "X-File-Name": encodeURIComponent(file.name) },
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.refused);
      line.textContent = `${file.name}: ${words.wordsKept}`;
      line.classList.add("kept");
    } catch (error) {
      line.textContent = `${file.name}: ${words.wordsFailed}. ${error.message}`;
      line.classList.add("failed");
    }
  };
  const next = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length) { const [file, line] = waiting.shift(); await send(file, line); }
    busy = false;
    // A page that lists what came is shown anew, unless something is told that must be read first.
    if (words.after && !list.querySelector(".failed")) location.assign(words.after);
  };
  const take = (files) => {
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
