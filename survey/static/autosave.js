"use strict";
// Saves ratings while they are given, in the background: who rates many units may be called away at any of them.
// What stands on the page is never touched, and the page's own button saves all the same.

const PAUSE = 700; // milliseconds without a change
const PATIENCE = 8000;

function saveAsItGoes(form) {
  const status = form.querySelector("[data-saved]");
  const seen = form.elements["form-seen"];
  let timer = 0;
  let saving = null;
  const changed = new Set(); // names of the fields, since they were saved last

  // Told to offline.js, which keeps in this browser what could not be saved, and knows what was.
  const tell = (name, detail) => form.dispatchEvent(new CustomEvent(name, { detail }));

  async function send(sent, items) {
    for (const item of items) changed.delete(item);
    tell("saving");
    const reply = await fetch(form.action, {
      method: "POST",
      headers: { "X-Autosave": "1", "X-Items": items.join(" ") }, // another window may have saved the others
      body: sent,
      keepalive: true,
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (reply.status !== 204) throw new Error(reply.statusText);
    seen.value = reply.headers.get("X-Seen"); // so that our own saving is not taken for another window's
    tell("saved", { sent, items, revision: Number(reply.headers.get("X-Revision")) });
  }

  function save() {
    clearTimeout(timer);
    if (saving || !changed.size) return;
    const items = [...changed];
    saving = send(new URLSearchParams(new FormData(form)), items)
      .then(() => { status.textContent = status.dataset.saved; })
      .catch(() => {
        for (const item of items) changed.add(item);
        status.textContent = status.dataset.unsaved;
        tell("unsaved", { status });
      })
      .finally(() => { saving = null; });
  }

  form.addEventListener("input", ({ target }) => {
    changed.add(target.name);
    status.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(async () => { await saving; save(); }, PAUSE);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault(); // two savings at once would look like two windows
    event.stopImmediatePropagation();
    saving.then(() => form.requestSubmit(event.submitter));
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) saveAsItGoes(form);
