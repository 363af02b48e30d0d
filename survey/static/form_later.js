"use strict";
// Why what was answered here could not be saved for a code: no connection, or what the server said.

globalThis.FormLater = (() => {
  const view = document.querySelector("[data-view=later]");
  const attempt = document.getElementById("later-attempt");

  function tell(reply) {
    const isOffline = !reply?.message;
    for (const each of view.querySelectorAll("[data-reason]"))
      each.hidden = (each.dataset.reason === "offline") !== isOffline;
    view.querySelector("#later-reason").textContent = reply?.message ?? "";
    attempt.textContent = attempt.dataset.unsaved;
  }

  return Object.freeze({ tell });
})();
