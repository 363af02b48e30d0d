"use strict";
// On every page: tries to send what waits, and says in one line how things stand.

const FIRST_PAUSE = 30000; // milliseconds
const LONGEST_PAUSE = 600000;
const statusLine = document.getElementById("outbox");
globalThis.shownEntry ??= /^#entry-(.+)$/.exec(location.hash)?.[1]; // of the whole form, which shows that one itself
const toldAsSent = new Map(); // what was said stays said until the next page

const filled = (template, values) => template.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const printed = (code) => code.match(/.{1,4}/g).join("-");

function line(words, entry) {
  const paragraph = Object.assign(document.createElement("p"), { className: "govuk-body", textContent: words });
  if (entry) {
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", textContent: statusLine.dataset.look });
    link.href = `/k/${entry.slug}/form#entry-${entry.mark}`;
    paragraph.append(" ", link);
  }
  return paragraph;
}

function linesAbout(entries) {
  const { one, more, refused, declined, sent } = statusLine.dataset;
  const waiting = entries.filter((entry) => entry.state === "waiting").length;
  const lines = waiting ? [line(filled(waiting === 1 ? one : more, { number: waiting }))] : [];
  const ours = entries.filter((entry) => !entry.former);
  const words = {
    refused: (entry) => line(refused, entry),
    declined: (entry) => line(declined, entry),
    sent: (entry) => line(filled(sent, { receipt: printed(entry.receipt) })),
  };
  return [...lines, ...ours.flatMap((entry) => words[entry.state]?.(entry) ?? [])];
}

async function showStatus() {
  const entries = await Store.entries();
  const elsewhere = entries.filter((entry) => entry.mark !== globalThis.shownEntry); // the page itself shows that one
  const isSent = (entry) => entry.state === "sent";
  if (!document.hidden)
    for (const entry of elsewhere.filter(isSent)) {
      toldAsSent.set(entry.mark, entry);
      await Store.forgetEntry(entry.mark);
    }
  statusLine.replaceChildren(...linesAbout([...elsewhere.filter((entry) => !isSent(entry)), ...toldAsSent.values()]));
  statusLine.hidden = !statusLine.firstChild;
}

async function trySending(pause = FIRST_PAUSE) {
  clearTimeout(trySending.next);
  const left = await Outbox.sendAll();
  if (left) trySending.next = setTimeout(() => trySending(Math.min(2 * pause, LONGEST_PAUSE)), pause);
  return left;
}

if (statusLine && globalThis.indexedDB) {
  globalThis.addEventListener("outbox", () => showStatus());
  globalThis.addEventListener("online", () => trySending());
  document.addEventListener("visibilitychange", () => showStatus());
  showStatus().then(() => trySending()).catch(() => null); // a browser that keeps nothing has nothing to send
}
