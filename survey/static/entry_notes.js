"use strict";
// What a line holds beside its answer: a note that the keyer made, or that it is answered though it is not asked. And
// what it held before, so that it can be taken back.

globalThis.Notes = (() => {
  const told = JSON.parse(document.querySelector("form.app-keying").dataset.told);
  const WORDS = { blank: told.blank, unreadable: told.unreadable, impossible: told.impossibleKept };
  let done = []; // what every change replaced, the last at the end

  const textsOf = (line) => (CHOICES.includes(line.control) ? chosen(line) : typed(line));
  const stateOf = (line) => ({ texts: textsOf(line), note: line.note });
  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // That a question is not asked is found by the logic, and noted by nobody.
  const withoutRoute = ({ texts, note }) => ({ texts, note: note === "off_route" ? "" : note });

  function write(line, { texts, note }) {
    line.fields.forEach((field, place) => {
      if (CHOICES.includes(line.control)) field.checked = texts.includes(field.value);
      else field.value = texts[place] ?? "";
    });
    line.note = note;
  }

  const isOffRoute = (line) => !line.isAsked && line.isAnswered;
  const isFlagged = (line) => isOffRoute(line) || Boolean(line.note);

  function wordsOf(line) {
    if (!line.isAsked && line.isOpened && !line.isAnswered) return told.opened;
    return [isOffRoute(line) ? told.offRoute : "", WORDS[line.note]].filter((each) => each).join("; ");
  }

  function flag(line) {
    const text = wordsOf(line);
    let mark = line.element.querySelector(".app-keying__flag");
    line.element.classList.toggle("app-keying__question--flagged", Boolean(text));
    if (!text) return mark?.remove();
    if (!mark) {
      mark = Object.assign(document.createElement("p"), { className: "app-keying__flag" });
      line.element.append(mark);
    }
    mark.textContent = text;
    return undefined;
  }

  // Begin a form anew with what was saved of it, and what its changes replaced.
  function begin({ texts, notes, replaced }) {
    const named = (item) => lines.find((line) => line.item === item);
    done = replaced.map(({ item, ...before }) => ({ line: named(item), before: withoutRoute(before) }));
    for (const line of lines) {
      line.isOpened = line.isWarned = line.isWrong = line.isRefused = false;
      write(line, withoutRoute({ texts: texts[line.item] ?? [], note: notes[line.item] ?? "" }));
      line.kept = stateOf(line);
      setFault(line, "");
    }
  }

  // Whether the line differs from what was kept of it; from now on this is what is kept.
  function keep(line) {
    const state = stateOf(line);
    if (isSame(state, line.kept)) return false;
    done.push({ line, before: line.kept });
    line.kept = state;
    return true;
  }

  // Put the last change back; the line it was made on, none where there was none.
  function undo() {
    const { line, before } = done.pop() ?? {};
    if (!line) return undefined;
    write(line, before);
    line.kept = before;
    return line;
  }

  return Object.freeze({ begin, flag, keep, undo, write, stateOf, isFlagged,
    isChanged: (line) => !isSame(stateOf(line), line.kept) });
})();
