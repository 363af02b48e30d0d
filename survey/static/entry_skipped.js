"use strict";
// What the logic passes over and the paper answers all the same: opened by a key, marked at once, closed again where
// nothing is keyed there.

// The first of those passed over just before this line, or where none was, of those that come next.
function skippedNear(line) {
  const place = line ? lines.indexOf(line) : lines.length;
  const isSkipped = (at) => lines[at] && !lines[at].isReached;
  if (isSkipped(place + 1) && !isSkipped(place - 1)) return lines[place + 1];
  let at = lines.slice(0, place).findLastIndex((each) => !each.isReached);
  while (isSkipped(at - 1)) at -= 1;
  return lines[at] ?? lines.slice(place + 1).find((each) => !each.isReached);
}

function openSkipped(line) {
  const skipped = skippedNear(line);
  if (!skipped) return line ? complain(line, told.nothingSkipped) : Sounds.play("wrong");
  if (line) keep(line);
  Object.assign(skipped, { isOpened: true, cameFrom: line });
  refresh();
  return go(skipped);
}

function closeSkipped(line) {
  Notes.write(line, { texts: [], note: "" });
  changed(line);
  keep(line);
  line.isOpened = false;
  refresh();
  return line.cameFrom?.isReached ? go(line.cameFrom) : forward(line);
}

form.addEventListener("focusin", ({ target }) => {
  const here = lineOf(target);
  const left = lines.filter((line) => line !== here && line.isOpened && !line.isAnswered);
  for (const line of left) line.isOpened = false;
  if (left.length) refresh();
});
