"use strict";
// What makes answering smoother; every page works without it. Questions that an answer brings up appear at once,
// long lists can be searched, a double click sends once, and choosing a language keeps what was typed. Where this
// browser keeps nothing, a page without a connection stays as it is.

const SEPARATORS = /[\s.]/g;
const MARKS = /\p{M}/gu;
const DOUBLE_CLICK = 3000; // milliseconds

const READERS = {
  multiple: (texts) => texts,
  rank: (texts) => texts,
  integer: ([text]) => readNumber(text),
  decimal: ([text]) => readNumber(text),
};

function readNumber(text) {
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : null;
}

function readAnswers(form, block) {
  const found = {};
  const fields = new FormData(form);
  for (const name of new Set(Array.from(block.querySelectorAll("[name]"), (field) => field.name))) {
    const texts = fields.getAll(name).filter((text) => text.trim());
    if (texts.length) found[name] = (READERS[block.dataset.kind] ?? (([text]) => text))(texts);
  }
  return found;
}

function followAnswers(form) {
  const { answers: elsewhere, today } = JSON.parse(form.dataset.live);
  const update = () => {
    const answers = { ...elsewhere };
    for (const block of form.querySelectorAll("[data-kind]")) {
      const relevant = block.dataset.relevant;
      block.hidden = Boolean(relevant) &&
        !Expression.truth(Expression.evaluate(JSON.parse(relevant), answers, { today }));
      if (!block.hidden) Object.assign(answers, readAnswers(form, block));
    }
  };
  form.addEventListener("input", update);
  update();
  addHidden(form, "form-live", "1"); // the server then knows that every question was seen
}

function addHidden(form, name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  return field;
}

// A shared device keeps nothing, so a page that is sent without a line would be lost, with all that was typed.
function isLost() {
  const { kept } = document.getElementById("outbox")?.dataset ?? {};
  return navigator.onLine === false && Boolean(kept) && !JSON.parse(kept).ticket;
}

function sayNoLine(form) {
  form.querySelector("[role=alert]")?.remove(); // said anew, so that it is read out again
  const alert = Object.assign(document.createElement("p"), { className: "govuk-error-message" });
  alert.setAttribute("role", "alert");
  form.querySelector("[type=submit]").before(alert);
  alert.textContent = form.dataset.noLine;
  alert.scrollIntoView({ block: "nearest" });
}

function stayWithoutLine(form) {
  form.addEventListener("submit", (event) => {
    if (!isLost()) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // no click counts as the first of two
    sayNoLine(form);
  });
}

// Only for a moment: whoever stopped a slow page, or lost the line, must be able to send again.
function ignoreDoubleClicks(form) {
  let last = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - last < DOUBLE_CLICK) event.preventDefault();
    else last = event.timeStamp;
  });
  window.addEventListener("pageshow", () => { last = -Infinity; }); // back from the next page
}

function keepWhenLanguageChanges(answers) {
  for (const form of document.querySelectorAll('form[action^="/language/"]'))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isLost()) return sayNoLine(answers);
      const value = form.getAttribute("action").split("/").pop();
      const button = Object.assign(document.createElement("button"), { name: "form-language", value, hidden: true });
      answers.append(button);
      answers.requestSubmit(button);
      button.remove(); // the page may stay, and its own button goes on
    });
}

const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(MARKS, "");

function makeSearchable(select) {
  const field = Object.assign(document.createElement("input"), { type: "search", className: "govuk-input app-search" });
  const status = Object.assign(document.createElement("p"), { className: "govuk-hint", role: "status" });
  field.setAttribute("aria-label", select.dataset.search);
  field.placeholder = select.dataset.search;
  const options = Array.from(select.options, (option) => ({ option, folded: fold(option.text) }));
  field.addEventListener("input", () => {
    const wanted = fold(field.value.trim());
    const found = options.filter(({ option, folded }) => option.value && folded.includes(wanted));
    if (wanted && found.length === 1) found[0].option.selected = true;
    const kept = options.filter((each) => !each.option.value || each.option.selected || found.includes(each));
    select.replaceChildren(...kept.map(({ option }) => option));
    status.textContent = found.length ? "" : select.dataset.searchNone;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the list has the answer, not the search
    select.focus();
  });
  select.before(field, status);
}

for (const form of document.querySelectorAll("form[data-no-line]")) stayWithoutLine(form);
for (const form of document.querySelectorAll("main form[method=post]")) ignoreDoubleClicks(form);
for (const select of document.querySelectorAll("select[data-search]")) makeSearchable(select);
const answers = document.getElementById("answers");
if (answers) {
  if (answers.dataset.live) followAnswers(answers);
  keepWhenLanguageChanges(answers);
}
