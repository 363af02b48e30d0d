"use strict";
// On the server's pages: keeps what was answered so far, so that the whole form can go on with it where the connection
// ends, and hands over what was answered there. Nothing is kept where several people share the device.

const SLOWEST_DISK = 1000; // milliseconds
const LEAVING = "leaving"; // in the tab's memory: the mark of the visit that ends
const kept = JSON.parse(document.getElementById("outbox")?.dataset.kept ?? "null");
const formAt = (language) => `/k/${kept.slug}/form?language=${language}`;
const showsAnswers = kept?.ticket || document.getElementById("standing");
let isTouched = false; // somebody types: the page is not taken away from them

// The agency may have been changed on the first page since the record was kept: its ticket is then for another one.
const renewed = (former) => ({ ...former, ticket: kept.ticket, unit: kept.unit });

const leadToForm = (hash) => location.replace(formAt(document.documentElement.lang) + hash);

// What an earlier visit left here without a connection goes to its own draft, where its code leads.
async function letFormerGo(record) {
  await Store.forget(kept.slug);
  await HandingOver.handGone(record);
}

async function refresh() {
  const record = await Store.record(kept.slug);
  const isOurs = record?.mark === kept.mark;
  if (kept.mark) await Store.setFormerAside(kept.slug, kept.mark);
  if (isOurs && await bringOver(record)) return; // the record is newer than this page
  if (record && !isOurs) await letFormerGo(record);
  if (kept.ticket) await goOnWithWhatIsKept(isOurs && await Store.record(kept.slug));
  if (document.getElementById("leave")) await Leaving.warnEarly(kept);
}

// Hands over what only this browser has; where the server took some of it, its pages are shown anew.
async function bringOver(record) {
  const found = kept.answers ? HandingOver.met(renewed(record), kept.answers) : record;
  await Store.keep(found);
  if (!HandingOver.isOnlyHere(found)) return false;
  const { accepted } = await HandingOver.hand(found);
  if (!accepted) return false;
  if (showsAnswers && !isTouched) location.replace(kept.ticket ? addressOf(found.view) : location.pathname);
  return true;
}

// The server's page of a step of the form.
function addressOf(view) {
  const place = view === "check" ? view : /^page-(\d+)$/.exec(view)?.[1];
  return place ? `/k/${kept.slug}/${place}` : location.pathname;
}

// The form says in the address, after #, how far it went; it stood in for a page that is there again.
function goWhereTheFormWas() {
  const address = addressOf(location.hash.slice(1));
  if (address !== location.pathname) location.replace(address);
}

// Where this browser knows more than the server, the whole form goes on; else the server's page is kept.
async function goOnWithWhatIsKept(record) {
  const entry = await Store.entry(kept.mark);
  if (entry?.state === "refused") await Store.keepEntry(renewed(entry));
  if (["waiting", "refused"].includes(entry?.state)) return leadToForm(`#entry-${kept.mark}`);
  if (record && HandingOver.isOnlyHere(record)) return leadToForm(location.hash);
  await Store.keep({ ...kept, base: kept.answers, language: document.documentElement.lang });
  return goWhereTheFormWas();
}

function typedOn(form) {
  const typed = {};
  const fields = new FormData(form);
  for (const block of form.querySelectorAll("[data-kind]"))
    for (const { name } of block.querySelectorAll("[name]"))
      typed[name] = block.hidden ? [] : fields.getAll(name).filter((text) => text.trim());
  return typed;
}

// What a form sends is on the disk before it goes out: the line may break at any moment after that.
const BEFORE_SENDING = {
  answers: (record, form) => ({ ...record, pending: { page: kept.page, answers: typedOn(form) } }),
  send: (record) => ({ ...record, sending: true }),
};

function forgetFirst() {
  sessionStorage.setItem(LEAVING, kept.mark); // the next page makes sure
  return Store.letGo(kept.slug, kept.mark);
}

async function makeRoom() {
  await Store.forget(kept.slug);
  await Store.setFormerAside(kept.slug, "");
}

async function keepFirst(form, submitter) {
  const { pathname } = new URL(submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
  if (/\/(later|decline)$/.test(pathname)) return forgetFirst();
  if (submitter?.name === "anew" || form.elements.shared?.checked) return makeRoom();
  const record = await Store.record(kept.slug);
  const change = BEFORE_SENDING[form.id];
  return record?.mark === kept.mark && change ? Store.keep(change(record, form)) : null;
}

// Ratings that could not be saved as they were given.
function keepUnsaved(form) {
  form.addEventListener("unsaved", ({ detail: status }) => {
    Store.change(kept, (record) => ({ ...record, answers: { ...record.answers, ...typedOn(form) } }))
      .then(() => { status.textContent = status.dataset.kept; })
      .catch(() => null);
  });
}

function sendAsPressed(form, submitter) {
  if (submitter?.name) addHidden(form, submitter.name, submitter.value);
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  form.submit();
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
  const sayGone = await Leaving.makeSure(kept, claims);
  await refresh();
  return sayGone();
}

if (kept && globalThis.indexedDB) {
  addEventListener("input", () => { isTouched = true; }, { once: true });
  begin().catch(() => Leaving.sayNotGone(document.getElementById("claims")));
  for (const form of document.querySelectorAll("main form[method=post]")) keepBeforeSending(form);
  if (kept.ticket && document.getElementById("answers")) keepUnsaved(document.getElementById("answers"));
  if (kept.ticket) prepareWhenIdle(document.getElementById("outbox").dataset.fetching);
}
