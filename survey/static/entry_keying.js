"use strict";
// Keying paper forms by keyboard alone, one after the other. Each field is saved as it is left; the form that was left
// open is found again where it was left. The keys are in docs/keying.md.

const told = JSON.parse(form.dataset.told);
const message = form.querySelector("[data-message]");
const stateLine = form.querySelector("[data-saving]");
const say = (word, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), told[word]);

let lastForm = {}; // raw texts by item, what this person keyed on the form before
let number = 0;
let isBusy = false; // between two forms
let typedAhead = [];

// Saving

function complain(line, text) {
  setFault(line, text);
  Sounds.play("wrong");
}

// Wrong by the rules known here, or refused by the server
const isBad = (line) => line.isWrong || line.isRefused;

// Save what stands on the line, if it changed. False where it cannot stand like this.
function keep(line) {
  refresh();
  line.isWrong = line.note !== "impossible" && isReadable(line) && !isPossible(line);
  if (line.isWrong) {
    complain(line, say("impossible", { message: line.message }));
    tellWrong();
  } else if (Notes.keep(line)) {
    line.isRefused = false;
    send(line);
  }
  return !isBad(line);
}

function send(line) {
  const { texts, note } = Notes.stateOf(line);
  Saves.put(line.item, texts, note).catch((refusal) => {
    if (refusal.isLost || refusal.word) return halt(refusal.word || "lost");
    line.isRefused = true;
    return complain(line, refusal.faults[0].words);
  }).finally(tellWrong);
}

function tellWrong() {
  const wrong = lines.filter(isBad);
  if (!wrong.length || !Saves.isHeld()) return;
  Saves.tell("refused");
  stateLine.textContent = say("refused", { lines: numbersOf(wrong) });
}

function refresh() {
  follow();
  for (const line of lines) Notes.flag(line);
}

// Moving

function forward(line) {
  if (!line.isAnswered) line.isOpened = false;
  refresh();
  const next = nextOf(line);
  if (next) go(next);
  else goToEnd();
}

function back(line) {
  const before = beforeOf(line);
  if (before) go(before);
  else first.select();
}

function leave(line, field) {
  const place = line.fields.indexOf(field);
  if (line.control === "ranks" && field.value && place < line.fields.length - 1) line.fields[place + 1].focus();
  else if (!isReadable(line)) between(() => ask(line));
  else if (!keep(line)) go(line);
  else if (isOpen(line) && !line.isWarned) warn(line);
  else forward(line);
}

// Numbers and days are written in many ways: the server knows them all, and the keyer waits for its word.
async function ask(line) {
  Notes.keep(line);
  line.isRefused = false;
  await Saves.put(line.item, Notes.stateOf(line).texts, "");
  forward(line);
}

function warn(line) {
  line.isWarned = true;
  complain(line, told.needed);
}

// Whether the line still needs an answer, or a word about it
const isOpen = (line) => isBad(line) || (line.isAsked && line.isRequired && !line.isAnswered && !line.note);

function goToEnd() {
  refresh();
  const [open, flagged] = [lines.filter(isOpen), lines.filter(Notes.isFlagged)];
  const [word, named] = open.length ? ["open", open] : [flagged.length ? "endMarked" : "end", flagged];
  check.querySelector("[data-state]").textContent = say(word, { lines: numbersOf(named) });
  button.focus();
  if (open.length) Sounds.play("wrong");
}

// Keys

function pick(line, digit) {
  const field = line.fields[(digit + 9) % 10];
  if (!field) return complain(line, say("noChoice", { digit }));
  field.checked = line.control === "radios" || !field.checked;
  field.focus();
  changed(line);
  return line.control === "radios" && keep(line) ? forward(line) : undefined;
}

function changed(line) {
  line.note = "";
  line.isWrong = line.isRefused = false;
  setFault(line, "");
  refresh();
}

function set(line, state) {
  Notes.write(line, state);
  setFault(line, "");
  if (keep(line)) forward(line);
}

const mark = (line, note) => set(line, { texts: [], note: line.isAsked ? note : "" });
const allow = (line) => set(line, { ...Notes.stateOf(line), note: "impossible" });

function repeat(line) {
  const texts = lastForm[line.item];
  if (texts) set(line, { texts, note: "" });
  else complain(line, told.nothingLast);
}

function openSkipped(line) {
  const skipped = lines.slice(lines.indexOf(line) + 1).find((each) => !each.isReached);
  if (!skipped) return Sounds.play("wrong");
  keep(line);
  skipped.isOpened = true;
  refresh();
  return go(skipped);
}

function undo(line) {
  const undone = Notes.undo();
  if (!undone) return line ? complain(line, told.nothingToUndo) : undefined;
  undone.isWrong = undone.isRefused = false;
  undone.isOpened = true; // it may be asked no longer
  setFault(undone, "");
  send(undone);
  refresh();
  return go(undone);
}

const SIGNS = {
  ".": (line) => mark(line, "blank"),
  "/": (line) => mark(line, "unreadable"),
  "=": repeat,
  "+": openSkipped,
};
const ALSO = { ",": ".", Delete: ".", "?": "/", "*": "=" };

// What a key does on a line; nothing where it has its own meaning: letters in a text, arrows in a list.
function actionOf({ key, shiftKey, target }, line) {
  const [isChoice, isList] = [CHOICES.includes(line.control), LISTS.includes(line.control)];
  const isTyped = !isChoice && !isList;
  const keepsArrows = isList || line.control === "lines";
  if (key === "Enter") return shiftKey && line.control === "lines" ? null : () => leave(line, target);
  if (key === "Backspace") return isTyped && target.value ? null : () => { keep(line); back(line); };
  if (key === "ArrowUp") return keepsArrows ? null : () => { keep(line); back(line); };
  if (key === "ArrowDown") return keepsArrows ? null : () => { keep(line); forward(line); };
  if (key === "!" && isBad(line)) return () => allow(line);
  const sign = SIGNS[isTyped ? key : ALSO[key] ?? key];
  if (sign) return isTyped && target.value ? null : () => sign(line);
  if (isTyped) return null;
  if (["u", "U", "-"].includes(key)) return () => undo(line);
  return isChoice && /^[0-9]$/.test(key) ? () => pick(line, Number(key)) : null;
}

const actionAtHead = ({ key }) => (["Enter", "ArrowDown"].includes(key) ? takeNumber : null);

function actionAtCheck({ key }) {
  if (["Backspace", "ArrowUp"].includes(key)) return () => back();
  if (["u", "U", "-"].includes(key)) return () => undo();
  return key === "Enter" ? end : null;
}

function actionFor(event) {
  const line = lineOf(event.target);
  if (event.ctrlKey && event.key.toLowerCase() === "z") return isBeingTyped(line) ? null : () => undo(line);
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (line) return actionOf(event, line);
  if (check.contains(event.target)) return actionAtCheck(event);
  return event.target === first ? actionAtHead(event) : null;
}

const isBeingTyped = (line) => line && !CHOICES.includes(line.control) && Notes.isChanged(line);

// Who keys fast is ahead of the line: what is typed between two forms goes into the next one.
function replay() {
  for (const key of typedAhead.splice(0)) {
    const target = document.activeElement;
    const action = actionFor({ key, target });
    if (action) action();
    else if (key.length === 1 && target.setRangeText) {
      target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

form.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (isBusy) {
    event.preventDefault();
    if (!event.repeat) typedAhead.push(event.key);
    return;
  }
  const action = actionFor(event);
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || event.key.startsWith("Arrow")) action(); // a key held down must not fill the form
});

form.addEventListener("input", ({ target }) => {
  const line = lineOf(target);
  if (line) changed(line);
});
form.addEventListener("change", ({ target }) => {
  const line = lineOf(target);
  if (line?.control === "radios" || line?.control === "pick") keep(line);
});
form.addEventListener("focusout", ({ target, relatedTarget }) => {
  const line = lineOf(target);
  if (line && !line.element.contains(relatedTarget) && Saves.isHeld() && Notes.isChanged(line)) keep(line);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isBusy) end();
});
window.addEventListener("beforeunload", (event) => {
  if (!Saves.isClean() || (Saves.isHeld() && lines.some(Notes.isChanged))) event.preventDefault();
});

// From form to form

async function between(deed) {
  isBusy = true;
  try {
    await deed();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    typedAhead = [];
    tellRefusal(refusal);
  } finally {
    isBusy = false;
  }
  replay();
}

function tellRefusal({ faults, isLost, word }) {
  const atLines = faults.map(({ place, words: text }) => [lines.find((line) => line.item === place), text])
    .filter(([line]) => line);
  for (const [line, text] of atLines) {
    line.isRefused = true;
    complain(line, text);
  }
  tellWrong();
  if (atLines.length) go(atLines[0][0]);
  else if (faults.some(({ place }) => place === "number")) tellAtNumber(faults[0].words);
  else halt(word || "lost", isLost && faults[0]?.words);
}

function tellAtNumber(text) {
  const group = form.querySelector("[data-first]");
  group.classList.toggle("govuk-form-group--error", Boolean(text));
  group.querySelector(".govuk-error-message")?.remove();
  if (!text) return;
  const fault = Object.assign(document.createElement("p"), { className: "govuk-error-message", textContent: text });
  fault.setAttribute("role", "alert");
  first.before(fault);
  first.select();
  Sounds.play("wrong");
}

async function openForm(wanted) {
  const held = await Saves.claim(wanted);
  tellAtNumber("");
  if (!held) return halt("none");
  number = held.number;
  lastForm = held.last;
  first.value = number;
  form.querySelector("[data-serial]").textContent = held.serial ? say("serial", { serial: held.serial }) : "";
  document.querySelector("[data-done]").textContent = say("done", { done: held.done, expected: form.dataset.expected });
  check.querySelector("[data-state]").textContent = "";
  Notes.begin(held);
  message.hidden = true;
  for (const each of form.querySelectorAll("[data-part], #form-check")) each.hidden = false;
  refresh();
  const cursor = lines.find((line) => line.item === held.cursor && line.isReached);
  return cursor ? forward(cursor) : go(lines.find((line) => line.isAsked));
}

function takeNumber() {
  const wanted = first.value.trim();
  if (Saves.isHeld() && wanted === String(number)) return go(lines.find((line) => line.isAsked));
  return between(() => openForm(wanted ? { number: wanted } : {}));
}

function end() {
  const wrong = lines.find(isOpen);
  if (wrong) return go(wrong);
  return between(async () => {
    await Saves.finish();
    const finished = number;
    Sounds.play("saved");
    await openForm({ after: finished });
    stateLine.textContent = say("formSaved", { number: finished });
  });
}

// This screen can save nothing more: say why, and how to go on.
function halt(word, text) {
  message.replaceChildren(Object.assign(document.createElement("p"), { className: "govuk-body",
    textContent: text || told[word] }));
  if (word === "lost") message.append(linkTo("again", location.pathname), " · ");
  message.append(linkTo("batch", form.dataset.batch));
  message.hidden = false;
  for (const each of form.querySelectorAll("[data-part], #form-check")) each.hidden = true;
  Saves.tell(word === "none" ? "saved" : word);
  message.querySelector("a").focus();
  Sounds.play("wrong");
}

const linkTo = (word, href) =>
  Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent: told[word] });

// Begin

check.querySelector("[data-blanks]").hidden = true; // each blank is confirmed where it stands
form.querySelector(".app-keying__bar").hidden = false;
between(() => openForm({}));
