"use strict";
// What makes answering smoother; every page works without it. Questions that an answer brings up appear at once,
// long lists can be searched, a form is sent once, and choosing a language keeps what was typed.

const SEPARATORS = /[\s.]/g;
const MARKS = /\p{M}/gu;

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
}

function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; }); // back from the next page
}

function keepWhenLanguageChanges(answers) {
  for (const form of document.querySelectorAll('form[action^="/language/"]'))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      addHidden(answers, "form-language", form.getAttribute("action").split("/").pop());
      answers.submit();
    });
}

const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(MARKS, "");

function makeSearchable(select) {
  const field = Object.assign(document.createElement("input"), { type: "search", className: "govuk-input" });
  field.setAttribute("aria-label", select.dataset.search);
  field.placeholder = select.dataset.search;
  const options = Array.from(select.options, (option) => ({ option, folded: fold(option.text) }));
  field.addEventListener("input", () => {
    const wanted = fold(field.value.trim());
    const kept = options.filter(({ option, folded }) => !option.value || option.selected || folded.includes(wanted));
    select.replaceChildren(...kept.map(({ option }) => option));
  });
  const group = Object.assign(document.createElement("div"), { className: "govuk-form-group" });
  group.append(field);
  select.before(group);
}

for (const form of document.querySelectorAll("main form")) sendOnce(form);
for (const select of document.querySelectorAll("select[data-search]")) makeSearchable(select);
const answers = document.getElementById("answers");
if (answers) {
  if (answers.dataset.live) followAnswers(answers);
  keepWhenLanguageChanges(answers);
}
