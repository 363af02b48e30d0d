"use strict";
// Which key does what on the keying screen (docs/keying.md), and what is typed while no form is open yet.

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
  if (key === "Escape" && !line.isAsked) return () => closeSkipped(line);
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
  if (key === "+") return () => openSkipped();
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
