"use strict";
// What this browser keeps for people who answer, on a device of their own: `records`, one a survey, is the form being
// filled in; `outbox`, one a visit, are forms that were finished and wait to be sent. Used by pages and by the worker.
//
// A record: { slug, mark, ticket, unit, language, page, answers: { item: [texts] }, base, revision, pending, sending,
// saved }; for `base` and `revision` see records.js. `pending`: what the page sent last, not known to have arrived.
// `sending`: the person pressed the button that sends all. An entry of the outbox has a `state` as well: "waiting",
// "refused" (with `faults`, to be mended), "declined" (with `message`, for good), "sent" (with `receipt` alone) or
// "unfinished" (handed over without being sent). `former`: another person uses this device since; the form still goes
// where it should, and is shown to nobody.

globalThis.Store = (() => {
  const DAY = 24 * 3600 * 1000; // milliseconds
  const LONGEST = 14 * DAY; // the cookie of a visit lasts as long
  const LONGEST_IN_OUTBOX = { waiting: 30 * DAY, refused: 7 * DAY, declined: 7 * DAY, sent: 30 * DAY, unfinished: LONGEST };
  const GONE = "gone"; // the message of the error where a record is another one now, or none
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
      transaction.onabort = () => reject(transaction.error ?? new Error(GONE));
    });
  }

  const read = (work) => transact("readonly", work);
  const write = (work) => transact("readwrite", work);

  async function record(slug) {
    const found = await read((records) => records.get(slug));
    if (!found || Date.now() - found.saved < LONGEST) return found;
    return forget(slug);
  }

  async function records() {
    const all = await read((kept) => kept.getAll());
    return Promise.all(all.map(({ slug }) => record(slug))).then((found) => found.filter(Boolean));
  }

  async function entries() {
    const isOver = ({ state, saved }) => Date.now() - saved > LONGEST_IN_OUTBOX[state];
    const all = await read((_, outbox) => outbox.getAll());
    for (const { mark } of all.filter(isOver)) await forgetEntry(mark);
    return all.filter((each) => !isOver(each));
  }

  const entry = async (mark) => (await entries()).find((each) => each.mark === mark);
  const stamped = (changed) => ({ ...changed, saved: Date.now() });

  // Changes the record that is there at this moment, and resolves with it. Rejects where it is gone or another person's.
  async function change({ slug, mark }, work) {
    let changed = null;
    await write((records) => {
      const current = records.get(slug);
      current.onsuccess = () => {
        if (current.result?.mark !== mark) return current.transaction.abort();
        changed = stamped(work(current.result));
        return records.put(changed);
      };
    });
    return changed;
  }

  const forget = (slug) => write((records) => { records.delete(slug); });

  // Changes the entry that is there at this moment, whoever it belongs to now; resolves with it, null where it is gone.
  async function changeEntry(mark, work) {
    let changed = null;
    await write((_, outbox) => {
      const current = outbox.get(mark);
      current.onsuccess = () => {
        if (!current.result) return;
        changed = { ...stamped(work(current.result)), former: current.result.former };
        outbox.put(changed);
      };
    });
    return changed;
  }

  const forgetEntry = (mark) => write((_, outbox) => { outbox.delete(mark); });

  // All of a visit whose person leaves this device.
  const letGo = (slug, mark) => write((records, outbox) => {
    records.delete(slug);
    if (mark) outbox.delete(mark);
  });

  // Another person is here now, or may come: what earlier visits answered still goes where it should, and is shown to
  // nobody.
  const setFormerAside = (slug, currentMark) => write((records, outbox) => {
    const all = outbox.getAll();
    all.onsuccess = () => {
      for (const each of all.result)
        if (each.slug === slug && each.mark !== currentMark && !each.former) outbox.put({ ...each, former: true });
    };
    const left = records.get(slug);
    left.onsuccess = () => {
      if (!left.result || left.result.mark === currentMark) return;
      const all = Records.withPending(left.result);
      if (Records.isOnlyHere(all)) outbox.put({ ...all, state: "unfinished", former: true });
      records.delete(slug);
    };
  });

  // A page of the server for this visit: `work(record)` makes the record that is kept from now on of the one there was.
  async function meet({ slug, mark }, work) {
    let found = null;
    await write((records) => {
      const current = records.get(slug);
      current.onsuccess = () => {
        found = stamped(work(current.result?.mark === mark ? current.result : null));
        records.put(found);
      };
    });
    return found;
  }

  // In one step, so that a form is never in neither place, nor in both.
  const moveToOutbox = (finished) => write((records, outbox) => {
    outbox.put(stamped(finished));
    const current = records.get(finished.slug);
    current.onsuccess = () => {
      if (current.result?.mark === finished.mark) records.delete(finished.slug);
    };
  });

  return Object.freeze({
    GONE, record, records, entry, entries, meet, change, forget, letGo, setFormerAside, changeEntry, forgetEntry,
    moveToOutbox,
  });
})();
