"use strict";
// Sends what waits in the outbox. A form leaves it only when the server says that it is stored; the server stores each
// once, however often it arrives. Used by pages and by the worker; "outbox" is also a channel that tells of changes.

globalThis.Outbox = (() => {
  const PATIENCE = 30000; // milliseconds
  const DECLINED = new Set(["used", "full", "closed", "withdrawn", "unreadable"]);
  const reasons = new Map(); // mark → why the server did not take a form yet
  const channel = new BroadcastChannel("outbox");

  // What becomes of an entry; null where it stays and is tried again (no connection, too many at once, a pause).
  function outcome(entry, status, reply) {
    const { mark, slug, unit } = entry;
    if (status === 200 && reply.state === "stored")
      return { mark, slug, unit, state: "sent", receipt: reply.receipt };
    if (reply.state === "refused") return { ...entry, state: "refused", faults: reply.faults };
    if (DECLINED.has(reply.state)) return { ...entry, state: "declined", message: reply.message };
    return null;
  }

  async function send(entry) {
    const response = await fetch(`/k/${entry.slug}/outbox`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ticket: entry.ticket, answers: entry.answers }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const reply = await response.json();
    const changed = outcome(entry, response.status, reply);
    if (!changed) return reasons.set(entry.mark, reply.message);
    const kept = await Store.changeEntry(entry.mark, () => changed);
    return kept && tell(kept);
  }

  const waiting = async () => (await Store.entries()).filter((entry) => entry.state === "waiting");

  async function sendEach() {
    for (const entry of await waiting())
      await send(entry).catch(() => reasons.delete(entry.mark)); // it stays where it is
  }

  // A page and the worker, or two pages, take turns. Resolves with the number of forms that still wait.
  async function sendAll() {
    if (navigator.locks) await navigator.locks.request("outbox", sendEach);
    else await sendEach();
    return (await waiting()).length;
  }

  const announce = (entry) => globalThis.dispatchEvent(new CustomEvent("outbox", { detail: entry }));

  // Tells all pages of this browser, this one too, what became of a form.
  function tell(entry) {
    channel.postMessage(entry);
    announce(entry);
  }

  channel.onmessage = (event) => announce(event.data);
  return Object.freeze({ sendAll, tell, reasonOf: (mark) => reasons.get(mark) });
})();
