"use strict";
// What this browser keeps for people who answer, on a device of their own: `records`, one a survey, is the form being
// filled in; `outbox`, one a visit, are forms that were finished and wait to be sent. Used by pages and by the worker.
//
// A record: { slug, mark, ticket, unit, language, page, answers: { item: [texts] }, local, pending, sending, saved }.
// `local`: holds answers that the server has not seen. `pending`: what the page sent last, not known to have arrived.
// `sending`: the person pressed the button that sends all. An entry of the outbox has a `state` as well: "waiting",
// "refused" (with `faults`, to be mended), "declined" (with `message`, for good) or "sent" (with `receipt` alone).

globalThis.Store = (() => {
  const LONGEST = 14 * 24 * 3600 * 1000; // milliseconds; the cookie of a visit lasts as long
  let opening = null;

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("answers", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("records", { keyPath: "slug" });
        request.result.createObjectStore("outbox", { keyPath: "mark" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opening;
  }

  // Resolves when all is on the disk, with the result of the request that `work` returns.
  async function transact(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(["records", "outbox"], mode, { durability: "strict" });
      const request = work(transaction.objectStore("records"), transaction.objectStore("outbox"));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const read = (work) => transact("readonly", work);
  const write = (work) => transact("readwrite", work);

  async function record(slug) {
    const found = await read((records) => records.get(slug));
    if (!found || Date.now() - found.saved < LONGEST) return found;
    return forget(slug);
  }

  const entry = (mark) => read((_, outbox) => outbox.get(mark));
  const entries = () => read((_, outbox) => outbox.getAll());
  const keep = (changed) => write((records) => records.put({ ...changed, saved: Date.now() }));
  const forget = (slug) => write((records) => { records.delete(slug); });
  const keepEntry = (changed) => write((_, outbox) => outbox.put(changed));
  const forgetEntry = (mark) => write((_, outbox) => { outbox.delete(mark); });

  // In one step, so that a form is never in neither place, nor in both.
  const moveToOutbox = (finished) => write((records, outbox) => {
    outbox.put(finished);
    const current = records.get(finished.slug);
    current.onsuccess = () => {
      if (current.result?.mark === finished.mark) records.delete(finished.slug);
    };
  });

  return Object.freeze({ record, entry, entries, keep, forget, keepEntry, forgetEntry, moveToOutbox });
})();
