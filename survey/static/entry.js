"use strict";
// Keying a paper form by keyboard alone. A digit chooses and goes on, Enter goes on, questions that are not asked are
// passed over as the answers say. The page works without this script; the server checks everything again.

const form = document.querySelector("form.app-keying");
const words = JSON.parse(form.dataset.words);
const first = form.querySelector("[data-first] input");
const check = document.getElementById("form-check");
const tick = document.getElementById("form-blanks");
const button = check.querySelector("button");
const lines = Array.from(form.querySelectorAll("[data-item]"), (element) => ({
  element,
  ...element.dataset,
  part: element.closest("[data-part]").dataset.relevant,
  isRequired: "required" in element.dataset,
  fields: Array.from(element.querySelectorAll("input, select, textarea")),
}));

const CHOICES = ["radios", "ticks"];
const LISTS = ["pick", "ranks"];
const NUMBER = /^-?[0-9]+([.,][0-9]+)?$/;
const DAY = /^([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})$/;

// Answers

const chosen = (line) => line.fields.filter((field) => field.checked).map((field) => field.value);
const typed = (line) => line.fields.map((field) => field.value.trim()).filter((text) => text);
const READERS = {
  radios: (line) => chosen(line)[0],
  ticks: chosen,
  ranks: typed,
  number: (line) => readNumber(typed(line)[0]),
  day: (line) => readDay(typed(line)[0]),
};

function readNumber(text) {
  return NUMBER.test(text) ? Number(text.replace(",", ".")) : text;
}

function readDay(text) {
  const [, day, , month, year] = DAY.exec(text) ?? [];
  return day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

const read = (line) => (READERS[line.control] ?? ((other) => typed(other)[0]))(line);
const isBlank = (value) => value === undefined || value.length === 0;
const holds = (condition, answers, self) => condition === undefined ||
  Expression.truth(Expression.evaluate(JSON.parse(condition), answers, { self, today: form.dataset.today }));

// Which questions are asked, in the order in which `questionnaires/routing.py` decides

function follow() {
  const answers = {};
  let part, isOpen;
  for (const line of lines) {
    const section = line.element.closest("[data-part]");
    if (section !== part) [part, isOpen] = [section, holds(line.part, answers)];
    line.isAsked = isOpen && holds(line.relevant, answers);
    const value = read(line);
    line.isAnswered = line.isAsked && !isBlank(value);
    if (line.isAnswered) answers[line.item] = value;
    show(line);
  }
  return answers;
}

function show(line) {
  line.element.classList.toggle("app-keying__question--skipped", !line.isAsked);
  line.element.classList.toggle("app-keying__question--answered", line.isAnswered);
  for (const field of line.fields) field.disabled = !line.isAsked;
}

// What is wrong, at its place

function setFault(line, message) {
  const { element } = line;
  element.classList.toggle("app-keying__question--error", Boolean(message));
  element.querySelector(".govuk-error-message")?.remove();
  if (!message) return;
  const text = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: message });
  text.setAttribute("role", "alert");
  element.append(text);
}

function isSound(line) {
  const answers = follow();
  const isFine = !line.isAnswered || holds(line.constraint, answers, read(line));
  if (!isFine) setFault(line, line.message);
  return isFine;
}

// Moving

function go(line) {
  const field = line.fields.find((each) => each.checked) ?? line.fields[0];
  field.focus({ preventScroll: true });
  line.element.scrollIntoView({ block: "nearest" });
  if (field.select && !CHOICES.includes(line.control)) field.select();
}

function forward(line) {
  const next = lines.slice(lines.indexOf(line) + 1).find((each) => each.isAsked);
  if (next) go(next);
  else goToCheck();
}

function back(line) {
  const before = lines.slice(0, line ? lines.indexOf(line) : undefined).findLast((each) => each.isAsked);
  if (before) go(before);
  else first.focus();
}

function leave(line, field) {
  const place = line.fields.indexOf(field);
  if (line.control === "ranks" && field.value && place < line.fields.length - 1) line.fields[place + 1].focus();
  else if (isSound(line)) forward(line);
}

function goToCheck() {
  const blank = lines.filter((line) => line.isAsked && !line.isAnswered);
  const required = blank.filter((line) => line.isRequired);
  const [word, named] = required.length ? [tick.checked ? "confirmed" : "required", required]
    : [blank.length ? "blank" : "complete", blank];
  const numbers = named.map((line) => line.number).join(", ");
  check.querySelector("[data-state]").textContent = words[word].replace("{lines}", numbers);
  check.querySelector("[data-blanks]").hidden = !required.length;
  (word === "required" ? tick : button).focus();
}

// Keys

function pick(line, digit) {
  const field = line.fields[(digit + 9) % 10];
  if (!field) return;
  field.checked = line.control === "radios" || !field.checked;
  field.focus();
  changed(line);
  if (line.control === "radios") forward(line);
}

function clear(line) {
  for (const field of line.fields) {
    if (CHOICES.includes(line.control)) field.checked = false;
    else field.value = "";
  }
  changed(line);
  forward(line);
}

function changed(line) {
  setFault(line, "");
  follow();
}

// What a key does on a line; nothing where it has its own meaning: letters in a text, arrows in a list.
function actionOf({ key, shiftKey, target }, line) {
  const [isChoice, isList] = [CHOICES.includes(line.control), LISTS.includes(line.control)];
  const isTyped = !isChoice && !isList;
  const keepsArrows = isList || line.control === "lines";
  if (key === "Enter") return shiftKey && line.control === "lines" ? null : () => leave(line, target);
  if (key === "Backspace") return isTyped && target.value ? null : () => back(line);
  if (key === "ArrowUp") return keepsArrows ? null : () => back(line);
  if (key === "ArrowDown") return keepsArrows ? null : () => forward(line);
  if (isTyped) return null;
  if ([".", ",", "Delete"].includes(key)) return () => clear(line);
  return isChoice && /^[0-9]$/.test(key) ? () => pick(line, Number(key)) : null;
}

function actionAtHead({ key }) {
  const start = lines.find((line) => line.isAsked);
  return ["Enter", "ArrowDown"].includes(key) ? () => go(start) : null;
}

function actionAtCheck({ key, target }) {
  if (["Backspace", "ArrowUp"].includes(key)) return () => back();
  const open = lines.find((line) => line.isRequired && line.isAsked && !line.isAnswered);
  return key === "Enter" && target === tick ? () => (tick.checked || !open ? button.focus() : go(open)) : null;
}

const lineOf = (target) => lines.find((line) => line.element.contains(target));

form.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const line = lineOf(event.target);
  const action = line ? actionOf(event, line)
    : check.contains(event.target) ? actionAtCheck(event)
    : event.target === first ? actionAtHead(event) : null;
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || event.key.startsWith("Arrow")) action(); // a key held down must not fill the form
});

form.addEventListener("input", ({ target }) => {
  const line = lineOf(target);
  if (line) changed(line);
  if (target === tick) goToCheck();
});

form.addEventListener("focusin", ({ target }) => {
  const here = lineOf(target);
  for (const line of lines) line.element.classList.toggle("app-keying__question--current", line === here);
});

let isSent = false;
form.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  isSent = true;
});
window.addEventListener("pageshow", () => { isSent = false; }); // back from the next page

// Begin

for (const line of lines) line.faultAtFirst = line.element.classList.contains("app-keying__question--error");
follow();
form.querySelector(".app-keying__help").hidden = false;
const faulty = lines.find((line) => line.faultAtFirst && line.isAsked);
if (first.getAttribute("aria-describedby")) first.focus();
else if (faulty) go(faulty);
else if ("start" in first.dataset) first.focus();
else go(lines.find((line) => line.isAsked));
