"use strict";
// From one paper form to the next: claimed, keyed, finished. Who comes back finds the form where it was left.

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
  const { held, only_scans: onlyScans } = await Saves.claim(wanted);
  tellAtNumber("");
  if (!held) return halt(onlyScans ? "scanned" : "none", onlyScans);
  number = held.number;
  lastForm = held.last;
  first.value = number;
  form.querySelector("[data-serial]").textContent = held.serial ? say("serial", { serial: held.serial }) : "";
  form.querySelector("[data-scan]").textContent = held.scan;
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

function leadToOpen() {
  const open = lines.find(isOpen);
  if (open) go(open);
  return Boolean(open);
}

function end() {
  if (leadToOpen()) return undefined;
  return between(async () => {
    await Saves.settled();
    if (leadToOpen()) { // the server refused something meanwhile: what was typed ahead was for the next form
      typedAhead = [];
      return;
    }
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
  if (word === "scanned") message.append(linkTo("doubts", form.dataset.doubts), " · ");
  message.append(linkTo("batch", form.dataset.batch));
  message.hidden = false;
  for (const each of form.querySelectorAll("[data-part], #form-check")) each.hidden = true;
  Saves.tell(["none", "scanned"].includes(word) ? "saved" : word);
  message.querySelector("a").focus();
  Sounds.play("wrong");
}

const linkTo = (word, href) =>
  Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent: told[word] });

// Begin

check.querySelector("[data-blanks]").hidden = true; // each blank is confirmed where it stands
form.querySelector(".app-keying__bar").hidden = false;
first.focus(); // keys pressed before the form is there reach the screen, and wait for it
between(() => openForm({}));
