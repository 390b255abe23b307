// The draft of the intake: kept in this tab while it is filled in, gone once it is recorded or the screen locks.
"use strict";

(() => {
  const DRAFT = "vangnet-draft";
  const STAY_AWAKE = 4 * 60 * 1000;
  const form = document.querySelector("form[data-draft='keep']");
  if (!form) return;
  const saved = document.querySelector("[data-saved]");
  let timer = 0;
  let awake = Date.now();

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(DRAFT));
    } catch {
      return null;
    }
  };
  const say = (moment) => {
    const time = new Date(moment).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: saved.dataset.zone });
    saved.textContent = `${saved.dataset.saved} ${time}`;
  };
  const stay = () => {
    if (Date.now() - awake < STAY_AWAKE || !navigator.onLine) return;
    awake = Date.now();
    fetch("/awake", { credentials: "same-origin" }).catch(() => {});
  };
  const keep = () => {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") values[name] = value;
    }
    const moment = Date.now();
    sessionStorage.setItem(DRAFT, JSON.stringify({ moment, values }));
    say(moment);
    stay();
  };
  const fill = (values) => {
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name] === field.value;
      else if (field.name in values) field.value = values[field.name];
      if (field.type === "text" && field.value) field.closest("details")?.setAttribute("open", "");
    }
    for (const inner of form.querySelectorAll("details details[open]")) {
      for (let outer = inner.parentElement.closest("details"); outer; outer = outer.parentElement.closest("details")) {
        outer.open = true;
      }
    }
  };

  // What the server sent back with its mistakes is newer than the draft.
  const draft = read();
  if (draft && !("bound" in form.dataset)) {
    fill(draft.values);
    say(draft.moment);
  } else if (!("bound" in form.dataset)) {
    // A page from the store of this device must not lend its key to a second encounter.
    const key = form.elements.request_key;
    if (crypto.randomUUID) key.value = crypto.randomUUID();
  }
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.addEventListener("pagehide", () => {
    if (timer && sessionStorage.getItem(DRAFT)) keep();
  });
  if ("bound" in form.dataset) keep();
  document.dispatchEvent(new Event("draft-ready"));
})();
