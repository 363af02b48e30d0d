"use strict";
// Hands answers over to the server that only this browser has, before the form is finished: from then on the code leads
// to them on any device. Used by pages and by the worker.

globalThis.HandingOver = (() => {
  const PATIENCE = 10000; // milliseconds
  const FOR_GOOD = new Set(["saved", "gone", "closed", "unreadable"]);

  async function post({ slug, ticket, base }, sent) {
    const before = Object.fromEntries(Object.keys(sent).map((item) => [item, base?.[item] ?? []]));
    const response = await fetch(`/k/${slug}/draft`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ticket, answers: sent, before }),
      signal: AbortSignal.timeout?.(PATIENCE),
    }).catch(() => null);
    if (!response) return { state: "offline" };
    return response.json().then((reply) => reply ?? { state: "failed" }).catch(() => ({ state: "failed" }));
  }

  async function handNow({ slug, mark }) {
    const record = await Store.record(slug);
    if (record?.mark !== mark) return { state: "missing" };
    const sent = Records.unsaved(record);
    if (!Object.keys(sent).length) return { state: "saved", record, accepted: 0 };
    const reply = await post(record, sent);
    if (reply.state !== "saved") return reply;
    const now = await Store.change(record, (current) => Records.settled(current, sent, reply));
    return { ...reply, record: now, accepted: Object.keys(sent).length - reply.refused.length };
  }

  const inTurn = (work) => (navigator.locks ? navigator.locks.request("handing-over", work) : work());

  // Resolves with the server's reply; `state` is "saved", or what stands in the way: the server's word with a `message`,
  // "offline", "failed" or, of a record that is here no more, "missing". Pages and the worker take turns.
  const hand = (record) => inTurn(() => handNow(record).catch(({ message }) =>
    ({ state: message === Store.GONE ? "missing" : "failed" })));

  // What earlier visits left unfinished goes to their own drafts, where their codes lead; then nothing of it stays.
  async function handFormer() {
    const unfinished = (await Store.entries()).filter(({ state }) => state === "unfinished");
    for (const entry of unfinished) {
      const { state } = await post(entry, Records.unsaved(entry));
      if (FOR_GOOD.has(state)) await Store.forgetEntry(entry.mark);
    }
  }

  // Resolves with how many visits have something here that the server has not.
  async function handAll() {
    for (const record of await Store.records()) await hand(record);
    await inTurn(handFormer);
    const left = (await Store.records()).filter(Records.isOnlyHere);
    return left.length + (await Store.entries()).filter(({ state }) => state === "unfinished").length;
  }

  return Object.freeze({ hand, handAll, handFormer: () => inTurn(handFormer) });
})();
