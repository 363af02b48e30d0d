"use strict";
// Keying a whole form by keyboard alone, to be sent at once: a correction, or a trial. A digit chooses and goes on,
// Enter goes on, questions that are not asked are passed over as the answers say. The page works without this script;
// the server checks everything again.

const tick = document.getElementById("form-blanks");

function isSound(line) {
  follow();
  const isFine = isPossible(line);
  if (!isFine) setFault(line, line.message);
  return isFine;
}

// Moving

function forward(line) {
  const next = nextOf(line);
  if (next) go(next);
  else goToCheck();
}

function back(line) {
  const before = beforeOf(line);
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
  check.querySelector("[data-state]").textContent = words[word].replace("{lines}", numbersOf(named));
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
