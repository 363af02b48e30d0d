"use strict";
// The lines of a paper form on the screen: their answers, which of them are asked, what is wrong with them. Shared by
// the screen that sends a form whole (entry.js) and by the one that saves each field by itself (entry_keying.js).

const form = document.querySelector("form.app-keying");
const words = JSON.parse(form.dataset.words);
const first = form.querySelector("[data-first] input");
const check = document.getElementById("form-check");
const button = check.querySelector("button");
const keepsOffRoute = "claim" in form.dataset; // what the paper says against the logic is kept
const lines = Array.from(form.querySelectorAll("[data-item]"), (element) => ({
  element,
  ...element.dataset,
  part: element.closest("[data-part]").dataset.relevant,
  isRequired: "required" in element.dataset,
  fields: Array.from(element.querySelectorAll("input, select, textarea")),
  note: "", // blank, unreadable, impossible
  isOpened: false, // by a key, though it is not asked
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

function isDay(text) {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.valueOf()) && moment.toISOString().startsWith(text);
}

const read = (line) => (READERS[line.control] ?? ((other) => typed(other)[0]))(line);
const isBlank = (value) => value === undefined || value.length === 0;
const READABLE = { number: (value) => typeof value === "number", day: isDay };
const isReadable = (line) => isBlank(read(line)) || (READABLE[line.control] ?? (() => true))(read(line));
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
    line.isAnswered = !isBlank(value) && (line.isAsked || keepsOffRoute);
    line.isReached = line.isAsked || line.isOpened || line.isAnswered;
    if (line.isAsked && line.isAnswered && line.note !== "impossible") answers[line.item] = value;
    show(line);
  }
  return answers;
}

function show(line) {
  line.element.classList.toggle("app-keying__question--skipped", !line.isReached);
  line.element.classList.toggle("app-keying__question--answered", line.isAnswered);
  for (const field of line.fields) field.disabled = !line.isReached;
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

const isPossible = (line) => !line.isAnswered || holds(line.constraint, follow(), read(line));

// Moving

function go(line) {
  const field = line.fields.find((each) => each.checked) ?? line.fields[0];
  field.focus({ preventScroll: true });
  line.element.scrollIntoView({ block: "nearest" });
  if (field.select && !CHOICES.includes(line.control)) field.select();
}

const nextOf = (line) => lines.slice(lines.indexOf(line) + 1).find((each) => each.isReached);
const beforeOf = (line) => lines.slice(0, line ? lines.indexOf(line) : undefined).findLast((each) => each.isReached);
const lineOf = (target) => lines.find((line) => line.element.contains(target));
const numbersOf = (some) => some.map((line) => line.number).join(", ");

form.addEventListener("focusin", ({ target }) => {
  const here = lineOf(target);
  for (const line of lines) line.element.classList.toggle("app-keying__question--current", line === here);
});
