"use strict";
// Settling by keyboard alone: 1 and 2 take what one of the two keyed, full stop and slash say that nothing is there or
// that it cannot be read, 3 leads to another value, U back to the difference before. The page works without this script.

const form = document.querySelector("form.app-settling");
const other = form.querySelector(".app-settling__other");
const button = form.querySelector("button");
const fields = Array.from(other.querySelectorAll("input:not([name=form-impossible]), select, textarea"));
const before = document.getElementById("before");
const SAYS = { 1: "first", 2: "second", ".": "blank", ",": "blank", "/": "unreadable", "?": "unreadable" };
const choiceOf = (says) => form.querySelector(`[name="form-says"][value="${says}"]`);

function say(says) {
  const choice = choiceOf(says);
  if (!choice) return;
  choice.checked = true;
  form.requestSubmit(button);
}

function sayOther() {
  choiceOf("other").checked = true;
  fields[0].focus();
}

function pick(digit) {
  const field = fields[(digit + 9) % 10];
  if (!field) return;
  field.checked = field.type === "radio" || !field.checked;
  field.focus();
  if (field.type === "radio") form.requestSubmit(button);
}

const isChoice = (target) => ["radio", "checkbox"].includes(target.type);

function actionFor({ key, target }) {
  if (other.contains(target)) {
    if (key === "Escape") return () => choiceOf("other").focus();
    if (key === "Enter") return () => form.requestSubmit(button);
    return isChoice(target) && /^[0-9]$/.test(key) ? () => pick(Number(key)) : null;
  }
  if (key === "3") return sayOther;
  if (key.toLowerCase() === "u" && before) return () => before.click();
  if (key in SAYS) return () => say(SAYS[key]);
  return key === "Enter" && target !== button && !target.href ? () => form.requestSubmit(button) : null;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const action = actionFor(event);
  if (!action) return;
  event.preventDefault();
  action();
});
other.addEventListener("input", () => { choiceOf("other").checked = true; });

let isSent = false;
form.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  isSent = true;
});
window.addEventListener("pageshow", () => { isSent = false; });

for (const key of document.querySelectorAll("kbd[hidden]")) key.hidden = false;
(form.querySelector("[name=form-says]:checked") ?? form.querySelector("[name=form-says]")).focus();
