"use strict";
// Hands answers over to the server that only this browser has, before the form is finished: from then on the code leads
// to them on any device. Used by pages and by the worker.
//
// A record's `answers` are what was typed, its `base` what the server has of them, as far as is known here.

globalThis.HandingOver = (() => {
  const PATIENCE = 10000; // milliseconds
  const same = (one = [], other = []) => JSON.stringify(one) === JSON.stringify(other);

  // What the server has not: item → texts, none where an answer was taken back.
  function unsaved({ answers = {}, base = {} }) {
    const items = Object.keys({ ...base, ...answers }).filter((item) => !same(answers[item], base[item]));
    return Object.fromEntries(items.map((item) => [item, answers[item] ?? []]));
  }

  const isOnlyHere = (record) => Object.keys(unsaved(record)).length > 0;

  // The record of a page that came just now with all `answers` the server has.
  function met(record, answers) {
    const items = Object.keys(unsaved(record)).filter((item) => same(record.answers[item], answers[item]));
    return { ...record, base: { ...record.base, ...Object.fromEntries(items.map((item) => [item, answers[item] ?? []])) } };
  }

  // What was typed since it was sent, and what could not be kept, stays ours; all else is now as the server has it.
  function settled(record, sent, { answers, refused }) {
    const kept = Object.fromEntries(Object.entries(sent).filter(([item]) => !refused.includes(item)));
    return { ...record, answers: { ...answers, ...unsaved(record) }, base: { ...answers, ...kept } };
  }

  async function post({ slug, ticket, base }, sent) {
    const before = Object.fromEntries(Object.keys(sent).map((item) => [item, base?.[item] ?? []]));
    const response = await fetch(`/k/${slug}/draft`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ticket, answers: sent, before }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return response.json();
  }

  async function handNow({ slug, mark }) {
    const record = await Store.record(slug);
    if (record?.mark !== mark) return { state: "gone" };
    const sent = unsaved(record);
    if (!Object.keys(sent).length) return { state: "saved", record, accepted: 0 };
    const reply = await post(record, sent);
    if (reply.state !== "saved") return reply;
    const now = await Store.change(record, (current) => settled(current, sent, reply));
    return { ...reply, record: now, accepted: Object.keys(sent).length - reply.refused.length };
  }

  // Resolves with the server's reply; `state` is "saved", or what stands in the way, "offline" among it. Pages and the
  // worker take turns.
  async function hand(record) {
    const work = () => handNow(record).catch(() => ({ state: "offline" }));
    return navigator.locks ? navigator.locks.request("handing-over", work) : work();
  }

  // Of a record that is in this browser no more.
  const handGone = (record) => (isOnlyHere(record) ? post(record, unsaved(record)).catch(() => null) : null);

  async function handAll() {
    for (const record of await Store.records()) await hand(record);
  }

  return Object.freeze({ hand, handGone, handAll, isOnlyHere, met, same });
})();
