// Bars for the figures of the credentials board; the table below each says the same.
"use strict";
(() => {
  const held = document.getElementById("charts");
  if (!held || !window.Chart) return;
  const drawn = [];
  const look = () => {
    const dark = document.documentElement.dataset.bsTheme === "dark";
    return { text: dark ? "#e6e9ee" : "#24292f", grid: dark ? "rgba(255,255,255,0.15)" : "rgba(0,0,0,0.12)", bar: dark ? "#ff9c92" : "#9b1f18" };
  };
  // A label that is longer than a third of the chart would be cut off at its beginning: it goes on in the next line.
  const lines = (label) => label.split(" ").reduce((told, word) => {
    const last = told[told.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= 20) told[told.length - 1] = `${last} ${word}`; else told.push(word);
    return told;
  }, []);
  const draw = () => {
    for (const chart of drawn.splice(0)) chart.destroy();
    const { text, grid, bar } = look();
    for (const one of JSON.parse(held.textContent)) {
      const axis = (ticks) => ({ ticks: { color: text, font: { family: "Be Vietnam Pro" }, ...ticks }, grid: { color: grid } });
      drawn.push(new window.Chart(document.getElementById(one.id), {
        type: "bar",
        data: { labels: one.labels.map(lines), datasets: [{ data: one.counts, backgroundColor: bar, maxBarThickness: 26 }] },
        options: {
          indexAxis: "y", animation: false, maintainAspectRatio: false, plugins: { legend: { display: false } },
          scales: { x: { beginAtZero: true, ...axis({ precision: 0 }) }, y: axis({ autoSkip: false }) },
        },
      }));
    }
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
