"use strict";
// What becomes of a finished form, in words: it waits, it is stored, it needs a change, or it cannot be sent.

globalThis.FormSent = (() => {
  const slug = () => document.getElementById("form").dataset.slug;
  const attempt = document.getElementById("attempt");

  async function showWaiting() {
    Form.show("waiting");
    const isSentByWorker = await FormKeeping.askWorker().catch(() => false);
    for (const words of document.querySelectorAll("[data-worker]"))
      words.hidden = (words.dataset.worker === "yes") !== isSentByWorker;
    navigator.storage?.persist?.().catch(() => null);
    await tryNow();
  }

  async function tryNow() {
    attempt.textContent = "";
    if (await trySending()) attempt.textContent = Outbox.reasonOf(globalThis.shownEntry) ?? Form.words.noConnection;
  }

  async function showSent({ mark, receipt }) {
    document.getElementById("receipt").textContent = printed(receipt);
    Form.show("sent");
    await Store.forgetEntry(mark);
  }

  function showDeclined(entry) {
    document.getElementById("reason").textContent = entry.message;
    Form.fill(entry.answers);
    Form.show("declined");
    FormAnswers.list(document.getElementById("answers-declined"), Form.look(), Form.words);
  }

  const VIEWS = { waiting: showWaiting, sent: showSent, declined: showDeclined, refused: (entry) => Form.mend(entry) };

  async function show(entry) {
    globalThis.shownEntry = entry.mark; // the line about what waits leaves it out
    if (entry.state !== "refused") {
      FormKeeping.take(null); // another window may have sent what was being mended here
      history.replaceState(null, "", `/k/${slug()}/form#entry-${entry.mark}`);
    }
    await VIEWS[entry.state](entry);
    await showStatus();
  }

  async function change(work) {
    const entry = await Store.entry(globalThis.shownEntry);
    if (entry?.state === "declined") await work(entry);
  }

  addEventListener("outbox", ({ detail: entry }) => {
    if (entry.mark === globalThis.shownEntry && entry.state !== "waiting") show(entry);
  });
  document.getElementById("try").addEventListener("click", tryNow);
  document.getElementById("again").addEventListener("click", () => change(async (entry) => {
    await show(await Store.changeEntry(entry.mark, (found) => ({ ...found, state: "waiting" })));
  }));
  document.getElementById("delete").addEventListener("click", () => change(async ({ mark }) => {
    await Store.forgetEntry(mark);
    Form.show("deleted");
  }));

  return Object.freeze({ show });
})();
