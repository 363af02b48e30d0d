"use strict";
// On the server's pages: keeps what was answered so far, so that the whole form can go on with it where the connection
// ends; and, once the page is usable, fetches that form. Nothing is kept where several people share the device.

const SLOWEST_DISK = 1000; // milliseconds
const LEAVING = "leaving"; // in the tab's memory: the mark of the visit that ends
const kept = JSON.parse(document.getElementById("outbox")?.dataset.kept ?? "null");
const formAt = (language) => `/k/${kept.slug}/form?language=${language}`;

// The agency may have been changed on the first page since the record was kept: its ticket is then for another one.
const renewed = (former) => ({ ...former, ticket: kept.ticket, unit: kept.unit });

const leadToForm = (hash) => location.replace(formAt(document.documentElement.lang) + hash);

async function refresh() {
  const record = await Store.record(kept.slug);
  const isOurs = record?.mark === kept.mark;
  if (record && !isOurs) await Store.forget(kept.slug);
  if (kept.mark) await Store.setFormerAside(kept.slug, kept.mark);
  if (kept.ticket) await goOnWithWhatIsKept(isOurs && record.local ? record : null);
}

// Where this browser knows more than the server, the whole form goes on; else the server's page is kept.
async function goOnWithWhatIsKept(local) {
  const entry = await Store.entry(kept.mark);
  if (entry?.state === "refused") await Store.keepEntry(renewed(entry));
  if (["waiting", "refused"].includes(entry?.state)) return leadToForm(`#entry-${kept.mark}`);
  await Store.keep(local ? renewed(local) : { ...kept, language: document.documentElement.lang });
  return local && leadToForm(location.hash);
}

// After somebody left: says that nothing is left here only when that is so.
async function forgetWhoLeft(claims) {
  const mark = sessionStorage.getItem(LEAVING);
  if (mark) await Store.letGo(kept.slug, mark);
  sessionStorage.removeItem(LEAVING);
  await refresh();
  claims.querySelector("#gone").textContent = claims.querySelector("#gone").dataset.said;
}

function sayNotGone(claims) {
  const { content, dataset } = document.getElementById("not-gone");
  const heading = claims.querySelector("h1");
  heading.textContent = dataset.title;
  claims.replaceChildren(heading, content);
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

function sendAsPressed(form, submitter) {
  if (submitter?.name) addHidden(form, submitter.name, submitter.value);
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  form.submit();
}

function keepBeforeSending(form) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const tooLong = new Promise((resolve) => { setTimeout(resolve, SLOWEST_DISK); });
    await Promise.race([keepFirst(form, event.submitter).catch(() => null), tooLong]);
    sendAsPressed(form, event.submitter);
  });
}

async function fetchForm(address) {
  const reply = await fetch(address, { redirect: "error" });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.clone().text(), "text/html");
  const files = Array.from(page.querySelectorAll("link[href^='/static/'], script[src]"), (tag) =>
    tag.getAttribute("href") ?? tag.getAttribute("src"));
  const cache = await caches.open(`form:${address}`);
  await cache.addAll(files);
  await cache.put(address, reply);
  const wanted = new Set([address, ...files].map((path) => new URL(path, location).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

// Once a tab: the form changes rarely, and a telephone pays for each kilobyte.
async function prepare() {
  await navigator.serviceWorker.register("/service-worker.js", { scope: "/k/", updateViaCache: "none" });
  await navigator.serviceWorker.ready; // without a worker nobody would ask for the form
  for (const language of ["vi", "en"]) {
    const address = formAt(language);
    if (sessionStorage.getItem(address)) continue;
    await fetchForm(address);
    sessionStorage.setItem(address, "kept");
  }
}

function whenIdle(work) {
  const later = () => (globalThis.requestIdleCallback ?? setTimeout)(work);
  if (document.readyState === "complete") later();
  else globalThis.addEventListener("load", later);
}

if (kept && globalThis.indexedDB) {
  const claims = document.getElementById("claims");
  if (claims)
    forgetWhoLeft(claims).catch(() => sayNotGone(claims));
  else refresh().catch(() => null); // in a private window a browser may keep nothing: all goes on as without this
  for (const form of document.querySelectorAll("main form[method=post]")) keepBeforeSending(form);
  if (kept.ticket && navigator.serviceWorker && globalThis.caches) whenIdle(() => prepare().catch(() => null));
}
