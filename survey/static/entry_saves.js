"use strict";
// Saves what is keyed, field by field, in its order. Without a line it tries again by itself until it succeeds; what
// the server refuses is told to who asked; a form that this screen no longer holds is saved no further.
//
// Saves.claim({ number, after }) → { held, only_scans }, Saves.put(item, texts, note, isUndo), Saves.finish(): each a
// promise; `held` is null where no form is given, and `only_scans` says why where scans are the reason. They reject with a
// Refusal { faults: [{ place, words }], isLost } or with one that has a `word`, the name of a sentence to show.

class Refusal extends Error {
  constructor({ faults = [], isLost = false, word = "" }) {
    super(word || faults[0]?.words);
    Object.assign(this, { faults, isLost, word });
  }
}

globalThis.Saves = (() => {
  const PATIENCE = 10000; // milliseconds
  const PAUSES = [500, 1000, 2000, 5000, 10000]; // between tries without a line
  const STAY = 300000; // between signs of life
  const form = document.querySelector("form.app-keying");
  const told = JSON.parse(form.dataset.told);
  const status = form.querySelector("[data-saving]");
  let csrf = form.elements.csrf_token.value;
  let held = null;
  let waiting = 0; // fields that are not on the server yet
  let last = Promise.resolve();

  function tell(word) {
    status.dataset.saving = word;
    status.textContent = told[word];
  }

  async function tryOnce(address, fields) {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": csrf },
      body: new URLSearchParams(fields),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (reply.ok) return reply.json();
    if (reply.status === 409 || reply.status === 422) {
      if (!reply.headers.get("Content-Type").startsWith("application/json")) throw new Refusal({ word: "failed" });
      throw new Refusal({ ...await reply.json(), isLost: reply.status === 409 });
    }
    if (reply.status >= 500) throw new Error(reply.statusText);
    throw Object.assign(new Error(reply.type), { isSignedOut: reply.type === "opaqueredirect", status: reply.status });
  }

  // Signing in again brings another token against forged requests: the page itself knows it. False: not signed in.
  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const field = page.querySelector("form.app-keying [name=csrf_token]");
    csrf = field?.value ?? csrf;
    return field !== null;
  }

  // Wait before the next try; say why.
  async function pause(fault, tries) {
    const isIn = !(fault.isSignedOut || fault.status === 400) || await renew().catch(() => true);
    tell(isIn ? "unsaved" : "signedOut");
    await new Promise((done) => { setTimeout(done, PAUSES[Math.min(tries, PAUSES.length - 1)]); });
    return isIn;
  }

  async function post(address, fields) {
    for (let [tries, refused] = [0, 0]; ; tries += 1) {
      try {
        return await tryOnce(address, fields);
      } catch (fault) {
        if (fault instanceof Refusal) throw fault;
        if ((fault.status && fault.status !== 400) || refused === PAUSES.length) throw new Refusal({ word: "failed" });
        const isIn = await pause(fault, tries);
        refused += fault.status === 400 && isIn ? 1 : 0;
      }
    }
  }

  // One after the other: a later field must not overtake an earlier one.
  function inOrder(deed) {
    const result = last.then(deed);
    last = result.catch(() => {});
    return result;
  }

  function claim(wanted) {
    return inOrder(async () => {
      held = null;
      const reply = await post(form.dataset.claim, { kind: form.dataset.kind, ...wanted });
      ({ held } = reply);
      if (held) tell("saved");
      return reply;
    });
  }

  function put(item, texts, note, isUndo) {
    const mine = held;
    waiting += 1;
    tell("saving");
    return inOrder(async () => {
      if (mine !== held) throw new Refusal({ isLost: true });
      const fields = [["token", mine.token], ["seq", mine.seq + 1], ["item", item], ["note", note]];
      if (isUndo) fields.push(["undo", "1"]);
      ({ seq: mine.seq } = await post(mine.address, fields.concat(texts.map((text) => ["text", text]))));
    }).catch((refusal) => {
      if (refusal.isLost) held = null;
      throw refusal;
    }).finally(() => {
      waiting -= 1;
      if (!waiting) tell("saved");
    });
  }

  // Once everything sent so far is answered, and who sent it has heard.
  async function settled() {
    await last;
    await new Promise((done) => { setTimeout(done); });
  }

  function finish() {
    return inOrder(() => {
      if (!held) throw new Refusal({ isLost: true });
      return post(`${held.address}/finish`, { token: held.token });
    });
  }

  setInterval(() => {
    if (held && !waiting && !document.hidden)
      inOrder(() => post(`${held.address}/stay`, { token: held.token })).catch(() => {}); // the next save tells
  }, STAY);

  return Object.freeze({ claim, put, settled, finish, tell, isClean: () => waiting === 0, isHeld: () => held !== null });
})();
