"use strict";
// A person leaves this device: nothing of theirs stays in the browser, and nothing that is here alone goes unnoticed.

globalThis.Leaving = (() => {
  const warning = document.getElementById("only-here");

  // On the page after it: says that nothing is left here only when that is so. `leaving`: where the tab's memory has the
  // mark of the visit that ended.
  async function makeSure({ slug, mark }, leaving, claims) {
    const left = sessionStorage.getItem(leaving);
    if (left && left !== mark) await Store.letGo(slug, left);
    sessionStorage.removeItem(leaving);
    const gone = claims.querySelector("#gone");
    return () => { gone.textContent = gone.dataset.said; };
  }

  function sayNotGone(claims) {
    const { content, dataset } = document.getElementById("not-gone");
    const heading = claims.querySelector("h1");
    heading.textContent = dataset.title;
    claims.replaceChildren(heading, content);
  }

  async function isRecordOnlyHere({ slug, mark }) {
    const record = await Store.record(slug);
    return record?.mark === mark && Records.isOnlyHere(record);
  }

  async function isFormOnlyHere({ mark }) {
    const entry = await Store.entry(mark);
    return Boolean(entry) && entry.state !== "sent";
  }

  function warn(form) {
    warning.hidden = false;
    const button = form.querySelector("[data-anyway]");
    button.textContent = button.dataset.anyway;
  }

  // Before the code alone leads back: brings to the server what is here alone, as far as that can be done.
  async function bringAlong(kept) {
    const status = document.getElementById("leaving");
    status.textContent = status.dataset.saving;
    await Outbox.sendAll().catch(() => null);
    await HandingOver.hand(kept);
    status.textContent = "";
  }

  // Whether the person may leave by `form`: nothing would be lost, or they have read that it would.
  async function isAgreed(form, kept) {
    const status = document.getElementById("leaving");
    status.textContent = navigator.onLine === false ? status.dataset.offline : "";
    if (status.textContent) return false;
    const hasRead = !warning.hidden;
    await bringAlong(kept);
    if (hasRead || !(await isRecordOnlyHere(kept) || await isFormOnlyHere(kept))) return true;
    warn(form);
    warning.focus();
    return false;
  }

  async function warnEarly(form, kept) {
    if (await isRecordOnlyHere(kept)) warn(form);
  }

  return Object.freeze({ makeSure, sayNotGone, isAgreed, warnEarly });
})();
