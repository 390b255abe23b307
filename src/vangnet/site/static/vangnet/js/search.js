// Search all sentences on this device, with or without a connection: what was answered stays in sight.
"use strict";

(() => {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const field = box.querySelector("input");
  const rows = [...document.querySelectorAll("[data-others] > li")];
  const found = box.querySelector("[data-found]");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => folded(text).split(/[^\p{L}\p{N}]+/u);
  const search = () => {
    const wanted = wordsOf(field.value).filter((word) => word.length > 1);
    let seen = 0;
    for (const row of rows) {
      const words = wordsOf(row.dataset.text);
      const fits = wanted.length > 0 && wanted.every((part) => words.some((word) => word.startsWith(part)));
      const answered = row.querySelector("input:checked")?.value !== "unknown" || row.querySelector("textarea").value;
      row.hidden = !fits && !answered;
      if (fits) seen += 1;
    }
    found.textContent = wanted.length && !seen ? found.dataset.none : "";
  };
  box.hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  document.addEventListener("draft-ready", search);
  search();
})();
