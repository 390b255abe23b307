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
  // Times of day are read as the ones nearest to the meeting; one that lies oddly to it is asked about, never refused.
  const minutesOf = (name) => {
    const found = /^(\d{1,2})\s*[:.hu]?\s*(\d{2})$/.exec(form.elements[name].value.trim());
    return found ? Number(found[1]) * 60 + Number(found[2]) : null;
  };
  const isOdd = (name) => {
    const [met, then] = [minutesOf("met_time"), minutesOf(name)];
    if (met === null || then === null) return false;
    const later = ((then - met + 2160) % 1440) - 720;
    return later < 0 || later > Number(form.querySelector("[data-ask-when]").dataset.askWhen) * 60;
  };
  const summary = () => {
    form.querySelector("[data-ask-when]").hidden = !["arrived_time", "arrested_time"].some(isOdd);
    const list = form.querySelector(".answers");
    for (const item of list.children) {
      item.querySelectorAll("p").forEach((old) => old.remove());
      const answers = answersOf(document.getElementById(item.dataset.of));
      const shown = answers.length ? answers : [list.dataset.none];
      if (item.dataset.of === "step-5") form.querySelector("[data-ask-who]").hidden = answers.length > 0 || !form.elements.child_words.value.trim();
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
  // A day as one writes it, as far as it is known: 25 november 2026, november 2026 or 2026.
  const dateOf = (row) => {
    const part = (name) => row.querySelector(`input[name$='_${name}']`)?.value.trim() ?? "";
    const [year, month, day, time] = ["year", "month", "day", "time"].map(part);
    const known = { year: "numeric", timeZone: "UTC", ...(month && { month: "long" }), ...(month && day && { day: "numeric" }) };
    const moment = new Date(Date.UTC(Number(year), Number(month || 1) - 1, Number(day || 1)));
    const isDay = /^\d{4}$/.test(year) && moment.getUTCMonth() === Number(month || 1) - 1 && moment.getUTCDate() === Number(day || 1);
    const text = isDay ? moment.toLocaleDateString(document.documentElement.lang, known) : [day, month, year].filter(Boolean).join(" ");
    return [text, time].filter(Boolean).join(", ");
  };
  const answersOf = (step) => {
    const answers = [];
    const rows = new Map();
    const dated = new Set();
    for (const field of step.querySelectorAll("input, textarea")) {
      if (!field.name || field.type === "search" || field.type === "hidden" || (field.name === "municipality" && field.value === field.defaultValue)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (isChosen(field, step)) answers.push(wordsBeside(field));
        else if (field.checked && field.closest("li.weighed")) answers.push(`${wordsBeside(field).split(": ")[0]}: ${form.dataset.weighed}`);
      } else if (field.value.trim()) {
        const row = field.closest(".row");
        if (dated.has(row)) continue;
        if (row && rows.has(row)) answers[rows.get(row)] += ` ${field.value.trim()}`;
        else {
          const isDay = row && /_(day|month|year)$/.test(field.name);
          if (row) rows.set(row, answers.length);
          answers.push(isDay ? `${nameOf(field)}: ${dateOf(row)}` : textOf(field));
          if (isDay) dated.add(row);
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
  // A line on which somebody looked and does not know differs from a line that was skipped.
  document.body.classList.add("scripted");
  const weigh = (row) => {
    row.classList.add("weighed");
    form.elements.weighed.value = [...form.querySelectorAll("li.weighed .q")].map((one) => one.id).join(",");
  };
  for (const id of form.elements.weighed.value.split(",").filter(Boolean)) {
    document.getElementById(id)?.closest("li")?.classList.add("weighed");
  }
  form.addEventListener("click", (event) => {
    const row = event.target.matches(".seen .tri input") && event.target.closest("li");
    if (!row || row.classList.contains("weighed")) return;
    weigh(row);
    form.dispatchEvent(new Event("change"));
  });

  // A time that does not exist is said on its own step, before one goes on.
  const isTime = (text) => {
    const found = /^(\d{1,2})\s*[:.hu]?\s*(\d{2})$/.exec(text.trim());
    return !text.trim() || (found !== null && Number(found[1]) < 24 && Number(found[2]) < 60);
  };
  form.addEventListener("click", (event) => {
    if (!event.target.closest(".thumb a")) return;
    const fields = [...current().querySelectorAll("input[name$='_time']")];
    for (const field of fields) {
      const message = document.getElementById(`${field.id}-mistake`);
      if (isTime(field.value)) message?.remove();
      else if (!message) {
        const sentence = document.createElement("p");
        sentence.id = `${field.id}-mistake`;
        sentence.className = "utrecht-form-field-error-message";
        sentence.setAttribute("role", "alert");
        sentence.textContent = form.dataset.time;
        (field.closest(".row") ?? field).before(sentence);
      }
      field.toggleAttribute("aria-invalid", !isTime(field.value));
    }
    const wrong = fields.find((field) => !isTime(field.value));
    if (!wrong) return;
    event.preventDefault();
    wrong.focus();
  });
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
