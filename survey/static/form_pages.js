"use strict";
// The steps of the whole form, one at a time: its pages and the check. The part of the address after # says which is
// shown, so that the browser's own back and forward work.

globalThis.FormPages = (() => {
  const root = document.getElementById("form");
  const words = JSON.parse(root.dataset.words);
  const pages = Array.from(root.querySelectorAll("[data-view]"));
  let wayBefore = null; // from the check an answer is being changed: the pages there were

  const { show, showWhere, leadBack } = FormViews;
  const { current, saveQuietly } = FormKeeping;

  function look() {
    const seen = FormReading.look(pages);
    return { ...seen, faultsOfAll: words.agencies ? FormUnits.faults(seen) : [] };
  }

  // Showing

  function showPage(page, { way }) {
    show(page.dataset.view);
    showWhere(pages.indexOf(page) / pages.length, current().unit);
    document.getElementById("later").hidden = Boolean(current().state); // it was finished: no code leads to it
    leadBack(wayBefore ? "check" : way[way.indexOf(page) - 1]?.dataset.view);
  }

  function showCheck(seen) {
    wayBefore = null;
    show("check");
    showWhere(1, current().unit);
    leadBack(seen.way.at(-1)?.dataset.view);
    FormAnswers.list(document.getElementById("answers-given"), seen, words, changeAnswer);
  }

  // Where the person is, or was on the server's pages.
  function stepNow() {
    const { view, page = 1 } = current();
    return view ?? (page === null ? "check" : `page-${page}`);
  }

  function showBeside(view) {
    show(view);
    leadBack(stepNow());
  }

  const BESIDE = ["privacy", "later"]; // views that are no step of the way
  const isStep = (view) => view === "check" || pages.some((page) => page.dataset.view === view);
  const isView = (view) => isStep(view) || BESIDE.includes(view);

  // Shows what the address names; where that is not on the way, what comes first.
  function arrive() {
    const view = location.hash.slice(1);
    if (BESIDE.includes(view)) return showBeside(view);
    if (!isStep(view)) return null;
    const seen = look();
    current().view = view;
    if (!current().state) saveQuietly();
    if (view === "check") return showCheck(seen);
    return showPage(seen.way.find((page) => page.dataset.view === view) ?? seen.way[0], seen);
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
      ({ ...fault, sentence: sentenceOf(fault), isBlank: fault.word === "required" }));
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

  return Object.freeze({ pages, words, isView, stepNow, look, arrive, open, goOnFrom, changeAnswer, showFaults });
})();
