"use strict";
// Where there is no keyboard: the keys as buttons at the line that somebody stands at, and a tap leads to a line. The
// style shows the buttons on a narrow screen, or where a finger points.

const signs = form.querySelector("[data-signs]");

function showSigns(line) {
  signs.hidden = !line;
  if (!line || line.element.contains(signs)) return;
  signs.querySelector("[data-sign='=']").hidden = !lastForm[line.item];
  signs.querySelector("[data-sign='+']").hidden = !skippedNear(line);
  line.element.append(signs);
}

const DEEDS = { ...SIGNS, "!": (line) => isBad(line) && allow(line), U: undo };

form.addEventListener("focusin", ({ target }) => showSigns(lineOf(target)));
signs.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
signs.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-sign]");
  if (pressed && !isBusy) DEEDS[pressed.dataset.sign](lineOf(signs));
});
form.addEventListener("click", ({ target }) => {
  const line = lineOf(target);
  if (line?.isReached && !target.closest("label, input, select, textarea, button")) go(line);
});
