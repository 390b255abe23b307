// Every page: focus on what must be mended, one press of a button, the lock, the worker. All of it works without, too.
"use strict";

(() => {
  const DRAFT = "vangnet-draft";
  const focusFirst = document.querySelector("[data-focus]");
  if (focusFirst) focusFirst.focus();

  // A link of the error summary goes to its field and puts the cursor there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".utrecht-alert--error a[href^='#']");
    if (link) setTimeout(() => document.getElementById(link.hash.slice(1))?.focus(), 0);
  });

  // The second press does nothing; the button says what is going on and keeps its focus.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const pressed = event.submitter;
    if (!pressed || !form.dataset.busy) return;
    pressed.dataset.words = pressed.textContent;
    pressed.setAttribute("aria-busy", "true");
    pressed.textContent = form.dataset.busy;
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-busy]")) {
        button.removeAttribute("aria-busy");
        button.textContent = button.dataset.words;
      }
    }
  });

  // A menu closes with Escape and with a touch outside it.
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  // What was not recorded never outlives the record, the lock or the login page.
  const forget = () => sessionStorage.removeItem(DRAFT);
  if (document.querySelector("[data-draft='forget']")) forget();

  const lock = document.getElementById("lock");
  if (lock) {
    const minutes = Number(lock.dataset.minutes);
    let last = Date.now();
    let warning = null;
    const touched = () => {
      last = Date.now();
      if (warning) warning.remove();
      warning = null;
    };
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
      document.addEventListener(kind, touched, { passive: true });
    }
    const warn = () => {
      if (warning) return;
      warning = document.createElement("div");
      warning.className = "note";
      warning.setAttribute("role", "alert");
      warning.append(document.createElement("span"), document.createElement("p"));
      warning.lastChild.textContent = lock.dataset.warn;
      document.body.prepend(warning);
      window.scrollTo(0, 0);
    };
    setInterval(() => {
      const idle = (Date.now() - last) / 60000;
      if (idle >= minutes) {
        forget();
        lock.submit();
      } else if (idle >= minutes - 2) {
        warn();
      }
    }, 5000);
  }

  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
})();
