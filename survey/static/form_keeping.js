"use strict";
// Keeps what is typed into the whole form: in this browser at once, at the server as soon as there is a connection.
// Other windows and other devices answer the same form: only what was typed here is written, and what they answered
// is shown.

globalThis.FormKeeping = (() => {
  const PAUSE = 30000; // milliseconds until the server is tried again
  const whereKept = document.getElementById("where-kept");
  const hereAlone = whereKept.textContent;
  const told = document.getElementById("told");
  let kept = null; // the record being filled in, or the refused entry of the outbox being mended
  let shown = {}; // the texts that the record and the fields had in common last
  let saving = null;
  let trying = null;

  const current = () => kept;
  const { allTexts, fill } = FormFields;

  // `record` is being filled in from now on, `shown` its texts; null: none is.
  function take(record) {
    clearTimeout(saving);
    kept = record;
    shown = record?.answers ?? {};
  }

  const typedHere = () => Records.changes(shown, allTexts());

  // Fields that nobody typed in since show what the record says now.
  function takeIn(record) {
    const typed = typedHere();
    const elsewhere = Object.keys(Records.changes(shown, record.answers)).filter((item) => !(item in typed));
    fill(record.answers, elsewhere);
    for (const item of elsewhere) shown = { ...shown, [item]: record.answers[item] };
    kept = { ...record, view: kept.view };
    return elsewhere.length > 0;
  }

  async function saveRecord() {
    const typed = typedHere();
    const { view } = kept;
    const language = document.documentElement.lang;
    const record = await Store.change(kept, ({ pending, sending, ...stored }) =>
      ({ ...stored, view, language, answers: { ...stored.answers, ...typed } }));
    shown = { ...shown, ...typed };
    if (kept) takeIn(record);
  }

  async function save() {
    clearTimeout(saving);
    if (!kept) return;
    if (kept.state) await Store.changeEntry(kept.mark, (entry) => ({ ...entry, answers: allTexts() }));
    else await saveRecord().catch(seeWhatIsLeft);
  }

  // Another window sent the form or left this device: the page shows what there is now.
  function seeWhatIsLeft(error) {
    if (error?.message !== Store.GONE) throw error;
    location.reload();
  }

  const saveQuietly = () => save().catch(() => null);

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(saveQuietly, 150);
    whereKept.textContent = hereAlone;
  }

  // The browser then lets it send with this page closed, where it can; resolves with whether it does.
  async function askWorker() {
    const worker = await navigator.serviceWorker?.getRegistration("/k/");
    await worker?.sync?.register("outbox");
    return Boolean(worker?.sync);
  }

  function tell({ state, record, overwritten, message }) {
    const isSaved = state === "saved" && !Records.isOnlyHere(record) && !Object.keys(typedHere()).length &&
      Object.keys(record.answers).length > 0;
    whereKept.textContent = isSaved ? whereKept.dataset.saved : hereAlone;
    told.textContent = message ?? (overwritten ? told.dataset.overwritten : "");
  }

  function tryAgain() {
    clearTimeout(trying);
    trying = setTimeout(handOver, PAUSE);
    askWorker().catch(() => null);
  }

  // Resolves with the server's reply, null where there is nothing to hand over: a finished form is sent whole.
  async function handOver() {
    if (!kept || kept.state) return null;
    const reply = await HandingOver.hand(kept);
    if (!kept) return null; // sent meanwhile
    if (reply.state === "missing") return location.reload();
    if (reply.record) takeIn(reply.record);
    tell(reply);
    if (reply.state === "offline" || reply.state === "failed") tryAgain();
    return reply;
  }

  // After a time in the background: another window may have gone on with the form. Resolves with whether it did.
  async function comeBack() {
    if (!kept || kept.state) return false;
    const record = await Store.record(kept.slug);
    if (!kept) return false;
    return record?.mark === kept.mark ? takeIn(record) : location.reload();
  }

  return Object.freeze({ current, take, save, saveQuietly, saveSoon, handOver, comeBack, askWorker });
})();
