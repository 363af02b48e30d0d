"use strict";
// Keying paper forms by keyboard alone, one after the other: what happens on a line. Each field is saved as it is left.
// entry_keys.js says which key does it, entry_forms.js goes from form to form. The keys are in docs/keying.md.

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
  showBad(line);
  Sounds.play("wrong");
}

// Wrong by the rules known here, or refused by the server
const isBad = (line) => line.isWrong || line.isRefused;
const showBad = (line) => line.element.toggleAttribute("data-bad", isBad(line));

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

function send(line, isUndo = false) {
  const { texts, note } = Notes.stateOf(line);
  Saves.put(line.item, texts, note, isUndo).catch((refusal) => {
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
  for (const line of lines) {
    Notes.flag(line);
    showBad(line);
  }
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

// What a keyer says of a line

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

function undo(line) {
  const undone = Notes.undo();
  if (!undone) return line ? complain(line, told.nothingToUndo) : undefined;
  undone.isWrong = undone.isRefused = false;
  undone.isOpened = true; // it may be asked no longer
  setFault(undone, "");
  send(undone, true);
  refresh();
  return go(undone);
}
