// What ticking and typing on a list comes to, told at once: the surplus against its limit, support against its share.
"use strict";
(() => {
  const told = document.querySelector("[data-surplus]");
  if (told) {
    const { names, seats, limit } = told.dataset;
    const tell = () => {
      const all = Number(names) + document.querySelectorAll('input[name="person"]:checked').length;
      const surplus = all - Number(seats);
      const over = surplus > Number(limit);
      const words = over ? told.dataset.wordsOver : told.dataset.words;
      told.classList.toggle("over", over);
      told.textContent = words.replace("{names}", all).replace("{seats}", seats)
        .replace("{surplus}", surplus).replace("{limit}", limit);
    };
    document.addEventListener("change", tell);
    tell();
  }
  const form = document.querySelector("form[data-support]");
  if (form) {
    const attending = form.querySelector('[name="attending"]');
    const tell = () => {
      for (const field of form.querySelectorAll('input[name^="of-"]')) {
        const said = field.parentElement.querySelector("[data-said]");
        const [support, all] = [Number(field.value), Number(attending.value)];
        // MORE than the share, by whole numbers.
        const enough = 100 * support > Number(form.dataset.support) * all;
        said.textContent = field.value && all ? (enough ? form.dataset.wordsEnough : form.dataset.wordsFew) : "";
      }
    };
    form.addEventListener("input", tell);
    tell();
  }
})();
