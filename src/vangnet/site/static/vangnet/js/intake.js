// The steps of the intake: which step this is, what was answered, the search, and waiting for a connection.
"use strict";

(() => {
  const form = document.getElementById("intake");
  const line = document.querySelector(".stepline");
  if (!form || !line) return;
  const steps = [...form.querySelectorAll(".step")];
  const title = document.title;

  const current = () => {
    const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    return target?.closest(".step") ?? steps[0];
  };
  const summary = () => {
    const list = form.querySelector(".answers");
    for (const item of list.children) {
      item.querySelectorAll("p").forEach((old) => old.remove());
      const answers = answersOf(document.getElementById(item.dataset.of));
      const shown = answers.length ? answers : [list.dataset.none];
      for (const text of shown) {
        const paragraph = document.createElement("p");
        paragraph.textContent = text;
        if (!answers.length) paragraph.className = "none";
        item.append(paragraph);
      }
    }
  };
  const wordsBeside = (field) => {
    if (field.closest(".tri")) {
      const asked = document.getElementById(field.closest(".tri").getAttribute("aria-labelledby"));
      return `${asked.textContent.trim()}: ${field.getAttribute("aria-label").toLowerCase()}`;
    }
    return field.parentElement.querySelector("span").firstChild.textContent.trim();
  };
  const answersOf = (step) => {
    const answers = [];
    const lines = new Map();
    for (const field of step.querySelectorAll("input, textarea")) {
      if (!field.name || field.type === "search") continue;
      if (field.type === "radio" || field.type === "checkbox") {
        const said = field.checked && field.value !== "unknown" && !(field.name === "birth_basis" && !step.querySelector("#birth_year").value);
        if (said) answers.push(wordsBeside(field));
      } else if (field.value.trim()) {
        const row = field.closest(".row");
        if (row && lines.has(row)) answers[lines.get(row)] += ` ${field.value.trim()}`;
        else {
          if (row) lines.set(row, answers.length);
          answers.push(field.tagName === "TEXTAREA" ? `“${field.value.trim()}”` : field.value.trim());
        }
      }
    }
    return answers;
  };
  const show = (moved) => {
    const step = current();
    const number = steps.indexOf(step) + 1;
    line.querySelector("[data-step-of]").textContent = line.dataset.words.replace("{n}", number).replace("{m}", steps.length);
    line.querySelector("[data-back]").setAttribute("href", number > 1 ? `#step-${number - 1}` : "/");
    const heading = step.querySelector("h2");
    document.title = `${heading.textContent} – ${title}`;
    if (number === steps.length) summary();
    if (moved && location.hash === `#${step.id}`) {
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
  };
  window.addEventListener("hashchange", () => show(true));
  document.addEventListener("draft-ready", () => show(false));
  show(false);

  // Enter in a line of text goes on to the next step; only the last button records.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.target.type === "radio") return;
    event.preventDefault();
    if (event.target.type !== "search") current().querySelector(".thumb a.utrecht-button")?.click();
  });

  // Search all sentences on this device: what was answered stays in sight.
  const box = form.querySelector("[data-search]");
  const field = box.querySelector("input");
  const rows = [...form.querySelectorAll("[data-others] > li")];
  const found = box.querySelector("[data-found]");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = () => {
    const wanted = folded(field.value).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
    let seen = 0;
    for (const row of rows) {
      const words = folded(row.dataset.text).split(/[^\p{L}\p{N}]+/u);
      const fits = wanted.length > 0 && wanted.every((part) => words.some((word) => word.startsWith(part)));
      const answered = row.querySelector("input:checked")?.value !== "unknown" || row.querySelector("textarea").value;
      row.hidden = !fits && !answered;
      if (fits) seen += 1;
    }
    found.textContent = wanted.length && !seen ? found.dataset.none : "";
  };
  box.hidden = false;
  field.addEventListener("input", search);
  search();
  document.addEventListener("draft-ready", search);

  // Without a connection the encounter waits, and goes by itself.
  const offline = document.querySelector("[data-offline]");
  const waiting = document.querySelector("[data-waiting]");
  let ready = false;
  const network = () => {
    offline.hidden = navigator.onLine || ready;
    waiting.hidden = navigator.onLine || !ready;
    if (navigator.onLine && ready) {
      ready = false;
      form.requestSubmit(form.querySelector("button[value='record']"));
    }
  };
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    ready = true;
    network();
    window.scrollTo(0, 0);
  }, true);
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  network();
})();
