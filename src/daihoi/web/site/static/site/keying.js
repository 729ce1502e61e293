// Keying: one key a name. A ballot is shown as kept only when the house has it on its disk; till then it is sent again.
"use strict";
(() => {
  const desk = document.querySelector("[data-keying]");
  if (!desk) return;
  const find = (name) => desk.querySelector(`[data-${name}]`);
  const [title, hint, field, standing] = [find("title"), find("hint"), find("field"), find("standing")];
  const rows = [...desk.querySelectorAll("[data-name]")];
  const words = desk.dataset;
  const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;
  const told = (kind) => Object.fromEntries([...document.querySelectorAll(`[data-${kind}]`)].map((one) => [one.dataset[kind], one.textContent]));
  const letters = told("letter");
  const grounds = told("ground");
  let paper = null;
  let marks = [];
  let ground = "";
  let at = 0;
  let sending = false;
  const open = (place) => paper.differs.length === 0 || paper.differs.includes(place);
  const seek = (from, step) => { let place = from; while (place >= 0 && place < rows.length && !open(place)) place += step; return place; };
  const show = () => {
    field.disabled = !paper;
    rows.forEach((row, place) => {
      const mark = marks[place];
      row.querySelector("[data-mark]").textContent = mark && mark !== "-" ? letters[mark] : "";
      row.dataset.keyed = mark || "";
      row.toggleAttribute("data-quiet", Boolean(paper) && !open(place));
      if (paper && place === at) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    });
    if (!paper) { title.textContent = ""; hint.textContent = words.wordsDone; standing.textContent = ""; return; }
    title.textContent = `${words.wordsPaper} ${paper.number} ${words.wordsOf} ${words.papers}${paper.where ? ` – ${paper.where}` : ""}`;
    standing.textContent = ground ? `${words.wordsStanding} ${grounds[ground]}` : "";
    if (at >= rows.length) hint.textContent = words.wordsEnter;
    else hint.textContent = paper.differs.length ? words.wordsAgain : "";
    if (rows[at]) rows[at].scrollIntoView({ block: "nearest" });
  };
  const begin = (next) => {
    paper = next;
    ground = "";
    marks = paper ? [...(paper.marks || "").padEnd(rows.length, "-")] : [];
    at = paper ? seek(0, 1) : 0;
    show();
    field.focus();
  };
  const send = async () => {
    if (sending || !paper || marks.includes("-")) return;
    sending = true;
    const body = new URLSearchParams({ paper: JSON.stringify({ number: paper.number, attempt: paper.attempt, marks: marks.join(""), ground }), csrfmiddlewaretoken: token });
    for (;;) {
      try {
        const answer = await fetch(location.href, { method: "POST", body, redirect: "error" });
        if (answer.status >= 500) throw new Error(String(answer.status));
        const reply = await answer.json();
        if (reply.next !== undefined) begin(reply.next);
        const done = reply.next === null ? `. ${words.wordsDone}` : "";
        hint.textContent = answer.ok ? `${words.wordsPaper} ${reply.kept}: ${words.wordsKept}${done}` : reply.refused;
        break;
      } catch {
        // What is on the screen stays there until the house says that it has it.
        hint.textContent = words.wordsLost;
        await new Promise((done) => { setTimeout(done, 1000); });
      }
    }
    sending = false;
  };
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !paper || sending) return;
    const key = event.key.toLowerCase();
    if (event.key === "Enter") { event.preventDefault(); send(); return; }
    if (event.key === "Backspace" || event.key === "ArrowUp") { event.preventDefault(); const back = seek(at - 1, -1); if (back >= 0) at = back; show(); return; }
    if (event.key === "ArrowDown") { event.preventDefault(); if (at < rows.length && marks[at] !== "-") at = seek(at + 1, 1); show(); return; }
    if (key in grounds) { event.preventDefault(); ground = ground === key ? "" : key; show(); return; }
    if (key in letters && at < rows.length) { event.preventDefault(); marks[at] = key; at = seek(at + 1, 1); show(); return; }
    if (event.key.length === 1) event.preventDefault();
  });
  begin(JSON.parse(document.getElementById("keying-next").textContent));
})();
