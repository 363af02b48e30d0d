"use strict";
// The tree of a framework: Alt and the arrow keys, or the buttons, move a criterion; the server stores the move and gives
// the tree back with its sums. Without this script the buttons do it, with a page in between.

const form = document.getElementById("tree");
const lines = document.getElementById("tree-lines");
const status = document.getElementById("tree-status");
const MOVES = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
let moving = false;

function say(text, seen) {
  status.textContent = text;
  status.classList.toggle("govuk-visually-hidden", !seen);
}

// The criterion stays in focus where it is now: on the button that moved it, if that still does something
function focus(code, act) {
  const node = document.getElementById(`node-${code}`);
  const button = node?.querySelector(`:scope > .app-criteria__line > .app-criteria__buttons > button[value="${CSS.escape(act)}"]:enabled`);
  (button ?? node?.querySelector("a"))?.focus();
  node?.scrollIntoView({ block: "nearest" });
}

async function move(verb, code, act) {
  if (moving) return;
  moving = true;
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("act", `${verb}:${code}`);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    lines.innerHTML = await answer.text();
    focus(code, act);
    say(form.dataset.moved, false);
  } catch {
    say(form.dataset.failed, true);
  }
  moving = false;
}

form.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
  const node = event.target.closest("[data-node]");
  if (!node || !event.altKey || !MOVES[event.key]) return;
  event.preventDefault();
  move(MOVES[event.key], node.dataset.node, event.target.value ?? "");
});

form.addEventListener("submit", (event) => {
  const [verb, code] = (event.submitter?.value ?? "").split(/:(.*)/s);
  if (!Object.values(MOVES).includes(verb)) return;
  event.preventDefault();
  move(verb, code, event.submitter.value);
});

// One menu at a time
form.addEventListener("toggle", (event) => {
  if (!event.target.open) return;
  for (const menu of form.querySelectorAll("details[open]")) if (menu !== event.target) menu.open = false;
}, true);

document.addEventListener("click", (event) => {
  for (const menu of form.querySelectorAll("details[open]")) if (!menu.contains(event.target)) menu.open = false;
});
