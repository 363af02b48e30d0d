"use strict";
// On the server's pages: keeps what was answered so far, so that the whole form can go on with it where the connection
// ends, and hands over what was answered there. Nothing is kept where several people share the device.

const SLOWEST_DISK = 1000; // milliseconds
const LEAVING = "leaving"; // in the tab's memory: the mark of the visit that ends, once the server says so
const kept = JSON.parse(document.getElementById("outbox")?.dataset.kept ?? "null");
const formAt = (language) => `/k/${kept.slug}/form?language=${language}`;
let shown = kept?.answers; // what the fields of this page and the server had in common last
let isTouched = false; // somebody types: the page is not taken away from them

const leadToForm = (hash) => location.replace(formAt(document.documentElement.lang) + hash);

async function refresh() {
  await Store.setFormerAside(kept.slug, kept.mark);
  if (kept.ticket) await keepPage();
  else await bringOver();
  const leave = document.getElementById("leave");
  if (leave) await Leaving.warnEarly(leave, kept);
  await HandingOver.handFormer();
}

// Where this browser knows more than the server, the whole form goes on; else the server's page is kept.
async function keepPage() {
  const entry = await Store.entry(kept.mark);
  // The agency may have been changed on the first page since: the former ticket is for another one.
  if (entry?.state === "refused")
    await Store.changeEntry(kept.mark, (found) => ({ ...found, ticket: kept.ticket, unit: kept.unit }));
  if (["waiting", "refused"].includes(entry?.state)) return leadToForm(`#entry-${kept.mark}`);
  const page = { ...kept, language: document.documentElement.lang };
  const record = await Store.meet(kept, (former) => Records.met(former, page));
  return Records.isOnlyHere(record) ? leadToForm(location.hash) : goWhereTheFormWas();
}

// The form says in the address, after #, how far it went; it stood in for a page that is there again.
function goWhereTheFormWas() {
  const step = location.hash.slice(1);
  const place = step === "check" ? step : /^page-(\d+)$/.exec(step)?.[1];
  const address = `/k/${kept.slug}/${place}`;
  if (place && address !== location.pathname) location.replace(address);
}

// On other pages: what only this browser has is handed over, and a page that tells how far one is tells it anew.
async function bringOver() {
  const isDropped = "dropped" in document.getElementById("outbox").dataset;
  await Store.change(kept, ({ sending, pending, ...record }) => (isDropped || !pending ? record : { ...record, pending }))
    .catch(() => null); // what was to be sent was not: the person is asked anew
  const { accepted } = await HandingOver.hand(kept);
  if (accepted && document.getElementById("standing") && !isTouched)
    location.replace(location.pathname + location.search);
}

// As the server writes them.
const textsIn = (fields, item) => fields.getAll(item).map((text) => text.normalize("NFC").trim()).filter(Boolean);

// What was typed in this window: other windows and devices answer the same page.
function typedOn(form) {
  const fields = new FormData(form);
  const items = Array.from(form.querySelectorAll("[data-kind] [name]"), ({ name }) => name);
  const before = Object.fromEntries(items.map((item) => [item, shown[item]]));
  return Records.changes(before, Object.fromEntries(items.map((item) => [item, textsIn(fields, item)])));
}

// What a form sends is on the disk before it goes out: the line may break at any moment after that.
const BEFORE_SENDING = {
  answers: (record, form, submitter) => {
    const stays = submitter?.name === "form-language";
    const pending = { page: kept.page, answers: typedOn(form), stays };
    return { ...record, language: stays ? submitter.value : record.language, pending };
  },
  send: (record) => ({ ...record, sending: true }),
};

// Somebody else goes on here, or nothing may stay here any more.
async function makeRoom(isShared) {
  if (isShared) await HandingOver.hand(kept);
  await Store.setFormerAside(kept.slug, "");
}

async function keepFirst(form, submitter) {
  const { pathname } = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
  if (/\/(later|decline)$/.test(pathname)) return sessionStorage.setItem(LEAVING, kept.mark);
  const isShared = form.elements.shared?.checked;
  if (submitter?.name === "anew" || isShared) return makeRoom(isShared);
  const change = BEFORE_SENDING[form.id];
  return change && kept.ticket ? Store.change(kept, (record) => change(record, form, submitter)) : null;
}

// Ratings that are saved while they are given, and what is typed without a connection.
function followTyping(form) {
  const change = (work) => Store.change(kept, work);
  const keepTyped = () => change((record) => ({ ...record, answers: { ...record.answers, ...typedOn(form) } }));
  const keepWithoutLine = () => { if (navigator.onLine === false) keepTyped().catch(() => null); };
  form.addEventListener("input", keepWithoutLine);
  addEventListener("offline", keepWithoutLine);
  form.addEventListener("saving", () => { keepTyped().catch(() => null); });
  form.addEventListener("unsaved", ({ detail: { status } }) => {
    keepTyped().then(() => { status.textContent = status.dataset.kept; }).catch(() => null);
  });
  form.addEventListener("saved", ({ detail: { sent, items, revision } }) => {
    const texts = Object.fromEntries(items.map((item) => [item, textsIn(sent, item)]));
    shown = { ...shown, ...texts };
    const saved = (record) => ({ ...record, answers: { ...record.answers, ...texts } });
    change((record) => Records.settled(saved(record), texts, { answers: record.base, refused: [], revision }))
      .catch(() => null);
  });
}

function sendAsPressed(form, submitter) {
  const { action } = form;
  const added = submitter?.name ? addHidden(form, submitter.name, submitter.value) : null;
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  form.submit();
  form.action = action; // who stops a slow page may press another button
  added?.remove();
}

function keepBeforeSending(form) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.id === "leave" && kept.mark && !(await Leaving.isAgreed(form, kept).catch(() => true))) return;
    const tooLong = new Promise((resolve) => { setTimeout(resolve, SLOWEST_DISK); });
    await Promise.race([keepFirst(form, event.submitter).catch(() => null), tooLong]);
    sendAsPressed(form, event.submitter);
  });
}

// Once the page is in use, the whole form is fetched for the time without a connection.
function prepareWhenIdle(source) {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  const load = () => { document.head.append(Object.assign(document.createElement("script"), { src: source })); };
  const later = () => (globalThis.requestIdleCallback ?? setTimeout)(load);
  if (document.readyState === "complete") later();
  else globalThis.addEventListener("load", later);
}

async function begin() {
  const claims = document.getElementById("claims");
  if (!claims) return refresh().catch(() => null); // in a private window a browser may keep nothing: all goes on as without
  const sayGone = await Leaving.makeSure(kept, LEAVING, claims);
  await refresh();
  return sayGone();
}

if (kept && globalThis.indexedDB) {
  addEventListener("input", () => { isTouched = true; }, { once: true });
  begin().catch(() => Leaving.sayNotGone(document.getElementById("claims")));
  for (const form of document.querySelectorAll("main form[method=post]")) keepBeforeSending(form);
  if (kept.ticket && document.getElementById("answers")) followTyping(document.getElementById("answers"));
  if (kept.ticket) prepareWhenIdle(document.getElementById("outbox").dataset.fetching);
}
