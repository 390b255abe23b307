// The offline page: the way back to a draft, where there is one in this tab.
"use strict";

(() => {
  const way = document.querySelector("[data-has-draft]");
  if (way && sessionStorage.getItem("vangnet-draft")) way.hidden = false;
  window.addEventListener("online", () => location.reload());
})();
