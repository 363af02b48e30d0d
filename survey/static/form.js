"use strict";
// The whole form, answered from what this browser keeps: begun, gone through, left for later, sent to the outbox.

(() => {
  const root = document.getElementById("form");
  const { slug } = root.dataset;
  const { show } = FormViews;
  const { fill } = FormFields;
  const { current, take, save, saveQuietly, saveSoon } = FormKeeping;
  const { pages, words, isView, stepNow, look, arrive, open, goOnFrom, changeAnswer, showFaults } = FormPages;

  // Other devices and windows may have answered, too.
  async function handOver() {
    const reply = await FormKeeping.handOver();
    look();
    return reply;
  }

  async function comeBack() {
    if (!await FormKeeping.comeBack()) return;
    look();
    if (location.hash === "#check") arrive();
  }

  async function send() {
    const seen = look();
    const faults = [...seen.faultsOfAll, ...seen.faults];
    if (faults.length) {
      open("check");
      return showFaults(faults, changeAnswer);
    }
    const { mark, ticket, unit } = current();
    const language = document.documentElement.lang;
    const entry = { mark, slug, ticket, unit, language, answers: seen.texts, state: "waiting" };
    await Store.moveToOutbox(entry);
    take(null);
    Outbox.tell(entry);
    return FormSent.show(entry);
  }

  // With the code; where it cannot lead to what is here alone, the page says why.
  async function finishLater() {
    await save();
    const reply = await handOver();
    if (reply?.state === "saved") return location.assign(`/k/${slug}/later`);
    open("later");
    return FormLater.tell(reply);
  }

  async function erase() {
    const { mark } = current();
    take(null);
    await Store.letGo(slug, mark);
    fill({});
    history.replaceState(null, "", "#deleted");
    show("deleted");
  }

  async function orSay(work) {
    await work().catch(() => FormFaults.show([{ place: "", sentence: words.notKept }], words.error));
  }

  // Beginning

  function viewByAddress() {
    const named = [location.hash.slice(1), location.pathname.split("/")[3]].find(isView);
    if (named) return named;
    const number = /^\/k\/[^/]+\/(\d+)$/.exec(location.pathname)?.[1];
    return number ? `page-${number}` : stepNow();
  }

  async function resume(record) {
    const { pending, sending, ...rest } = record;
    take(rest);
    fill({ ...rest.answers, ...pending?.answers }); // what was typed last is saved as typed here
    if (pending || sending) await save();
    if (sending) return send();
    history.replaceState(null, "", `#${pending ? `page-${pending.page}` : viewByAddress()}`);
    if (pending && !pending.stays) goOnFrom(pages[pending.page - 1]);
    else arrive();
    return handOver();
  }

  // What the server refused, to be mended: its own sentences, at their places.
  function mend(entry) {
    take(entry);
    fill(entry.answers);
    look();
    const faults = entry.faults.map(({ place, sentence }) =>
      ({ place, message: sentence, page: document.getElementById(`q-${place}`)?.closest("[data-view]") }));
    const page = faults.find((fault) => fault.page)?.page;
    open(page?.dataset.view ?? "check");
    showFaults(page ? faults.filter((fault) => fault.page === page) : faults);
  }

  // Here there is nothing; where the server can be reached, it knows more.
  function showNothing() {
    if (location.hash === "#deleted") return show("deleted");
    return location.pathname === `/k/${slug}` ? show("nothing") : location.replace(`/k/${slug}`);
  }

  async function begin() {
    if (location.pathname.endsWith("/privacy") && !location.hash) return show("privacy");
    const record = await Store.record(slug);
    const mark = /^#entry-(.+)$/.exec(location.hash)?.[1] ?? record?.mark;
    const entries = (await Store.entries()).filter((entry) => entry.slug === slug && !entry.former);
    const isMeant = (entry) => (mark ? entry.mark === mark : ["waiting", "refused"].includes(entry.state));
    const entry = entries.find(isMeant);
    if (entry) return FormSent.show(entry);
    return record ? resume(record) : showNothing();
  }

  const press = (id, work) => document.getElementById(id).addEventListener("click", (event) => {
    event.preventDefault();
    orSay(async () => work(event));
  });

  root.addEventListener("input", () => { look(); saveSoon(); });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const page = pages.find((each) => !each.hidden);
    orSay(async () => { await save(); goOnFrom(page); handOver(); });
  });
  press("send", send);
  press("later", finishLater);
  press("later-again", finishLater);
  press("go-on-now", () => open(stepNow()));
  press("erase", erase);
  press("to-send", () => { document.getElementById("send").focus(); });
  press("other-language", async ({ target }) => {
    if (!current()?.state) await save();
    location.assign(target.href + location.hash);
  });
  document.querySelector("footer a[href$='/privacy']").addEventListener("click", (event) => {
    if (!current()) return; // the answers are on their way: the page itself can be opened
    event.preventDefault();
    open("privacy");
  });
  addEventListener("popstate", () => (current() ? arrive() : begin().catch(() => show("nothing"))));
  addEventListener("online", handOver);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) comeBack(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) comeBack(); });
  addEventListener("pagehide", () => { if (!current()?.state) saveQuietly(); });

  globalThis.Form = Object.freeze({ show, mend, fill, look, words });
  begin().catch(() => show("nothing"));
})();
