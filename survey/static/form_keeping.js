"use strict";
// Keeps what is typed into the whole form: in this browser at once, at the server as soon as there is a connection.

globalThis.FormKeeping = (() => {
  const whereKept = document.getElementById("where-kept");
  const hereAlone = whereKept.textContent;
  const told = document.getElementById("told");
  let kept = null; // the record being filled in, or the refused entry of the outbox being mended
  let saving = null;

  const current = () => kept;
  const { same, isOnlyHere } = HandingOver;

  // `record` is being filled in from now on; null: none is.
  function take(record) {
    clearTimeout(saving);
    kept = record;
  }

  async function save() {
    clearTimeout(saving);
    if (!kept) return;
    const { view, page } = kept;
    const changed = { view, page, answers: FormFields.allTexts(), language: document.documentElement.lang };
    kept = { ...kept, ...changed };
    if (kept.state) await Store.keepEntry(kept);
    else await Store.change(kept, ({ pending, sending, ...stored }) => ({ ...stored, ...changed })).catch(seeWhatIsLeft);
  }

  // Another window sent the form or left this device: the page shows what there is now.
  function seeWhatIsLeft(error) {
    if (error?.message !== Store.GONE) throw error;
    location.reload();
  }

  const saveQuietly = () => save().catch(() => null);

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(saveQuietly, 400);
  }

  // What another device answered meanwhile is shown too, unless it was typed over here.
  function takeIn(record) {
    const typed = FormFields.allTexts();
    const items = Object.keys({ ...kept.answers, ...record.answers });
    const elsewhere = items.filter((item) =>
      same(typed[item], kept.answers[item]) && !same(typed[item], record.answers[item]));
    FormFields.fill(record.answers, elsewhere);
    kept = { ...kept, answers: { ...record.answers, ...FormFields.allTexts() }, base: record.base };
  }

  // The browser then lets it send with this page closed, where it can; resolves with whether it does.
  async function askWorker() {
    const worker = await navigator.serviceWorker?.getRegistration("/k/");
    await worker?.sync?.register("outbox");
    return Boolean(worker?.sync);
  }

  function tell({ state, record, overwritten, message }) {
    const isSaved = state === "saved" && !isOnlyHere(record);
    whereKept.textContent = isSaved ? whereKept.dataset.saved : hereAlone;
    told.textContent = message ?? (overwritten ? told.dataset.overwritten : "");
    told.hidden = !told.textContent;
  }

  // Resolves with whether the server has all that could be kept; a finished form is sent whole, or not at all.
  async function handOver() {
    if (!kept || kept.state) return false;
    const reply = await HandingOver.hand(kept);
    if (!kept) return false; // sent meanwhile
    if (reply.record) takeIn(reply.record);
    tell(reply);
    if (reply.state === "offline") askWorker().catch(() => null);
    return reply.state === "saved";
  }

  return Object.freeze({ current, take, save, saveQuietly, saveSoon, handOver, askWorker });
})();
