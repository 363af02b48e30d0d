"use strict";
// The whole form, answered from what this browser keeps: one page at a time, the check, then the outbox. The part of
// the address after # says which page is shown, so that the browser's own back and forward work.

(() => {
  const root = document.getElementById("form");
  const { slug } = root.dataset;
  const words = JSON.parse(root.dataset.words);
  const pages = Array.from(root.querySelectorAll("[data-view]"));
  let kept = null; // the record being filled in, or the refused entry of the outbox being mended
  let wayBefore = null; // from the check an answer is being changed: the pages there were
  let saving = null;

  const { fill, allTexts } = FormFields;
  const { show, showWhere, leadBack } = FormViews;
  const look = () => FormReading.look(pages);
  const languageHere = document.documentElement.lang;

  async function save() {
    clearTimeout(saving);
    if (!kept) return;
    kept = { ...kept, answers: allTexts(), local: true, language: languageHere };
    await (kept.state ? Store.keepEntry(kept) : Store.keep(kept));
  }

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(save, 400);
  }

  // Showing

  function showPage(page, { way }) {
    show(page.dataset.view);
    showWhere(pages.indexOf(page) / pages.length, kept.unit);
    leadBack(wayBefore ? "check" : way[way.indexOf(page) - 1]?.dataset.view);
  }

  function showCheck(seen) {
    wayBefore = null;
    show("check");
    showWhere(1, kept.unit);
    leadBack(seen.way.at(-1)?.dataset.view);
    FormAnswers.list(document.getElementById("answers-given"), seen, words, changeAnswer);
  }

  const isPlace = (view) => view === "check" || pages.some((page) => page.dataset.view === view);

  // Shows what the address names; where that is not on the way, what comes first.
  function arrive() {
    const view = location.hash.slice(1);
    if (!kept || !isPlace(view)) return;
    const seen = look();
    kept.view = view;
    if (kept.local) save();
    if (view === "check") showCheck(seen);
    else showPage(seen.way.find((page) => page.dataset.view === view) ?? seen.way[0], seen);
  }

  function open(view) {
    if (location.hash !== `#${view}`) history.pushState(null, "", `#${view}`);
    arrive();
  }

  function changeAnswer(place) {
    const seen = look();
    const page = document.getElementById(`q-${place}`).closest("[data-view]");
    wayBefore = new Set(seen.way);
    open(page.dataset.view);
    const faults = seen.faults.filter((fault) => fault.page === page);
    if (faults.length) showFaults(faults);
    FormFaults.goTo(place);
  }

  const sentenceOf = ({ word, values, message }) => message ?? filled(words[word], values);

  function showFaults(faults, follow) {
    const told = faults.map((fault) =>
      ({ place: fault.place, sentence: sentenceOf(fault), isBlank: fault.word === "required" }));
    FormFaults.show(told, words.error, follow);
  }

  // Going on

  function afterPage(page, { way, faults }) {
    wayBefore?.add(page);
    const isUnfinished = (each) => !wayBefore.has(each) || faults.some((fault) => fault.page === each);
    const next = wayBefore ? way.find(isUnfinished) : way[way.indexOf(page) + 1];
    return next?.dataset.view ?? "check";
  }

  function goOnFrom(page) {
    const seen = look();
    const faults = seen.faults.filter((fault) => fault.page === page);
    if (!faults.length) return open(afterPage(page, seen));
    open(page.dataset.view);
    return showFaults(faults);
  }

  async function send() {
    const seen = look();
    if (seen.faults.length) {
      open("check");
      return showFaults(seen.faults, changeAnswer);
    }
    const { mark, ticket, unit } = kept;
    const entry = { mark, slug, ticket, unit, language: languageHere, answers: seen.texts, state: "waiting" };
    clearTimeout(saving);
    await Store.moveToOutbox(entry);
    kept = null;
    Outbox.tell(entry);
    return FormSent.show(entry);
  }

  async function orSay(work) {
    await work().catch(() => FormFaults.show([{ place: "", sentence: words.notKept }], words.error));
  }

  // Beginning

  function viewByAddress() {
    const named = location.hash.slice(1);
    if (isPlace(named)) return named;
    const part = location.pathname.split("/")[3];
    if (part === "check") return part;
    return /^\d+$/.test(part) ? `page-${part}` : (kept.view ?? `page-${kept.page ?? 1}`);
  }

  async function resume(record) {
    const { pending, sending, ...rest } = record;
    kept = rest;
    fill({ ...rest.answers, ...pending?.answers });
    if (pending || sending) await save();
    if (sending) return send();
    if (pending) return goOnFrom(pages[pending.page - 1]);
    history.replaceState(null, "", `#${viewByAddress()}`);
    return arrive();
  }

  // What the server refused, to be mended: its own sentences, at their places.
  function mend(entry) {
    kept = entry;
    fill(entry.answers);
    look();
    const faults = entry.faults.map(({ place, sentence }) =>
      ({ place, message: sentence, page: document.getElementById(`q-${place}`)?.closest("[data-view]") }));
    const page = faults.find((fault) => fault.page)?.page;
    open(page?.dataset.view ?? "check");
    showFaults(page ? faults.filter((fault) => fault.page === page) : faults);
  }

  async function begin() {
    const record = await Store.record(slug);
    const mark = /^#entry-(.+)$/.exec(location.hash)?.[1] ?? record?.mark;
    const entries = (await Store.entries()).filter((entry) => entry.slug === slug && !entry.former);
    const isMeant = (entry) => (mark ? entry.mark === mark : entry.state === "waiting");
    const entry = entries.find(isMeant);
    if (entry) return FormSent.show(entry);
    return record ? resume(record) : show("nothing");
  }

  root.addEventListener("input", () => { look(); saveSoon(); });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const page = pages.find((each) => !each.hidden);
    orSay(async () => { await save(); goOnFrom(page); });
  });
  document.getElementById("send").addEventListener("click", () => orSay(send));
  document.getElementById("other-language").addEventListener("click", async (event) => {
    event.preventDefault();
    if (kept?.local) await save();
    location.assign(event.target.href + location.hash);
  });
  addEventListener("popstate", arrive);
  addEventListener("pagehide", () => { if (kept?.local) save(); });

  globalThis.Form = Object.freeze({ show, mend, fill, look, words });
  begin().catch(() => show("nothing"));
})();
