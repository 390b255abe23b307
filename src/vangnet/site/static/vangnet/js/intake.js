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
  const plain = (text) => text.trim().replace(/\?$/, "");
  const wordsBeside = (field) => {
    if (field.closest(".tri")) {
      const asked = document.getElementById(field.closest(".tri").getAttribute("aria-labelledby"));
      return `${plain(asked.textContent)}: ${field.getAttribute("aria-label").toLowerCase()}`;
    }
    return field.parentElement.querySelector("span").firstChild.textContent.trim();
  };
  const nameOf = (field) => {
    const group = field.closest("fieldset");
    const isFirst = group && group.querySelector(".row") === field.closest(".row");
    const legend = isFirst && group.querySelector("legend");
    return plain((legend || form.querySelector(`label[for='${field.id}']`)).firstChild.textContent);
  };
  const isChosen = (field, step) => {
    const idle = field.name === "birth_basis" && !step.querySelector("#birth_year").value;
    return field.checked && field.value !== "unknown" && !idle;
  };
  const textOf = (field) => {
    const value = field.value.trim();
    return field.tagName === "TEXTAREA" ? `“${value}”` : `${nameOf(field)}: ${value}`;
  };
  const answersOf = (step) => {
    const answers = [];
    const rows = new Map();
    for (const field of step.querySelectorAll("input, textarea")) {
      if (!field.name || field.type === "search" || (field.name === "municipality" && field.value === field.defaultValue)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (isChosen(field, step)) answers.push(wordsBeside(field));
      } else if (field.value.trim()) {
        const row = field.closest(".row");
        if (row && rows.has(row)) answers[rows.get(row)] += ` ${field.value.trim()}`;
        else {
          if (row) rows.set(row, answers.length);
          answers.push(textOf(field));
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

  // Without a connection the encounter waits, and goes by itself.
  const offline = document.querySelector("[data-offline]");
  const waiting = document.querySelector("[data-waiting]");
  const record = form.querySelector("button[value='record']");
  const words = record.textContent;
  let ready = false;
  const network = () => {
    offline.hidden = navigator.onLine || ready;
    waiting.hidden = navigator.onLine || !ready;
    if (navigator.onLine && ready) {
      ready = false;
      record.textContent = words;
      form.requestSubmit(record);
    }
  };
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    ready = true;
    record.textContent = form.dataset.waits;
    network();
    window.scrollTo(0, 0);
  }, true);
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  network();
})();
